from django.db import models

from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Criterion
from proposals.models import Proposal
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
    # What a save must know, so that an older tab overwrites nothing.
    revision = models.PositiveIntegerField(default=0)
    assigned_at = models.DateTimeField(default=now)
    submitted_at = models.DateTimeField(null=True)

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
