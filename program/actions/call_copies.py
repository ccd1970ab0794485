"""Last year's call as the beginning of this year's."""

import datetime as dt
from zoneinfo import ZoneInfo

from accounts.models import User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from program.actions.call_forms import set_form
from program.actions.calls import prepare_call
from program.models import (
    Call,
    CallAgency,
    CallCap,
    CallDesignation,
    CallDocument,
    Milestone,
    SupportType,
)
from program.permissions import may_lead_call
from program.rules.milestones import a_year_later
from program.versions import current_form, form_as_plain

COPIED = (
    "summary_ja",
    "summary_en",
    "mode",
    "tier",
    "agreement",
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
    "feedback",
    "appeal_days",
)
OF_SUPPORT_TYPE = (
    "key",
    "title_ja",
    "title_en",
    "summary_ja",
    "summary_en",
    "min_years",
    "max_years",
    "early_career_ja",
    "early_career_en",
)


@action
def copy_call(*, call: Call, by: User, code: str, title_ja: str, title_en: str) -> Call:
    """A new call in preparation with all that `call` was made of: designations, agencies that still take part, caps in
    their own currency, support types, documents, form and criteria.

    Every date is a year later (29 February becomes the 28th), and so is the first fiscal year. What happened to the old
    call stays with it: its state, receipts, agreements, and the yen at which its caps were fixed.

    Raises:
        RuleBroken: as `prepare_call`, `year_outside_programme` among them.
    """
    call = Call.objects.select_related("programme", "lead_agency").get(pk=call.pk)
    require(may_lead_call(by, call.lead_agency))
    new = prepare_call(
        programme=call.programme,
        lead_agency=call.lead_agency,
        by=by,
        code=code,
        title_ja=title_ja,
        title_en=title_en,
        opens_at=_instant(call.opens_at, call.programme.zone),
        deadline_at=_instant(call.deadline_at, call.programme.zone),
        notice_deadline_at=_instant(call.notice_deadline_at, call.programme.zone)
        if call.notice_deadline_at
        else None,
        first_year=call.first_year + 1,
        **{name: getattr(call, name) for name in COPIED},
    )
    _copy_parts(call, new)
    version = current_form(call)
    sections, criteria = form_as_plain(version) if version else (None, None)
    set_form(call=new, by=by, sections=sections, criteria=criteria)
    audit.record("copied", new, by=by, details={"from": call.public_id, "code": call.code})
    return new


def _instant(instant: dt.datetime, zone: str) -> dt.datetime:
    """The same hour of the same day of the next year, as the programme's clocks show it."""
    local = instant.astimezone(ZoneInfo(zone))
    return dt.datetime.combine(a_year_later(local.date()), local.time(), ZoneInfo(zone))


def _copy_parts(call: Call, new: Call) -> None:
    day = today(call.programme.zone)
    CallDesignation.objects.bulk_create(
        CallDesignation(call=new, designation_id=link.designation_id)
        for link in call.call_designations.order_by("id")
    )
    for part in call.call_agencies.order_by("id"):
        if part.ends_on is not None and part.ends_on < day:
            continue
        CallAgency.objects.create(
            call=new,
            agency_id=part.agency_id,
            starts_on=day,
            must_agree=part.must_agree,
            signs_in=part.signs_in,
            second_pair=part.second_pair,
            # Of a part that was to end it says why: the copy's does not end.
            reason=part.reason if part.ends_on is None else "",
            zone=part.zone,
            checklist=part.checklist,
        )
    types = {
        one.pk: SupportType.objects.create(call=new, **{name: getattr(one, name) for name in OF_SUPPORT_TYPE})
        for one in call.support_types.all()
    }
    new.caps.all().delete()
    for cap in call.caps.order_by("id"):
        CallCap.objects.create(
            call=new,
            support_type=types[cap.support_type_id] if cap.support_type_id else None,
            amount=cap.amount,
            currency=cap.currency,
            basis=cap.basis,
            period=cap.period,
        )
    for document in call.documents.all():
        CallDocument.objects.create(
            call=new, title_ja=document.title_ja, title_en=document.title_en, file_id=document.file_id
        )
    for milestone in call.milestones.order_by("id"):
        Milestone.objects.create(
            call=new,
            kind=milestone.kind,
            starts_on=a_year_later(milestone.starts_on),
            at=milestone.at,
            ends_on=a_year_later(milestone.ends_on) if milestone.ends_on else None,
            note_ja=milestone.note_ja,
            note_en=milestone.note_en,
        )
