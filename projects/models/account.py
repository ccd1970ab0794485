from django.db import models
from django.db.models import F, Q

from program.models import CallCap
from projects.models.project import Project


class CapAccount(models.Model):
    """What counts towards one cap of one project, in one fiscal year or (year 0) over the whole term.

    `total` is kept by the ledger's triggers; `counts_indirect` is the cap's basis.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="cap_accounts")
    cap = models.ForeignKey(CallCap, on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.IntegerField(default=0)
    counts_indirect = models.BooleanField()
    limit = models.BigIntegerField()
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "cap", "fiscal_year"], name="cap_account_is_there_once"
            ),
            models.CheckConstraint(condition=Q(total__lte=F("limit")), name="cap_is_not_exceeded"),
            models.CheckConstraint(condition=Q(total__gte=0), name="cap_total_not_below_zero"),
        ]


class SpendAccount(models.Model):
    """What a project may still spend in a fiscal year: allocation + carried in − carried out − returned, and paid."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="spend_accounts")
    fiscal_year = models.IntegerField()
    available = models.BigIntegerField(default=0)
    paid = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "fiscal_year"], name="spend_account_is_there_once"),
            models.CheckConstraint(
                condition=Q(paid__lte=F("available")), name="payments_within_what_is_available"
            ),
            models.CheckConstraint(condition=Q(paid__gte=0), name="paid_not_below_zero"),
        ]

    @property
    def left(self) -> int:
        return self.available - self.paid
