"""What the agencies decided together, recorded on the proposal. Called by the review's decision."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

from kernel.actions import action, require
from kernel.clock import now
from kernel.transitions import apply_transition
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import may_record_outcome
from proposals.told import is_pending

Outcome = Literal["adopt", "reserve", "not_adopt"]


@action
def record_outcome(*, proposal: Proposal, outcome: Outcome | None, by: Any) -> Proposal:
    """Let the proposal be adopted, put on the reserve list, or not adopted; with None it stays where it is. Its team is not
    told before the decision is published (`proposals.told`).

    Raises:
        NotAllowed: `by` has no seat at an agency of the call, or a conflict with the proposal.
        RuleBroken: `transition_not_allowed`, if the proposal is not where this outcome leads from.
    """
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    require(may_record_outcome(by, proposal))
    # What is held back already stays so: the team still knows of the state before.
    if not is_pending(proposal):
        proposal.told_state, proposal.decided_at = proposal.state, now()
    proposal.told_from = None
    proposal.save(update_fields=["told_state", "told_from", "decided_at"])
    if outcome is not None:
        apply_transition(proposal, outcome, by=by)
    return proposal


@action
def tell_outcomes(*, proposals: Iterable[Proposal], at: dt.datetime) -> None:
    """Set the instant from which the teams of these proposals are told what was decided. The decision's own trail has it."""
    keys = [proposal.pk for proposal in proposals]
    Proposal.objects.filter(pk__in=keys).exclude(told_state="").update(told_from=at)


@action
def end_reserve(*, proposal: Proposal) -> bool:
    """Let a proposal whose reserve list has ended be not adopted, by the portal itself; False where it stands there no more."""
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.RESERVED:
        return False
    apply_transition(proposal, "not_adopt", by=None)
    return True
