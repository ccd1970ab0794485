"""A call as the checks before its opening see it."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from kernel.clock import day_of, today
from kernel.languages import localized
from kernel.violations import sentence
from program.agreed import call_digest, has_agreed
from program.models import Call, CallCap, Designation
from program.queries import designation_name, members_of_group
from program.rules.caps import limit_in_yen
from program.rules.form import form_gaps
from program.rules.opening import (
    CallPlan,
    PlannedCap,
    PlannedDesignation,
    PlannedType,
    opening_warnings,
    rate_violations,
)
from program.versions import form_with_names, latest_form
from registries.queries import latest_rate, newest_known


def opening_plan(call: Call, day: dt.date) -> CallPlan:
    """The call as it stands, were it opened on `day`."""
    taking_part = [
        part
        for part in call.call_agencies.select_related("agency", "agreement")
        if part.starts_on <= day and (part.ends_on is None or day <= part.ends_on)
    ]
    designations = [
        link.designation
        for link in call.call_designations.select_related(
            "designation__field", "designation__country", "designation__group"
        )
        .prefetch_related("designation__group__members__country")
        .order_by("id")
    ]
    version = latest_form(call)
    digest = call_digest(call)
    return CallPlan(
        day=day,
        opens_at=call.opens_at,
        deadline_at=call.deadline_at,
        designations=tuple(
            PlannedDesignation(designation_name(d), d.state, d.valid_from, d.valid_until, _countries(d, day))
            for d in designations
        ),
        agencies=tuple(part.agency.short_name for part in taking_part if part.must_agree),
        not_agreed=tuple(
            part.agency.short_name for part in taking_part if part.must_agree and not has_agreed(part, digest)
        ),
        lead_takes_part=any(part.agency_id == call.lead_agency_id for part in taking_part),
        caps=tuple(_cap(cap, day) for cap in call.caps.order_by("id")),
        types=tuple(
            PlannedType(localized(one, "title"), one.min_years, one.max_years)
            for one in call.support_types.all()
        ),
        aspects=frozenset(criterion.aspect for criterion in version.criteria.all())
        if version
        else frozenset(),
        sections=len(version.sections.all()) if version else 0,
        gaps=tuple(form_gaps(*form_with_names(version), settings.DATA_LANGUAGES)) if version else (),
        is_tried=version is not None and version.tried_at is not None,
        uneven=_uneven(call),
        min_years=call.min_years,
        max_years=call.max_years,
        mode=call.mode,
        tier=call.tier,
        agreement=call.agreement,
        is_ahead=day > today(call.programme.zone),
        notice=call.notice,
        notice_deadline_at=call.notice_deadline_at,
        partners=tuple(
            (part.agency.short_name, part.agency.country_code)
            for part in taking_part
            if part.agency.country_code != call.lead_agency.country_code
        ),
    )


def opening_day_of(call: Call) -> dt.date:
    """The day on which the call opens as far as one can tell today: that of its opening instant, or today."""
    zone = call.programme.zone
    return max(today(zone), day_of(call.opens_at, zone))


def cap_warnings(cap: CallCap, day: dt.date) -> list[str]:
    """What stands against one cap, were the call opened on `day`, in words."""
    alone = CallPlan(
        day=day,
        opens_at=cap.call.opens_at,
        deadline_at=cap.call.deadline_at,
        designations=(),
        agencies=(),
        lead_takes_part=True,
        caps=(_cap(cap, day),),
        aspects=frozenset(),
        sections=0,
        min_years=0,
        max_years=0,
        mode=cap.call.mode,
        tier=cap.call.tier,
        is_ahead=day > today(cap.call.programme.zone),
    )
    return [sentence(violation) for violation in (*rate_violations(alone), *opening_warnings(alone))]


def _cap(cap: CallCap, day: dt.date) -> PlannedCap:
    if cap.currency == "JPY":
        return PlannedCap(cap.currency, cap.period, True, cap.support_type_id is not None, None, cap.amount)
    rate = latest_rate(cap.currency, day)
    newest = rate or newest_known(cap.currency, day)
    return PlannedCap(
        cap.currency,
        cap.period,
        rate is not None,
        cap.support_type_id is not None,
        newest.on if newest else None,
        limit_in_yen(cap.amount, cap.currency, newest.yen_per_unit) if newest else None,
    )


def _countries(designation: Designation, day: dt.date) -> frozenset[str]:
    if designation.group is None:
        return frozenset({designation.country_id} if designation.country_id else ())
    return frozenset(country.code for country in members_of_group(designation.group, day))


def _uneven(call: Call) -> tuple[tuple[str, str], ...]:
    """The steps and names of texts of the call, outside of its form, that are there in one language and not in another."""

    def is_uneven(obj: object, name: str) -> bool:
        texts = [str(getattr(obj, f"{name}_{code}")).strip() for code in settings.DATA_LANGUAGES]
        return len({bool(text) for text in texts}) > 1

    found = [("summary", _("Summary"))] if is_uneven(call, "summary") else []
    for one in call.support_types.all():
        if is_uneven(one, "summary") or is_uneven(one, "early_career"):
            found.append(("support_types", one.title_ja))
    for milestone in call.milestones.all():
        if is_uneven(milestone, "note"):
            found.append(("milestones", _("Note")))
    return tuple(found)
