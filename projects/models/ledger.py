from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from projects.enums import EntryKind
from projects.models.project import Project
from proposals.enums import BudgetCategory


class LedgerEntry(models.Model):
    """One movement of money, in minor units of the programme's currency. Appended, never changed, never removed.

    The database's triggers refuse a change, and keep the accounts on which caps and envelopes are checked, for every
    way of writing (docs/adr/0012-caps-and-envelopes.md). A mistake is put right by an entry against it.
    """

    is_append_only = True

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ledger")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # The year the money belongs to (帰属年度), which may differ from that of the date.
    fiscal_year = models.IntegerField()
    category = models.CharField(max_length=10, choices=choices(BudgetCategory))
    kind = models.CharField(max_length=10, choices=choices(EntryKind))
    # Above zero, but for a change downwards and for an entry against another.
    amount = models.BigIntegerField()
    on = models.DateField()
    reason = models.CharField(max_length=300, blank=True, default="")
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    # A carry-over is two entries: what comes into a year names what went out of the year before.
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="carried_to", editable=False
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_entry_moves_something"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(kind="change") | Q(corrects__isnull=False),
                name="ledger_entry_has_its_sign",
            ),
            # Without its condition this would make SQLite build the table anew, and lose its triggers.
            models.UniqueConstraint(
                fields=["carried_from"],
                condition=Q(carried_from__isnull=False),
                name="ledger_entry_is_carried_once",
            ),
        ]
        indexes = [models.Index(fields=["project", "fiscal_year", "id"], name="ledger_by_project_and_year")]
