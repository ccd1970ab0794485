from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.clock import now


class UsedToken(models.Model):
    """A form's token that has been used, and where its first use led."""

    # Whose form it was: an account's, or that of somebody without one who came by a link.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # SHA-256 of the guest's session key: whoever reads the table gets into nobody's session.
    session = models.CharField(max_length=64, blank=True, default="")
    token = models.CharField(max_length=40)
    # Of the values that it was sent with, so that a repetition is told from a change.
    digest = models.CharField(max_length=64, blank=True, default="")
    location = models.TextField(blank=True, default="")
    used_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "token"], name="token_is_used_once"),
            models.UniqueConstraint(
                fields=["session", "token"], condition=Q(user=None), name="token_is_used_once_a_session"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, session="") | (Q(user=None) & ~Q(session="")),
                name="token_is_of_an_account_or_a_session",
            ),
        ]
