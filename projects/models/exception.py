from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernel.clock import now
from kernel.ids import PublicIdField
from projects.models.account import CapAccount


class CapException(models.Model):
    """Leave to go above one cap of one project by `amount`, asked for by one person and answered by another.

    Approved, it has raised the limit of its account; the cap of the call stays what it is.
    """

    public_id = PublicIdField()
    account = models.ForeignKey(CapAccount, on_delete=models.PROTECT, related_name="exceptions")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    # NULL until it is answered.
    is_approved = models.BooleanField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="cap_exception_above_zero"),
            models.CheckConstraint(
                condition=Q(is_approved=None, answered_by=None, answered_at=None)
                | Q(is_approved__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
                name="cap_exception_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")),
                name="cap_exception_takes_two_people",
            ),
            models.UniqueConstraint(
                fields=["account"], condition=Q(is_approved=None), name="cap_exception_is_asked_for_once"
            ),
        ]
