from django.db import models

from accounts.models import Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.models import Proposal
from review.enums import ConflictKind


class ConflictDeclaration(models.Model):
    """What a person declared (or an officer found) about a proposal. Kept for good: a later one adds to it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=16, choices=choices(ConflictKind))
    words = models.TextField(blank=True, default="")
    found_by_portal = models.BooleanField(default=False)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "person", "kind"], name="conflicts_by_proposal")]
