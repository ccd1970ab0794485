"""The joint decision: proposed by one agency, adopted by all."""

from collections.abc import Sequence
from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.violations import RuleBroken, Violation, refuse_if
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
from review.models import Decision, DecisionItem
from review.permissions import may_propose
from review.queries import all_have_locked, waiting_decision
from review.rules.decision import Item, item_violations

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

    Raises:
        RuleBroken: `call_not_under_review`, `scores_not_locked`, `decision_waits_already`, and what `item_violations` says.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_propose(by, call))
    eligible = Proposal.objects.select_for_update().filter(call=call, state=ProposalState.ELIGIBLE)
    expected = {p.public_id: p.receipt_number or "" for p in eligible.order_by("pk")}
    plain = [Item(proposal.public_id, rank, outcome, reason) for proposal, rank, outcome, reason in items]
    refuse_if(
        call_under_review_violation(call)
        or (None if all_have_locked(call) else Violation("scores_not_locked"))
        or (Violation("decision_waits_already") if waiting_decision(call) else None)
    )
    violations = item_violations(plain, expected)
    if violations:
        raise RuleBroken(violations)
    decision = Decision.objects.create(
        call=call, number=Decision.objects.filter(call=call).count() + 1, proposed_by=by
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
