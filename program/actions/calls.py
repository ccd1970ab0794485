"""Calls: prepared and changed, and, by name, everything else that is done to one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.revisions import refuse_stale
from kernel.violations import Violation, refuse_if
from program.actions.call_changes import announce_change
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
from program.actions.call_steps import (
    begin_review,
    cancel_call,
    close_call,
    conclude_call,
    open_call,
)
from program.actions.constraints import constraints_speak
from program.enums import AgreementModel, CallMode, CallState
from program.models import Call, CallCap, Programme
from program.permissions import may_lead_call
from program.rules.caps import PROGRAMME_CAP
from program.rules.opening import basic_violations
from program.rules.reminders import days_violation

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
    "exchange_target_percent",
    "caps_by_month",
    "needs_approval",
    "required_statements",
    "reminder_days",
    "notice",
    "notice_deadline_at",
)
# Each may be moved to a later instant, before it has come.
DEADLINES = {"deadline_at": "deadline_only_later", "notice_deadline_at": "notice_deadline_only_later"}
# What may still change while proposals are being written: words, and a later deadline.
CHANGEABLE_WHEN_OPEN = ("title_ja", "title_en", "summary_ja", "summary_en", "reminder_days", *DEADLINES)


def _only_later(call: Call, name: str, wanted: dt.datetime | None) -> Violation | None:
    """A deadline of an open call moves to a later instant alone, and no more once it has come; none appears or goes."""
    announced = getattr(call, name)
    if announced is None or wanted is None:
        return Violation("call_no_longer_prepared")
    return Violation(DEADLINES[name], name) if wanted < announced or now() >= announced else None


def moved_violations(call: Call, values: Mapping[str, Any]) -> list[Violation]:
    """What stands against moving the deadlines of a call as `values` would; nothing of those of a call that is prepared."""
    if call.state != CallState.OPEN:
        return []
    moved = [name for name in DEADLINES if name in values and values[name] != getattr(call, name)]
    return [found for name in moved if (found := _only_later(call, name, values[name]))]


def _check(call: Call) -> None:
    violations = basic_violations(
        mode=call.mode,
        tier=call.tier,
        opens_at=call.opens_at,
        deadline_at=call.deadline_at,
        min_years=call.min_years,
        max_years=call.max_years,
        notice=call.notice,
        notice_deadline_at=call.notice_deadline_at,
    )
    if call.first_year not in call.programme.years:
        violations.append(Violation("year_outside_programme", "first_year"))
    if not 0 <= call.indirect_percent <= 100:
        violations.append(Violation("indirect_percent_out_of_range", "indirect_percent"))
    refuse_if(*violations, days_violation(call.reminder_days, "reminder_days"))


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
            `call_mode_not_of_tier`, `deadline_not_after_opening`, `indirect_percent_out_of_range`, `notice_deadline_missing`,
            `notice_deadline_outside_call`, `notice_not_asked`.
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
    CallCap.objects.create(call=call, amount=PROGRAMME_CAP)
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
def change_call(
    *, call: Call, by: User, reason_ja: str = "", reason_en: str = "", seen: str = "", **values: Any
) -> Call:
    """Change a call that is being prepared; of an open one, only its words, the days of its reminders, and its deadlines to a later instant, with the
    reason: that is published, and told to the applicants and the agencies.

    `values` are any of `CHANGEABLE`.

    Raises:
        RuleBroken: as `prepare_call`; `call_no_longer_prepared`, `deadline_only_later`, `notice_deadline_only_later`,
            `reason_missing`;
            `stale_version` if the call was changed since `seen`.
    """
    call = locked_call(call, by)
    refuse_stale(call, seen, writer=by, verb="changed", subject=call)
    refuse_if(
        None if call.state in (CallState.DRAFT, CallState.OPEN) else Violation("call_no_longer_prepared")
    )
    changed = {
        name: values[name] for name in CHANGEABLE if name in values and values[name] != getattr(call, name)
    }
    if call.state == CallState.OPEN:
        refuse_if(
            Violation("call_no_longer_prepared") if set(changed) - set(CHANGEABLE_WHEN_OPEN) else None,
            *moved_violations(call, changed),
        )
    before = {name: str(getattr(call, name)) for name in changed}
    for name, value in changed.items():
        setattr(call, name, value)
    _check(call)
    if changed:
        is_reminded = call.state == CallState.OPEN and "reminder_days" in changed
        call.reminders_since = now() if is_reminded else call.reminders_since
        with constraints_speak():
            call.save(update_fields=[*changed, "reminders_since"])
        after = {name: str(value) for name, value in changed.items()}
        announce_change(
            call=call,
            by=by,
            rows=[{"what": name, "before": before[name], "after": after[name]} for name in after],
            reason_ja=reason_ja,
            reason_en=reason_en,
            # When a mail comes is nothing to write a mail to every applicant about.
            only_agencies=set(changed) == {"reminder_days"},
        )
        reason = reason_ja.strip() or reason_en.strip()
        audit.record(
            "changed",
            call,
            by=by,
            details={"before": before, "after": after},
            private={"reason": reason} if reason else {},
        )
    return call
