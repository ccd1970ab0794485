from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call
from proposals.models.proposal import Proposal
from proposals.states import APPROVAL


class InstitutionApproval(models.Model):
    """That the research institution was asked to approve (機関承認) this very content, and what it answered.

    The officers read what was asked for, whatever is written in the draft meanwhile. An approval counts as long as the
    proposal is what was approved, and counts again when it is so again.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="approvals")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    state = StateField(APPROVAL)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    # Why it was returned, or what the officer adds to an approval.
    comment = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(APPROVAL, "approval_state_is_known"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state="asked"), name="approval_is_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="approval_answer_has_its_officer",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(comment=""), name="approval_return_has_a_comment"
            ),
        ]


class InternalDeadline(models.Model):
    """The day by which an institution wants to be asked (機関内締切), for one call. It is shown and bars nobody."""

    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="internal_deadlines")
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="internal_deadlines")
    # What the trail calls it by.
    public_id = PublicIdField()
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "call"], name="internal_deadline_is_there_once_a_call"
            )
        ]
