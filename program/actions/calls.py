"""Calls: prepared, opened, closed, reviewed, concluded. The only place where a call's state moves."""

import datetime as dt
from typing import Any

from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.call_forms import drop_form, issue_form, set_form
from program.actions.call_parts import (
    add_agency_to_call,
    add_designation_to_call,
    end_agency,
    locked_call,
    remove_agency_from_call,
    remove_cap,
    remove_designation_from_call,
    set_cap,
)
from program.actions.constraints import constraints_speak
from program.enums import AgreementModel, CallMode, CallState
from program.models import Call, CallCap, Programme
from program.permissions import agency_seats, may_change_call, may_lead_call
from program.plan import opening_plan
from program.rules.caps import limit_in_yen
from program.rules.opening import basic_violations, opening_violations, too_early_or_late
from program.versions import latest_form
from registries.queries import latest_rate

__all__ = [
    "add_agency_to_call",
    "add_designation_to_call",
    "begin_call",
    "begin_review",
    "cancel_call",
    "change_call",
    "close_call",
    "conclude_call",
    "drop_form",
    "end_agency",
    "issue_form",
    "open_call",
    "prepare_call",
    "remove_agency_from_call",
    "remove_cap",
    "remove_designation_from_call",
    "set_cap",
    "set_form",
]
# 「最大1億円程度」 a project and fiscal year, indirect cost included.
DEFAULT_CAP = 100_000_000
CHANGEABLE = (
    "title_ja",
    "title_en",
    "summary_ja",
    "summary_en",
    "mode",
    "tier",
    "agreement",
    "opens_at",
    "deadline_at",
    "first_year",
    "min_years",
    "max_years",
    "indirect_percent",
    "sufficient_yearly_yen",
)
# What may still change while proposals are being written: words, and a later deadline.
CHANGEABLE_WHEN_OPEN = ("title_ja", "title_en", "summary_ja", "summary_en", "deadline_at")


def _check(call: Call) -> None:
    violations = basic_violations(
        mode=call.mode,
        tier=call.tier,
        opens_at=call.opens_at,
        deadline_at=call.deadline_at,
        min_years=call.min_years,
        max_years=call.max_years,
    )
    if call.first_year not in call.programme.years:
        violations.append(Violation("year_outside_programme", "first_year"))
    if not 0 <= call.indirect_percent <= 100:
        violations.append(Violation("indirect_percent_out_of_range", "indirect_percent"))
    if violations:
        raise RuleBroken(violations)


@action
def prepare_call(
    *,
    programme: Programme,
    lead_agency: Organisation,
    by: User,
    code: str,
    title_ja: str,
    title_en: str,
    opens_at: dt.datetime,
    deadline_at: dt.datetime,
    first_year: int,
    mode: str = CallMode.JOINT_CALL,
    **fields: Any,
) -> Call:
    """Begin a call. Programme officers of its lead agency, a Japanese one, may.

    It gets the default cap: 100 million yen a project and fiscal year, indirect cost included. `fields` are any others
    of `CHANGEABLE`; tier and agreement follow the programme and the mode where they are not given.

    Raises:
        RuleBroken: `call_code_taken`, `year_outside_programme`, `call_years_below_five`, `call_years_out_of_order`,
            `call_mode_not_of_tier`, `deadline_not_after_opening`, `indirect_percent_out_of_range`.
    """
    require(may_lead_call(by, lead_agency))
    fields.setdefault("tier", programme.default_tier)
    fields.setdefault(
        "agreement",
        AgreementModel.LEAD_CONFIRMED if mode == CallMode.LEAD_AGENCY else AgreementModel.BOTH_RECOMMEND,
    )
    call = Call(
        programme=programme,
        lead_agency=lead_agency,
        code=code,
        title_ja=title_ja,
        title_en=title_en,
        mode=mode,
        opens_at=opens_at,
        deadline_at=deadline_at,
        first_year=first_year,
        **fields,
    )
    _check(call)
    with constraints_speak(Violation("call_code_taken", "code")):
        call.save()
    CallCap.objects.create(call=call, amount=DEFAULT_CAP)
    audit.record("prepared", call, by=by, details={"code": code, "lead_agency": lead_agency.public_id})
    return call


