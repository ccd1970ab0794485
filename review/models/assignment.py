from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Criterion
from proposals.models import Proposal
from review.enums import Confidence, ExtraTimeKind
from review.models.reviewer import Reviewer
from review.states import ASSIGNMENT


class Assignment(models.Model):
    """A proposal given to a reviewer, and what the reviewer wrote of it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField()
    state = StateField(ASSIGNMENT)
    comment_to_applicant = models.TextField(blank=True, default="")
    comment_to_agency = models.TextField(blank=True, default="")
    # Blank: not said yet.
    confidence = models.CharField(max_length=6, choices=choices(Confidence), blank=True, default="")
    # The last day, in the programme's zone, on which this review alone may be written: past the close of the agency's reviews,
    # and past its lock. The reasons are in `ExtraTime`.
    extended_to = models.DateField(null=True)
    reopened_to = models.DateField(null=True)
    # What a save must know, so that an older tab overwrites nothing.
    revision = models.PositiveIntegerField(default=0)
    assigned_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)
    # When it was changed in the discussion, last; what stood before is in `ReviewVersion`.
    amended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(ASSIGNMENT, "assignment_state_is_known"),
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="assignment_is_there_once"),
        ]


class Score(models.Model):
    """A reviewer's score by one criterion; NULL for “not applicable”, which is missing and never 0."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "criterion"], name="score_is_there_once")
        ]


class ReviewVersion(models.Model):
    """A submitted review as it stood before its reviewer amended it in the discussion; number 1 is the first.

    `scores` are [{"criterion": public id, "value": number or None for “not applicable”}], in the order of the form.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    scores = models.JSONField(default=list)
    confidence = models.CharField(max_length=6, choices=choices(Confidence), blank=True, default="")
    comment_to_applicant = models.TextField(blank=True, default="")
    comment_to_agency = models.TextField(blank=True, default="")
    submitted_at = models.DateTimeField(null=True)
    # Why it was amended, and when.
    reason = models.TextField()
    amended_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "number"], name="review_version_is_there_once")
        ]


class ExtraTime(models.Model):
    """A day until which one reviewer may write, and why; kept for good, and the newest of its kind counts."""

    public_id = PublicIdField()
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extra_times")
    kind = models.CharField(max_length=10, choices=choices(ExtraTimeKind))
    until = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]
