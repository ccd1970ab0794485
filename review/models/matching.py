from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.jobs.models import Job
from program.models import Call
from proposals.models import Proposal
from review.enums import PairKind, PairState, WishKind
from review.models.assignment import Assignment
from review.models.reviewer import Reviewer


class AssignmentRun(models.Model):
    """One search for an assignment: what was asked, what was found, and how good it is at the least.

    It covers the proposals that its officer could see. `wanted` is `rules.matching.settings.Settings` and the due date; `short` what could not
    be met, [{"rule", "proposal" or "reviewer": public id, "agency": public id or null, "missing"}]; `bottlenecks` why,
    [{"rule", "agency", "proposals": [public ids], "reviewers": how many, "needed", "room"}].
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="assignment_runs")
    wanted = models.JSONField(default=dict)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    # The job that takes what was accepted.
    taking = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    found_at = models.DateTimeField(null=True)
    # Shares of the bound of the linear program, and seconds.
    gap = models.FloatField(default=0)
    seconds = models.FloatField(default=0)
    is_integral = models.BooleanField(default=False)
    floor = models.FloatField(default=0)
    short = models.JSONField(default=list)
    bottlenecks = models.JSONField(default=list)
    # The proposals that are served below `floor`: [{"proposal": public id, "by": expertise, "why": `BelowWhy`}].
    below = models.JSONField(default=list)


class AssignmentPair(models.Model):
    """A proposal and a reviewer in a run: to be given, kept or taken back; why; and what became of it.

    `reasons` are {"terms": [shared terms], "languages": [codes in common]}; `refusal` is why it could not be taken, as
    [{"code", "params"}].
    """

    public_id = PublicIdField()
    run = models.ForeignKey(AssignmentRun, on_delete=models.CASCADE, related_name="pairs")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=choices(PairKind), default=PairKind.ADD)
    state = models.CharField(max_length=9, choices=choices(PairState), default=PairState.PROPOSED)
    expertise = models.FloatField(default=0)
    reasons = models.JSONField(default=dict)
    is_by_hand = models.BooleanField(default=False)
    # The officer's reason for going beyond the reviewer's own limit or days away; blank where nobody does.
    beyond = models.TextField(blank=True, default="")
    due_on = models.DateField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # What came of it; NULL once that was undone.
    assignment = models.ForeignKey(Assignment, on_delete=models.SET_NULL, null=True, related_name="+")
    refusal = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["run", "state"], name="pairs_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["run", "proposal", "reviewer"], name="pair_is_there_once_a_run")
        ]


class PairWish(models.Model):
    """An officer's word that a reviewer is to have a proposal in every search, or in none."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=6, choices=choices(WishKind))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="pair_is_wished_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WishKind]), name="wish_kind_is_known"
            ),
        ]
