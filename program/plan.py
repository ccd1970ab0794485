"""A call as the checks before its opening see it."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from program.agreed import call_digest, has_agreed
from program.models import Call
from program.queries import designation_name
from program.rules.form import form_gaps
from program.rules.opening import CallPlan, PlannedCap, PlannedDesignation
from program.versions import form_with_names, latest_form
from registries.queries import latest_rate


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
        ).order_by("id")
    ]
    version = latest_form(call)
    digest = call_digest(call)
    return CallPlan(
        day=day,
        opens_at=call.opens_at,
        deadline_at=call.deadline_at,
        designations=tuple(
            PlannedDesignation(designation_name(d), d.state, d.valid_from, d.valid_until)
            for d in designations
        ),
        agencies=tuple(part.agency.short_name for part in taking_part if part.must_agree),
        not_agreed=tuple(
            part.agency.short_name for part in taking_part if part.must_agree and not has_agreed(part, digest)
        ),
        lead_takes_part=any(part.agency_id == call.lead_agency_id for part in taking_part),
        caps=tuple(
            PlannedCap(
                cap.currency,
                cap.period,
                cap.currency == "JPY" or latest_rate(cap.currency, day) is not None,
            )
            for cap in call.caps.order_by("id")
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
    )


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
