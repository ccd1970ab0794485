"""What follows from the agencies' answers: outcomes, projects, budgets and reservations, in the transaction of the last yes."""

from typing import Any, Literal

from kernel.actions import action
from kernel.clock import now
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation
from program.actions.calls import conclude_call
from program.queries import required_agencies
from projects.actions.adoption import adopt_proposal
from proposals.actions.outcomes import record_outcome
from proposals.enums import ProposalState
from review.enums import DecisionKind, Outcome, Vote
from review.models import Decision, DecisionItem
from review.reserve import has_reserve_ended
from review.rules.decision import Given, Joint, joint_result

# What an outcome of the decision is for the proposal itself.
STEPS: dict[str, Literal["adopt", "reserve", "not_adopt"]] = {
    Outcome.ADOPT: "adopt",
    Outcome.RESERVE: "reserve",
    Outcome.REJECT: "not_adopt",
}
# From where each kind of decision takes a proposal on; one that is elsewhere by now keeps its state.
DECIDED_FROM: dict[str, tuple[ProposalState, ...]] = {
    DecisionKind.FIRST: (ProposalState.ELIGIBLE,),
    DecisionKind.CALL_UP: (ProposalState.RESERVED,),
    DecisionKind.CORRECTION: (ProposalState.RESERVED, ProposalState.NOT_ADOPTED),
}


@action
def settle(decision: Decision, by: Any) -> None:
    """Adopt or refuse the decision, if the answers that count say so.

    Raises:
        RuleBroken: `reserve_list_ended`; `adoption_refused` with the reasons.
    """
    required = set(required_agencies(decision.call).values_list("pk", flat=True))
    given = [Given(a.agency_id, a.vote == Vote.YES, a.counts) for a in decision.answers.all()]
    result = joint_result(required, given)
    if result is Joint.REFUSED:
        apply_transition(decision, "refuse", by=by)
    elif result is Joint.ADOPTED:
        if decision.kind == DecisionKind.CALL_UP and has_reserve_ended(decision.call):
            raise RuleBroken(Violation("reserve_list_ended"))
        apply_transition(decision, "adopt", by=by)
        decision.adopted_at = now()
        decision.save(update_fields=["adopted_at"])
        for item in decision.items.select_related("proposal__call__programme"):
            _carry_out(decision, item, by)
        if decision.kind == DecisionKind.FIRST:
            conclude_call(call=decision.call, by=by)


def _carry_out(decision: Decision, item: DecisionItem, by: Any) -> None:
    """One proposal's outcome; a proposal that its team has withdrawn or declined meanwhile keeps its state, and one that
    stays on the reserve list stays there, though its team is not told so sooner than the others are told."""
    state = item.proposal.state
    if state not in DECIDED_FROM[decision.kind]:
        return
    stays = state == ProposalState.RESERVED and item.outcome == Outcome.RESERVE
    try:
        proposal = record_outcome(
            proposal=item.proposal, outcome=None if stays else STEPS[item.outcome], by=by
        )
        if item.outcome == Outcome.ADOPT:
            awarded = {int(year): amount for year, amount in item.awarded.items()}
            said = {"ja": item.conditions_ja, "en": item.conditions_en} if item.conditions_en else None
            adopt_proposal(proposal=proposal, by=by, awarded=awarded, conditions=said)
    except RuleBroken as broken:
        first = Violation("adoption_refused", params={"number": item.proposal.receipt_number or ""})
        raise RuleBroken([first, *broken.violations]) from broken