@action
def begin_call(*, programme: Programme, lead_agency: Organisation, by: User, **values: Any) -> Call:
    """`prepare_call`, with the lead agency taking part from today and the default form.

    Raises:
        RuleBroken: as `prepare_call`.
    """
    call = prepare_call(programme=programme, lead_agency=lead_agency, by=by, **values)
    add_agency_to_call(call=call, agency=lead_agency, by=by)
    set_form(call=call, by=by)
    return call


@action
def change_call(*, call: Call, by: User, **values: Any) -> Call:
    """Change a call that is being prepared; of an open one, only its words, and its deadline to a later instant.

    `values` are any of `CHANGEABLE`.

    Raises:
        RuleBroken: as `prepare_call`; `call_no_longer_prepared`, `deadline_only_later`.
    """
    call = locked_call(call, by)
    refuse_if(
        None if call.state in (CallState.DRAFT, CallState.OPEN) else Violation("call_no_longer_prepared")
    )
    changed = {
        name: values[name] for name in CHANGEABLE if name in values and values[name] != getattr(call, name)
    }
    if call.state == CallState.OPEN:
        deadline = changed.get("deadline_at", call.deadline_at)
        refuse_if(
            Violation("call_no_longer_prepared") if set(changed) - set(CHANGEABLE_WHEN_OPEN) else None,
            Violation("deadline_only_later", "deadline_at")
            if deadline < call.deadline_at or (deadline != call.deadline_at and now() >= call.deadline_at)
            else None,
        )
    before = {name: str(getattr(call, name)) for name in changed}
    for name, value in changed.items():
        setattr(call, name, value)
    _check(call)
    if changed:
        with constraints_speak():
            call.save(update_fields=list(changed))
        after = {name: str(value) for name, value in changed.items()}
        audit.record("changed", call, by=by, details={"before": before, "after": after})
    return call


@action
def open_call(*, call: Call, by: User) -> Call:
    """Open a call: everything that `opening_violations` asks for is there today, and its opening instant has come.

    Freezes the form, and fixes every cap in yen at the newest rate of the opening day or before.

    Raises:
        RuleBroken: `transition_not_allowed`, `call_opens_later`, `call_deadline_passed`, and whatever lacks.
    """
    call = locked_call(call, by)
    day = today(call.programme.zone)
    plan = opening_plan(call, day)
    if call.state == CallState.DRAFT:
        time = too_early_or_late(plan, now())
        violations = [*([time] if time else []), *opening_violations(plan)]
        if violations:
            raise RuleBroken(violations)
    apply_transition(call, "open", by=by, details={"day": day.isoformat()})
    version = latest_form(call)
    assert version is not None
    if version.frozen_at is None:
        version.frozen_at = now()
        version.save(update_fields=["frozen_at"])
    for cap in call.caps.select_for_update().order_by("id"):
        rate = None if cap.currency == "JPY" else latest_rate(cap.currency, day)
        cap.rate = rate
        cap.limit_yen = limit_in_yen(cap.amount, cap.currency, rate.yen_per_unit) if rate else cap.amount
        cap.save(update_fields=["rate", "limit_yen"])
        audit.record("fixed", cap, by=by, details={"limit_yen": cap.limit_yen})
    return call


def _lock(call: Call) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)


@action
def close_call(*, call: Call, by: User | None) -> Call:
    """Close a call once its deadline has come; `by` is None when the clock does it.

    Raises:
        RuleBroken: `transition_not_allowed`, `call_still_open`.
    """
    call = _lock(call)
    require(by is None or may_change_call(by, call))
    refuse_if(
        Violation("call_still_open") if call.state == CallState.OPEN and now() < call.deadline_at else None
    )
    apply_transition(call, "close", by=by)
    return call


@action
def begin_review(*, call: Call, by: User | None) -> Call:
    """Let a closed call go to review.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    call = _lock(call)
    require(by is None or may_change_call(by, call))
    apply_transition(call, "begin_review", by=by)
    return call


@action
def conclude_call(*, call: Call, by: User | None) -> Call:
    """Conclude a call whose proposals are all decided; whoever has a seat in it may, since the last yes may be anyone's.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    call = _lock(call)
    require(by is None or bool(agency_seats(by, call)))
    apply_transition(call, "conclude", by=by)
    return call


@action
def cancel_call(*, call: Call, by: User, reason: str) -> Call:
    """Cancel a call before its review, with the reason.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    call = locked_call(call, by)
    refuse_if(None if reason.strip() else Violation("reason_missing", "reason"))
    apply_transition(call, "cancel", by=by, reason=reason)
    return call
