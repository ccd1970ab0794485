"""The steps of a call: opened, closed, reviewed, concluded, cancelled. The only place where a call's state moves."""

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.call_changes import announce_change
from program.actions.call_parts import locked_call
from program.enums import CallState
from program.models import Call
from program.permissions import agency_seats, may_change_call
from program.plan import opening_plan
from program.rules.caps import limit_in_yen
from program.rules.opening import opening_violations, too_early_or_late
from program.versions import latest_form
from registries.queries import latest_rate


@action
def open_call(*, call: Call, by: User | None) -> Call:
    """Open a call: everything that `opening_violations` asks for is there today, and its opening instant has come; `by` is
    None when the clock does it.

    Freezes the form, and fixes every cap in yen at the newest rate of the opening day or before.

    Raises:
        RuleBroken: `transition_not_allowed`, `call_opens_later`, `call_deadline_passed`, and whatever lacks.
    """
    call = locked_call(call, by) if by is not None else _lock(call)
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
def cancel_call(*, call: Call, by: User, reason: str, reason_en: str = "") -> Call:
    """Cancel a call before its review, with the reason. Of an announced call it is given in English too, stands on the
    call's page, and is told to the applicants and the agencies.

    Raises:
        RuleBroken: `transition_not_allowed`, `reason_missing`.
    """
    call = locked_call(call, by)
    is_published = call.state in (CallState.OPEN, CallState.CLOSED)
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("reason_missing", "reason_en") if is_published and is_blank_text(reason_en) else None,
    )
    row = {"what": "state", "before": str(call.state), "after": str(CallState.CANCELLED)}
    if is_published:
        announce_change(call=call, by=by, rows=[row], reason_ja=reason, reason_en=reason_en)
    apply_transition(call, "cancel", by=by, reason=reason)
    return call
