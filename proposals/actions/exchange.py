"""Dispatch and acceptance plans: each planned stay."""

import datetime as dt
from typing import Any

from kernel import audit
from kernel.actions import action
from kernel.violations import RuleBroken
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale, touch
from proposals.award_periods import term_of
from proposals.models import ExchangePlan, Proposal
from proposals.rules.budget import amount_violations
from proposals.rules.completeness import EXCHANGE
from proposals.rules.exchange import stay_violations


@action
def add_exchange(
    *,
    proposal: Proposal,
    by: Any,
    direction: str,
    career_stage: str,
    host: str,
    country_code: str,
    starts_on: dt.date,
    ends_on: dt.date,
    degree_sought: str = "",
    person_name: str = "",
    host_ror_id: str = "",
    amount_yen: int | None = None,
) -> ExchangePlan:
    """Plan a stay; `person_name` is blank for somebody who is still to be named, `amount_yen` what of the budget it takes.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `ends_before_start`, `stay_outside_project`, `dispatch_to_japan`,
            `acceptance_outside_japan`, `amount_negative`, `amount_too_large`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=EXCHANGE)
    plan = ExchangePlan(proposal=locked)
    _save(
        plan,
        locked,
        direction=direction,
        career_stage=career_stage,
        host=host,
        country_code=country_code,
        starts_on=starts_on,
        ends_on=ends_on,
        degree_sought=degree_sought,
        person_name=person_name,
        host_ror_id=host_ror_id,
        amount_yen=amount_yen,
    )
    audit.record("stay_planned", locked, by=by, details={"direction": str(direction), "plan": plan.public_id})
    return plan


@action
def change_exchange(*, plan: ExchangePlan, by: Any, seen: str = "", **fields: Any) -> ExchangePlan:
    """Change a planned stay; `fields` as in `add_exchange`, all of them. `seen` is the `fingerprint` of what the
    writer had before them.

    Raises:
        NotAllowed, RuleBroken: as `add_exchange`; `stale_version` if the stay was changed since `seen`.
    """
    locked = lock_for_editing(proposal=plan.proposal, by=by, part=EXCHANGE)
    plan = held(plan)
    refuse_stale(plan, seen, writer=by, verb="stay_changed")
    _save(plan, locked, **fields)
    audit.record("stay_changed", locked, by=by, details={"plan": plan.public_id})
    return plan


@action
def remove_exchange(*, plan: ExchangePlan, by: Any, seen: str = "") -> None:
    """Take a planned stay off the plan.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=plan.proposal, by=by, part=EXCHANGE)
    plan = held(plan)
    refuse_changed(plan, seen)
    audit.record("stay_removed", locked, by=by, details={"plan": plan.public_id})
    plan.delete()
    touch(locked)


def _save(plan: ExchangePlan, proposal: Proposal, **fields: Any) -> None:
    term = term_of(proposal)
    found = stay_violations(
        fields["starts_on"],
        fields["ends_on"],
        direction=fields["direction"],
        country_code=fields["country_code"],
        first=term.first,
        last=term.last,
    )
    found += amount_violations(fields.get("amount_yen"), "amount_yen")
    if found:
        raise RuleBroken(found)
    for name, value in fields.items():
        setattr(plan, name, value)
    plan.save()
    touch(proposal)
