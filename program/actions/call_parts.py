"""What a call is made of: the designations on which it opens, its agencies, its caps."""

import datetime as dt
from typing import Any

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.money import Money
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.actions.constraints import constraints_speak
from program.enums import CallState, CapBasis, CapPeriod, DesignationState
from program.models import Call, CallAgency, CallCap, CallDesignation, Designation, SupportType
from program.permissions import may_change_call
from program.rules.opening import AGENCIES_NEEDED

ENDED = (CallState.DECIDED, CallState.CANCELLED)


def locked_call(call: Call, officer: User, *, in_preparation: bool = False) -> Call:
    """The call, locked, if `officer` may change it (and it is still being prepared, where that is asked).

    Raises:
        NotAllowed: this is no officer of the lead agency.
        RuleBroken: `call_no_longer_prepared`.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    require(may_change_call(officer, call))
    if in_preparation:
        refuse_if(None if call.state == CallState.DRAFT else Violation("call_no_longer_prepared"))
    return call


@action
def add_designation_to_call(*, call: Call, designation: Designation, by: User) -> CallDesignation:
    """Let the call, while it is prepared, open on this designation; whether it is in force is checked at opening.

    Raises:
        RuleBroken: `call_no_longer_prepared`, `of_another_programme`, `designation_not_decided`,
            `call_designation_is_there`.
    """
    call = locked_call(call, by, in_preparation=True)
    designation = Designation.objects.get(pk=designation.pk)
    refuse_if(
        Violation("of_another_programme", "designation")
        if designation.programme_id != call.programme_id
        else None,
        None
        if designation.state in (DesignationState.DECIDED, DesignationState.SUSPENDED)
        else Violation("designation_not_decided", "designation"),
    )
    with constraints_speak(Violation("call_designation_is_there", "designation")):
        link = CallDesignation.objects.create(call=call, designation=designation)
    audit.record("designation_added", call, by=by, details={"designation": designation.public_id})
    return link


@action
def remove_designation_from_call(*, call: Call, designation: Designation, by: User) -> None:
    """Take a designation out of a call that is being prepared.

    Raises:
        RuleBroken: `call_no_longer_prepared`.
    """
    call = locked_call(call, by, in_preparation=True)
    removed, _ = call.call_designations.filter(designation=designation).delete()
    if removed:
        audit.record("designation_removed", call, by=by, details={"designation": designation.public_id})


@action
def add_agency_to_call(
    *,
    call: Call,
    agency: Organisation,
    by: User,
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    must_agree: bool = True,
    signs_in: bool = True,
    reason: str = "",
    zone: str = "",
) -> CallAgency:
    """Let an agency take part in a call from a day on (today where none is named).

    Needs a reason where it joins a call already open, and where its answers are to be recorded on its behalf.

    Raises:
        RuleBroken: `call_has_ended`, `not_a_funding_agency`, `reason_missing`, `ends_before_it_starts`,
            `call_agency_is_there`, `lead_agency_signs_in`.
    """
    call = locked_call(call, by)
    refuse_if(
        Violation("call_has_ended") if call.state in ENDED else None,
        None
        if agency.kind == OrganisationKind.FUNDING_AGENCY
        else Violation("not_a_funding_agency", "agency"),
        Violation("lead_agency_signs_in", "signs_in")
        if agency.pk == call.lead_agency_id and not signs_in
        else None,
        Violation("reason_missing", "reason")
        if is_blank_text(reason) and (call.state != CallState.DRAFT or not signs_in)
        else None,
    )
    with constraints_speak(Violation("call_agency_is_there", "agency")):
        part = CallAgency.objects.create(
            call=call,
            agency=agency,
            starts_on=starts_on or today(call.programme.zone),
            ends_on=ends_on,
            must_agree=must_agree,
            signs_in=signs_in,
            reason=reason,
            zone=zone,
        )
    audit.record(
        "joined",
        part,
        by=by,
        details={
            "call": call.public_id,
            "agency": agency.public_id,
            "starts_on": part.starts_on.isoformat(),
            "must_agree": must_agree,
            "signs_in": signs_in,
        },
        private={"reason": reason} if reason else {},
    )
    return part


@action
def remove_agency_from_call(*, part: CallAgency, by: User) -> None:
    """Take an agency out of a call that is being prepared, where it was entered by mistake.

    Raises:
        RuleBroken: `call_no_longer_prepared`: from then on a part ends, and stays.
    """
    call = locked_call(part.call, by, in_preparation=True)
    audit.record("agency_removed", call, by=by, details={"agency": part.agency.public_id})
    part.delete()


@action
def end_agency(*, part: CallAgency, ends_on: dt.date, reason: str, by: User) -> CallAgency:
    """Let an agency's part in a call end after a day, with the reason; what it did until then stays.

    Raises:
        RuleBroken: `reason_missing`, `lead_agency_stays`, `ends_before_it_starts`, `call_has_ended`,
            `call_without_two_agencies` (once the call is open).
    """
    call = locked_call(part.call, by)
    part = CallAgency.objects.select_for_update().get(pk=part.pk)
    others = call.call_agencies.filter(must_agree=True, ends_on=None).exclude(pk=part.pk).count()
    refuse_if(
        Violation("call_has_ended") if call.state in ENDED else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        Violation("lead_agency_stays") if part.agency_id == call.lead_agency_id else None,
        Violation("call_without_two_agencies")
        if call.state != CallState.DRAFT and part.must_agree and others < AGENCIES_NEEDED
        else None,
    )
    part.ends_on, part.reason = ends_on, reason
    with constraints_speak():
        part.save(update_fields=["ends_on", "reason"])
    audit.record("ended", part, by=by, details={"ends_on": ends_on.isoformat()}, private={"reason": reason})
    return part


@action
def set_cap(
    *,
    call: Call,
    amount: int,
    by: User,
    currency: str = "JPY",
    basis: str = CapBasis.TOTAL,
    period: str = CapPeriod.FISCAL_YEAR,
    support_type: SupportType | None = None,
    replaces: bool = False,
) -> CallCap:
    """Set the cap of one basis, period and currency, in minor units: for every project, or for those of one support type. A
    call holds several, in several currencies too; all of them hold. One that is there already is replaced only where that
    is meant (`replaces`).

    Raises:
        RuleBroken: `call_no_longer_prepared`, `cap_not_above_zero`, `support_type_not_of_call`, `cap_is_there`.
    """
    call = locked_call(call, by, in_preparation=True)
    refuse_if(
        Violation("support_type_not_of_call", "support_type")
        if support_type is not None and support_type.call_id != call.pk
        else None
    )
    same: dict[str, Any] = {
        "support_type": support_type,
        "basis": basis,
        "period": period,
        "currency": currency,
    }
    earlier = call.caps.filter(**same).exclude(amount=amount).first()
    refuse_if(
        Violation("cap_is_there", "amount", {"amount": Money(earlier.amount, currency)})
        if earlier is not None and amount > 0 and not replaces
        else None
    )
    with constraints_speak():
        cap, _ = CallCap.objects.update_or_create(
            call=call,
            **same,
            defaults={"amount": amount},
        )
    replaced = {"replaced": earlier.amount} if earlier is not None else {}
    audit.record("set", cap, by=by, details={**_cap_details(cap), **replaced})
    return cap


def _cap_details(cap: CallCap) -> dict[str, Any]:
    details = {
        "amount": cap.amount,
        "currency": cap.currency,
        "basis": str(cap.basis),
        "period": str(cap.period),
    }
    return {**details, "support_type": cap.support_type.key} if cap.support_type else details


@action
def remove_cap(*, cap: CallCap, by: User) -> None:
    """Take a cap away from a call that is being prepared.

    Raises:
        RuleBroken: `call_no_longer_prepared`.
    """
    call = locked_call(cap.call, by, in_preparation=True)
    audit.record("cap_removed", call, by=by, details=_cap_details(cap))
    cap.delete()
