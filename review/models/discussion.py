from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Person
from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.models import Proposal


class DiscussionEntry(models.Model):
    """What a reviewer, or an officer, says of a proposal to the others. A hidden one stays, and only officers read it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="discussion")
    # For which side the person speaks.
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_officer = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField(default=now)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hidden_reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at=None, hidden_by=None, hidden_reason="")
                | (Q(hidden_at__isnull=False, hidden_by__isnull=False) & ~Q(hidden_reason="")),
                name="hidden_entry_has_its_reason",
            )
        ]
