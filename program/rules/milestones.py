"""Dates of a call: what stands against them, and what should be looked at once more. A warning never blocks."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kernel.violations import Violation
from program.enums import MilestoneKind

SATURDAY = 5
# The order in which a call passes its dates. Opening and full proposal are the call's own instants.
ORDER = tuple(MilestoneKind)


@dataclass(frozen=True)
class Event:
    """A date of a call: a day, several, or an instant on its day."""

    kind: MilestoneKind
    starts_on: dt.date
    ends_on: dt.date | None = None
    instant: dt.datetime | None = None

    @property
    def last_day(self) -> dt.date:
        return self.ends_on or self.starts_on


@dataclass(frozen=True)
class Office:
    """When an agency can be reached: Monday to Friday between two hours of its own zone."""

    name: str
    zone: str
    opens: dt.time
    closes: dt.time


def date_warnings(
    event: Event, holidays: Mapping[dt.date, str], offices: Sequence[Office]
) -> list[Violation]:
    """Whether a date begins or ends on a weekend or a Japanese holiday, or at an hour at which an agency is not reached.

    `holidays` are those that are known; of a year of which none is known that is said instead.
    """
    found = []
    for day in sorted({event.starts_on, event.last_day}):
        if day.weekday() >= SATURDAY:
            found.append(Violation("milestone_on_weekend", "starts_on", {"day": day}))
        if day in holidays:
            found.append(Violation("milestone_on_holiday", "starts_on", {"day": day, "name": holidays[day]}))
        if day.year not in {known.year for known in holidays}:
            found.append(Violation("holidays_not_known", "starts_on", {"year": day.year}))
    if event.instant is not None:
        found += [
            violation
            for office in offices
            if (violation := _office_warning(event.instant, office)) is not None
        ]
    return found


def _office_warning(instant: dt.datetime, office: Office) -> Violation | None:
    local = instant.astimezone(ZoneInfo(office.zone))
    is_reached = local.weekday() < SATURDAY and office.opens <= local.time() <= office.closes
    if is_reached:
        return None
    params = {"agency": office.name, "time": f"{local:%Y-%m-%d %H:%M}", "zone": office.zone}
    return Violation("milestone_outside_office", "at", params)


def order_warnings(events: Iterable[Event]) -> dict[MilestoneKind, list[Violation]]:
    """By the kind of a date: that it begins before one that comes earlier in the course of a call."""
    found: dict[MilestoneKind, list[Violation]] = {}
    passed: list[Event] = []
    for event in sorted(events, key=lambda one: ORDER.index(one.kind)):
        later = [one for one in passed if one.starts_on > event.starts_on]
        if later:
            found[event.kind] = [
                Violation("milestone_before_another", "starts_on", {"other": later[-1].kind.value})
            ]
        passed.append(event)
    return found


def a_year_later(day: dt.date) -> dt.date:
    """The same day of the next year; of 29 February the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def zone_of_country(code: str) -> str:
    """The zone in which a country's agency works, as far as we know it; else UTC."""
    return ZONES.get(code, "UTC")


ZONES = {
    "AT": "Europe/Vienna",
    "AU": "Australia/Sydney",
    "BE": "Europe/Brussels",
    "CA": "America/Toronto",
    "CH": "Europe/Zurich",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GB": "Europe/London",
    "IE": "Europe/Dublin",
    "IN": "Asia/Kolkata",
    "IT": "Europe/Rome",
    "JP": "Asia/Tokyo",
    "KR": "Asia/Seoul",
    "NL": "Europe/Amsterdam",
    "NO": "Europe/Oslo",
    "NZ": "Pacific/Auckland",
    "SE": "Europe/Stockholm",
    "SG": "Asia/Singapore",
    "TW": "Asia/Taipei",
    "US": "America/New_York",
}
