"""The correction of an adopted decision: a new one that lists what changes, and is adopted by all agencies like any."""

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.actions import action, require
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import CallState
from program.models import Call
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.decisions import Listed, extras_violations, put_before
from review.enums import DecisionKind, Outcome
from review.models import Decision
from review.permissions import may_propose
from review.queries import waiting_decision
from review.reserve import has_reserve_ended, has_unpublished
from review.rules.decision import LONGEST_REASON, PLAIN, Extra, Item, correction_violations

# What a decided proposal's state is as an outcome.
STANDING: dict[str, Outcome] = {
    ProposalState.ADOPTED: Outcome.ADOPT,
    ProposalState.RESERVED: Outcome.RESERVE,
    ProposalState.NOT_ADOPTED: Outcome.REJECT,
}


@action
def propose_correction(
    *,
    call: Call,
    by: Any,
    reason: str,
    items: Sequence[Listed],
    extras: Mapping[int, Extra] | None = None,
) -> Decision:
    """Put the correction of what was decided on a call before its agencies. `items` are (proposal, rank, outcome, reason) of what
    changes alone; it may adopt or put in reserve what was not adopted, and takes nothing from a project.

    Raises:
        RuleBroken: `call_not_decided`, `decision_waits_already`, `earlier_decision_not_published`, `reason_missing`,
            `text_too_long`, `reserve_list_ended`, and what `correction_violations`, `extra_violations` and
            `award_violations` say.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_propose(by, call))
    refuse_if(
        None if call.state == CallState.DECIDED else Violation("call_not_decided"),
        Violation("decision_waits_already") if waiting_decision(call) else None,
        Violation("earlier_decision_not_published") if has_unpublished(call) else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("text_too_long", "reason", {"limit": LONGEST_REASON})
        if len(reason) > LONGEST_REASON
        else None,
    )
    decided = list(Proposal.objects.select_for_update().filter(call=call, state__in=STANDING).order_by("pk"))
    plain = [Item(proposal.public_id, rank, outcome, why) for proposal, rank, outcome, why in items]
    given = {proposal.public_id: (extras or {}).get(proposal.pk, PLAIN) for proposal, *_rest in items}
    before = {proposal.public_id: STANDING[proposal.state].value for proposal in decided}
    violations = correction_violations(plain, before) + extras_violations(decided, plain, given)
    if has_reserve_ended(call):
        violations += [
            Violation("reserve_list_ended", f"outcome_{item.key}")
            for item in plain
            if item.outcome == Outcome.RESERVE
        ]
    if violations:
        raise RuleBroken(violations)
    return put_before(call, by, DecisionKind.CORRECTION, items, given, reason=reason.strip())
