from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.models import Proposal
from review.enums import ConflictKind, Finding, Verdict
from review.models.reviewer import Reviewer


class ConflictDeclaration(models.Model):
    """What a person declared (or an officer found) about a proposal. Kept for good: a later one adds to it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    kind = models.CharField(max_length=16, choices=choices(ConflictKind))
    words = models.TextField(blank=True, default="")
    found_by_portal = models.BooleanField(default=False)
    # Since when it is so, and until when it was; NULL where nobody said, or where it goes on.
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    # The officer who recorded it; NULL for the person's own word.
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "person", "kind"], name="conflicts_by_proposal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                name="conflict_ends_after_it_begins",
            )
        ]


class FindingVerdict(models.Model):
    """What an officer said of something that the portal found between a reviewer and a proposal. Kept for good: a later
    verdict follows it, and the last one of each kind holds."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="verdicts")
    finding = models.CharField(max_length=16, choices=choices(Finding))
    verdict = models.CharField(max_length=9, choices=choices(Verdict))
    reason = models.TextField()
    # The keys of what the officer had before them: anything found later is open again.
    evidence = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["proposal", "reviewer"], name="verdicts_by_pair")]
