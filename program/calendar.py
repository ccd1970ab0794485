"""A call's dates: its opening, its deadline and its milestones, with what should be looked at once more, and as a file."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import now, today
from kernel.languages import localized
from kernel.violations import Violation, sentence
from program.enums import MilestoneKind
from program.models import Call, CallAgency, Milestone
from program.rules.calendar_file import CalendarEvent, calendar_file
from program.rules.milestones import ORDER, Event, Office, date_warnings, order_warnings, zone_of_country
from registries.models import Holiday

JAPAN = "JP"


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
            (MilestoneKind.FULL_PROPOSAL, call.deadline_at),
        )
    ]
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
    ]
    return sorted([*own, *others], key=lambda date: ORDER.index(date.event.kind))


def offices_of(call: Call) -> list[Office]:
    """The offices of the call's agencies abroad, as they take part today."""
    day = today(call.programme.zone)
    parts = call.call_agencies.select_related("agency").filter(Q(ends_on=None) | Q(ends_on__gte=day))
    return [
        Office(part.agency.short_name, zone_of_part(part), part.office_opens, part.office_closes)
        for part in parts.order_by("id")
        if part.agency.country_code != JAPAN
    ]


def zone_of_part(part: CallAgency) -> str:
    """The zone that is entered for an agency, else that of its country."""
    return part.zone or zone_of_country(part.agency.country_code)


def warnings_of(call: Call, dates: list[CallDate]) -> dict[MilestoneKind, list[str]]:
    """By the kind of a date, what should be looked at once more, in words."""
    holidays = {holiday.on: holiday.name_ja for holiday in Holiday.objects.all()}
    offices = offices_of(call)
    events = [date.event for date in dates]
    in_order = order_warnings(events)
    return {
        event.kind: [
            _words(violation)
            for violation in [*date_warnings(event, holidays, offices), *in_order.get(event.kind, [])]
        ]
        for event in events
    }


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
    warnings = warnings_of(call, dates) if warn else {}
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
