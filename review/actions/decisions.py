"""The joint decision: proposed by one agency, adopted by all."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import CallState
from program.models import Call
from projects.rules.awarding import award_violations
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.answers import (
    answer_decision,
    confirm_answer,
    discard_answer,
    record_answer_on_behalf,
)
from review.actions.locks import call_under_review_violation, lock_scores
from review.agreeing import places_of, required_names
from review.budgets import asked_by_year, balances
from review.enums import DecisionKind, Outcome
from review.models import Decision, DecisionItem
from review.panels import panel_list
from review.permissions import may_propose
from review.queries import agencies_today, all_have_locked, waiting_decision
from review.reserve import has_reserve_ended, has_unpublished, is_place_free, reserve_list
from review.rules.agreement import agreed_violations, agreement_of, panel_violations
from review.rules.decision import (
    PLAIN,
    Extra,
    Item,
    call_up_violations,
    extra_violations,
    item_violations,
    reserve_violation,
)

Listed = tuple[Proposal, int, str, str]

__all__ = [
    "answer_decision",
    "confirm_answer",
    "discard_answer",
    "lock_scores",
    "propose_decision",
    "record_answer_on_behalf",
]


@action
def propose_decision(
    *,
    call: Call,
    by: Any,
    items: Sequence[Listed],
    extras: Mapping[int, Extra] | None = None,
    reserve_until: dt.date | None = None,
) -> Decision:
    """Put a ranked list before the agencies. `items` are (proposal, rank, outcome, reason), one for each eligible proposal;
    `extras` by the proposals' ids are awards below what was asked, conditions, and words to the applicants. After
    `reserve_until` nobody is called up from the reserve list.

    Once the call is decided and an adopted team has declined, the list is that of the proposals in reserve, which keep their
    ranks: who of them is adopted, stays, or is let go.

    Raises:
        RuleBroken: `call_not_under_review`, `scores_not_locked`, `decision_waits_already`, `no_reserve_list`,
            `reserve_until_passed`, and what `item_violations`, `extra_violations`, `award_violations`, `panel_violations` and
            `agreed_violations` say; of a decided call `nobody_to_call_up`, `reserve_list_ended`, `earlier_decision_not_published` and what
            `call_up_violations` says.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_propose(by, call))
    is_call_up = call.state == CallState.DECIDED
    state = ProposalState.RESERVED if is_call_up else ProposalState.ELIGIBLE
    listed = list(Proposal.objects.select_for_update().filter(call=call, state=state).order_by("pk"))
    expected = {p.public_id: p.receipt_number or "" for p in listed}
    plain = [Item(proposal.public_id, rank, outcome, reason) for proposal, rank, outcome, reason in items]
    given = {proposal.public_id: (extras or {}).get(proposal.pk, PLAIN) for proposal, *_rest in items}
    refuse_if(
        _call_up_violation(call, listed)
        if is_call_up
        else call_under_review_violation(call)
        or (None if all_have_locked(call) else Violation("scores_not_locked")),
        Violation("decision_waits_already") if waiting_decision(call) else None,
    )
    violations = item_violations(plain, expected)
    agreement, lists, required = agreement_of(call.agreement), places_of(call), required_names(call)
    if is_call_up:
        ranks = reserve_list(call)
        violations += call_up_violations(plain, {p.public_id: ranks[p.pk] for p in listed})
        agreement = dataclasses.replace(
            agreement, explains_departure=False
        )  # explained when the call was decided
    elif agreement.has_panel:
        violations += panel_violations(agreement, plain, panel_list(call))
    violations += agreed_violations(agreement, plain, lists, required)
    violations += extras_violations(listed, plain, given)
    wrong_end = reserve_violation(
        reserve_until,
        has_reserve=any(item.outcome == Outcome.RESERVE for item in plain),
        today=today(call.programme.zone),
    )
    if violations or wrong_end:
        raise RuleBroken([*violations, *([wrong_end] if wrong_end else [])])
    kind = DecisionKind.CALL_UP if is_call_up else DecisionKind.FIRST
    return put_before(call, by, kind, items, given, reserve_until=None if is_call_up else reserve_until)


def extras_violations(
    listed: Sequence[Proposal], items: Sequence[Item], given: Mapping[str, Extra]
) -> list[Violation]:
    """What is wrong with awards, conditions and words; `given` are the extras by the proposals' keys."""
    asked, keys = asked_by_year(listed), {proposal.public_id: proposal for proposal in listed}
    found = []
    for item in items:
        extra = given.get(item.key, PLAIN)
        found += extra_violations(item.key, item.outcome, extra)
        if extra.awarded and item.key in keys:
            years = asked.get(keys[item.key].pk, {})
            found += award_violations(years, extra.awarded, field=f"awarded_{item.key}")
    return found


@action
def put_before(
    call: Call,
    by: Any,
    kind: DecisionKind,
    items: Sequence[Listed],
    extras: Mapping[str, Extra],
    **fields: Any,
) -> Decision:
    """Make the decision with its items, and its row in the trail."""
    agencies = {agency.pk: agency for agency in agencies_today(call)}
    decision = Decision.objects.create(
        call=call,
        number=Decision.objects.filter(call=call).count() + 1,
        kind=kind,
        proposed_by=by,
        left_when_proposed=[
            {"agency": agencies[agency].public_id, "year": year, "left": left}
            for (agency, year), left in sorted(balances(call, list(agencies.values())).items())
        ],
        **fields,
    )
    DecisionItem.objects.bulk_create(
        DecisionItem(
            decision=decision,
            proposal=proposal,
            rank=rank,
            outcome=outcome,
            reason=reason,
            **_kept(extras.get(proposal.public_id, PLAIN)),
        )
        for proposal, rank, outcome, reason in items
    )
    person = person_of(by)
    reduced = {key: dict(extra.awarded) for key, extra in extras.items() if extra.awarded}
    audit.record(
        "proposed",
        decision,
        by=by,
        details={
            "call": call.public_id,
            "items": [[proposal.public_id, rank, str(outcome)] for proposal, rank, outcome, _why in items],
            **({"awarded": reduced} if reduced else {}),
        },
        private={
            "person": person.public_id,
            "reasons": {proposal.public_id: reason for proposal, _r, _o, reason in items if reason},
        },
    )
    return decision


def _kept(extra: Extra) -> dict[str, Any]:
    """An extra as an item keeps it: the keys of JSON are text."""
    return {
        **dataclasses.asdict(extra),
        "awarded": {str(year): amount for year, amount in sorted(extra.awarded.items())},
    }


def _call_up_violation(call: Call, listed: Sequence[Proposal]) -> Violation | None:
    if has_unpublished(call):
        return Violation("earlier_decision_not_published")
    if has_reserve_ended(call):
        return Violation("reserve_list_ended")
    return None if listed and is_place_free(call) else Violation("nobody_to_call_up")
