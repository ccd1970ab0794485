"""The joint decision: proposed by one agency, adopted by all."""

from collections.abc import Sequence
from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import CallState
from program.models import Call
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.answers import (
    answer_decision,
    confirm_answer,
    discard_answer,
    record_answer_on_behalf,
)
from review.actions.locks import call_under_review_violation, lock_scores
from review.budgets import balances
from review.enums import DecisionKind
from review.models import Decision, DecisionItem
from review.permissions import may_propose
from review.queries import agencies_today, all_have_locked, is_place_free, reserve_list, waiting_decision
from review.rules.decision import Item, call_up_violations, item_violations

__all__ = [
    "answer_decision",
    "confirm_answer",
    "discard_answer",
    "lock_scores",
    "propose_decision",
    "record_answer_on_behalf",
]


@action
def propose_decision(*, call: Call, by: Any, items: Sequence[tuple[Proposal, int, str, str]]) -> Decision:
    """Put a ranked list before the agencies. `items` are (proposal, rank, outcome, reason), one for each eligible proposal.

    Once the call is decided and an adopted team has declined, the list is that of the proposals in reserve, which keep their
    ranks: who of them is adopted, stays, or is let go.

    Raises:
        RuleBroken: `call_not_under_review`, `scores_not_locked`, `decision_waits_already`, and what `item_violations` says;
            of a decided call `nobody_to_call_up` and what `call_up_violations` says.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_propose(by, call))
    is_call_up = call.state == CallState.DECIDED
    state = ProposalState.RESERVED if is_call_up else ProposalState.ELIGIBLE
    listed = list(Proposal.objects.select_for_update().filter(call=call, state=state).order_by("pk"))
    expected = {p.public_id: p.receipt_number or "" for p in listed}
    plain = [Item(proposal.public_id, rank, outcome, reason) for proposal, rank, outcome, reason in items]
    refuse_if(
        _call_up_violation(call, listed)
        if is_call_up
        else call_under_review_violation(call)
        or (None if all_have_locked(call) else Violation("scores_not_locked")),
        Violation("decision_waits_already") if waiting_decision(call) else None,
    )
    violations = item_violations(plain, expected)
    if is_call_up:
        ranks = reserve_list(call)
        violations += call_up_violations(plain, {p.public_id: ranks[p.pk] for p in listed})
    if violations:
        raise RuleBroken(violations)
    agencies = {agency.pk: agency for agency in agencies_today(call)}
    decision = Decision.objects.create(
        call=call,
        number=Decision.objects.filter(call=call).count() + 1,
        kind=DecisionKind.CALL_UP if is_call_up else DecisionKind.FIRST,
        proposed_by=by,
        left_when_proposed=[
            {"agency": agencies[agency].public_id, "year": year, "left": left}
            for (agency, year), left in sorted(balances(call, list(agencies.values())).items())
        ],
    )
    DecisionItem.objects.bulk_create(
        DecisionItem(decision=decision, proposal=proposal, rank=rank, outcome=outcome, reason=reason)
        for proposal, rank, outcome, reason in items
    )
    person = person_of(by)
    audit.record(
        "proposed",
        decision,
        by=by,
        details={
            "call": call.public_id,
            "items": [[item.key, item.rank, str(item.outcome)] for item in plain],
        },
        private={
            "person": person.public_id,
            "reasons": {item.key: item.reason for item in plain if item.reason},
        },
    )
    return decision


def _call_up_violation(call: Call, listed: Sequence[Proposal]) -> Violation | None:
    return None if listed and is_place_free(call) else Violation("nobody_to_call_up")
