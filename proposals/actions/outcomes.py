"""What the agencies decided together, recorded on the proposal. Called by the review's decision."""

from typing import Any, Literal

from kernel.actions import action, require
from kernel.transitions import apply_transition
from proposals.models import Proposal
from proposals.permissions import may_record_outcome

Outcome = Literal["adopt", "reserve", "not_adopt"]


@action
def record_outcome(*, proposal: Proposal, outcome: Outcome, by: Any) -> Proposal:
    """Let the proposal be adopted, put on the reserve list, or not adopted.

    Raises:
        NotAllowed: `by` has no seat at an agency of the call, or a conflict with the proposal.
        RuleBroken: `transition_not_allowed`, if the proposal is not where this outcome leads from.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    require(may_record_outcome(by, proposal))
    apply_transition(proposal, outcome, by=by)
    return proposal
