from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.enums import OverlapKind
from proposals.models.proposal import Proposal


class OverlapFlag(models.Model):
    """A hint that a received proposal may overlap with something else (不合理な重複・過度の集中), with the figures that gave rise to
    it, and how an officer settled it. It is never a verdict.

    Who reads it learns of `other` only where they handle that proposal too.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="overlaps")
    kind = models.CharField(max_length=12, choices=choices(OverlapKind))
    # NULL where it is not about one other proposal (`effort`), or not about one person.
    other = models.ForeignKey(Proposal, on_delete=models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    # Kind, other proposal, person and what else tells two hints apart.
    key = models.CharField(max_length=80)
    # `proposals.rules.overlaps.Hint.details`.
    details = models.JSONField(default=dict)
    found_at = models.DateTimeField(default=now)
    settlement = models.TextField(blank=True, default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "key"], name="overlap_is_flagged_once"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, settled_for=None, settlement="")
                | (
                    Q(settled_at__isnull=False, settled_by__isnull=False, settled_for__isnull=False)
                    & ~Q(settlement="")
                ),
                name="overlap_settlement_has_reason_and_officer",
            ),
        ]
        indexes = [models.Index(fields=["other"], name="overlaps_by_other")]
