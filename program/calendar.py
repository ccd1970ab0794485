"""A call's dates: its opening, its deadline and its milestones, with what should be looked at once more, and as a file."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.clock import now, today
from kernel.languages import current, localized
from kernel.violations import Violation, sentence
from program.enums import MilestoneKind
from program.models import AgencyProfile, Call, Milestone
from program.rules.calendar_file import CalendarEvent, calendar_file
from program.rules.milestones import ORDER, Event, Office, date_warnings, order_warnings, zone_of_country
from registries.models import Holiday
from registries.rules.holiday_names import english_name

JAPAN = "JP"
# The deadlines that a call holds itself, by the names of their fields.
DEADLINES = {
    "deadline_at": MilestoneKind.FULL_PROPOSAL,
    "notice_deadline_at": MilestoneKind.NOTICE_OF_INTENT,
}


@dataclass(frozen=True)
class CallDate:
    """One date of a call as pages show it; `milestone` is None for the call's own instants."""

    event: Event
    note: str
    uid: str
    milestone: Milestone | None

    @property
    def label(self) -> str:
        return label(self.event.kind)


def dates_of(call: Call) -> list[CallDate]:
    """The opening, the deadline and the milestones, in the order of a call's course."""
    zone = ZoneInfo(call.programme.zone)
    own = [
        CallDate(Event(kind, at.astimezone(zone).date(), None, at), "", f"{kind}-{call.public_id}", None)
        for kind, at in (
            (MilestoneKind.OPENING, call.opens_at),
            (MilestoneKind.NOTICE_OF_INTENT, call.notice_deadline_at),
            (MilestoneKind.FULL_PROPOSAL, call.deadline_at),
        )
        if at is not None
    ]
    held = {date.event.kind for date in own}
    others = [
        CallDate(
            Event(
                MilestoneKind(one.kind),
                one.starts_on,
                one.ends_on,
                dt.datetime.combine(one.starts_on, one.at, zone) if one.at else None,
            ),
            localized(one, "note"),
            one.public_id,
            one,
        )
        for one in call.milestones.all()
        # A day that was entered before the call held the instant itself.
        if one.kind not in held
    ]
    return sorted([*own, *others], key=lambda date: ORDER.index(date.event.kind))


def offices_of(call: Call) -> list[Office]:
    """The offices of the call's agencies abroad, as they take part today."""
    day = today(call.programme.zone)
    parts = call.call_agencies.select_related("agency__agency_profile").filter(
        Q(ends_on=None) | Q(ends_on__gte=day)
    )
    return [
        office_of(part.agency, zone=part.zone)
        for part in parts.order_by("id")
        if part.agency.country_code != JAPAN
    ]


def office_of(agency: Organisation, *, zone: str = "") -> Office:
    """An agency's office as its profile has it; in `zone` where one is entered, else in the profile's or its country's."""
    profile = getattr(agency, "agency_profile", None) or AgencyProfile(agency=agency)
    return Office(
        agency.short_name,
        zone or profile.office_zone or zone_of_country(agency.country_code),
        profile.office_opens,
        profile.office_closes,
        frozenset(profile.closed_days),
    )


def office_in_words(office: Office) -> str:
    """09:00–17:00 (America/New_York), closed on Saturday, Sunday."""
    hours = {"opens": f"{office.opens:%H:%M}", "closes": f"{office.closes:%H:%M}", "zone": office.zone}
    if not office.closed:
        return _("%(opens)s–%(closes)s (%(zone)s), open every day") % hours
    days = _(", ").join(str(WEEKDAYS[number]) for number in sorted(office.closed))
    return _("%(opens)s–%(closes)s (%(zone)s), closed: %(days)s") % {**hours, "days": days}


def warnings_of(call: Call, events: Sequence[Event]) -> dict[MilestoneKind, list[str]]:
    """By the kind of a date, what should be looked at once more, in words."""
    is_japanese = current() == "ja"
    holidays = {
        holiday.on: holiday.name_ja if is_japanese else english_name(holiday.name_ja)
        for holiday in Holiday.objects.all()
    }
    offices = offices_of(call)
    in_order = order_warnings(events)
    return {
        event.kind: [
            _words(violation)
            for violation in [*date_warnings(event, holidays, offices), *in_order.get(event.kind, [])]
        ]
        for event in events
    }


def out_of_order(call: Call) -> list[str]:
    """The milestones that begin before one that comes earlier in the course of a call."""
    found = order_warnings([date.event for date in dates_of(call)])
    return [
        _("%(milestone)s: %(when)s") % {"milestone": label(kind), "when": _words(violation)}
        for kind, violations in found.items()
        for violation in violations
    ]


def warnings_with(call: Call, event: Event) -> list[str]:
    """What should be looked at once more, were this date the call's."""
    others = [date.event for date in dates_of(call) if date.event.kind != event.kind]
    return warnings_of(call, [*others, event])[event.kind]


def _deadline_warnings(call: Call, name: str, deadline: dt.datetime) -> list[str]:
    """As `warnings_with`, of one of the call's deadlines by the name of its field."""
    day = deadline.astimezone(ZoneInfo(call.programme.zone)).date()
    return warnings_with(call, Event(DEADLINES[name], day, None, deadline))


def moved_warnings(call: Call, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """By field, what stands against the deadlines that are being moved."""
    moved = {name: values[name] for name in DEADLINES if values.get(name) not in (None, getattr(call, name))}
    found = {name: _deadline_warnings(call, name, instant) for name, instant in moved.items()}
    return {name: warnings for name, warnings in found.items() if warnings}


def deadlines_in_doubt(call: Call) -> list[str]:
    """What stands against the call's deadlines, each with what it is of."""
    return [
        _("%(milestone)s: %(when)s") % {"milestone": label(kind), "when": warning}
        for name, kind in DEADLINES.items()
        if getattr(call, name) is not None
        for warning in _deadline_warnings(call, name, getattr(call, name))
    ]


def _words(violation: Violation) -> str:
    other = violation.params.get("other")
    if other is None:
        return sentence(violation)
    return _("It begins before “%(other)s”.") % {"other": label(MilestoneKind(other))}


def calendar_of(call: Call) -> bytes:
    """The call's dates as a calendar file, in the reader's language."""
    host = settings.SITE_ADDRESS.partition("//")[2].partition("/")[0].partition(":")[0] or "kakehashi"
    title = localized(call, "title")
    url = f"{settings.SITE_ADDRESS}{reverse('program:call', args=[call.public_id])}"
    return calendar_file(
        name=title,
        made_at=now(),
        events=[
            CalendarEvent(
                uid=f"{date.uid}@{host}",
                starts=date.event.instant or date.event.starts_on,
                ends=date.event.ends_on,
                summary=f"{date.label}: {title}",
                description=date.note,
                url=url,
            )
            for date in dates_of(call)
        ],
    )


def dates_in_words(call: Call, dates: list[CallDate], *, warn: bool = False) -> list[dict[str, Any]]:
    """Rows for a page: `date`, `label`, `instant` or `starts_on` and `ends_on`, `note`, `warnings` where asked, no `moves`."""
    warnings = warnings_of(call, [date.event for date in dates]) if warn else {}
    return [
        {
            "date": date,
            "label": date.label,
            "instant": date.event.instant,
            "starts_on": date.event.starts_on,
            "ends_on": date.event.ends_on,
            "note": date.note,
            "warnings": warnings.get(date.event.kind, []),
            "moves": [],
        }
        for date in dates
    ]
