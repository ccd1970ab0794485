from django.conf import settings
from django.db import models

from kernel.clock import now


class UsedToken(models.Model):
    """A form's token that has been used, and where its first use led."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40)
    # Of the values that it was sent with, so that a repetition is told from a change.
    digest = models.CharField(max_length=64, blank=True, default="")
    location = models.TextField(blank=True, default="")
    used_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "token"], name="token_is_used_once")]
