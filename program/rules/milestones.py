"""Dates of a call: what stands against them, and what should be looked at once more. A warning never blocks."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from kernel.violations import Violation
from program.enums import MilestoneKind

WEEKEND = frozenset({5, 6})
WEEKEND_CODES = {5: "milestone_on_saturday", 6: "milestone_on_sunday"}
DAYS_OF_WEEK = 7
# The closing days of public offices (行政機関の休日に関する法律, article 1, 1 (iii)), months with their days.
OFFICE_CLOSING = frozenset({(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)})
# The order in which a call passes its dates. Opening and full proposal are the call's own instants.
ORDER = tuple(MilestoneKind)


def saturday_and_sunday() -> list[int]:
    """The days on which most offices are closed."""
    return sorted(WEEKEND)


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
    """When an agency can be reached: between two hours of its own zone, both included, but for the days of the week on
    which it is `closed` (Monday is 0)."""

    name: str
    zone: str
    opens: dt.time
    closes: dt.time
    closed: frozenset[int] = WEEKEND


def office_violations(opens: dt.time, closes: dt.time, closed: Collection[int]) -> list[Violation]:
    """What no office's hours can be."""
    found = []
    if closes <= opens:
        found.append(Violation("office_closes_before_it_opens", "office_closes"))
    if not set(closed) <= set(range(DAYS_OF_WEEK)):
        found.append(Violation("closed_day_unknown", "closed_days"))
    elif len(set(closed)) == DAYS_OF_WEEK:
        found.append(Violation("office_never_open", "closed_days"))
    return found


def date_warnings(
    event: Event, holidays: Mapping[dt.date, str], offices: Sequence[Office]
) -> list[Violation]:
    """Whether a date begins or ends on a weekend, a Japanese holiday or a closing day of public offices, on a day or at an
    hour at which an agency is not reached. Of a date of a week at most every day is looked at.

    `holidays` are those that are known; of a year of which none is known that is said instead.
    """
    found = []
    for day in _days_looked_at(event):
        if day.weekday() in WEEKEND:
            found.append(Violation(WEEKEND_CODES[day.weekday()], "starts_on", {"day": day}))
        if day in holidays:
            found.append(Violation("milestone_on_holiday", "starts_on", {"day": day, "name": holidays[day]}))
        elif (day.month, day.day) in OFFICE_CLOSING:
            found.append(Violation("milestone_on_closing_day", "starts_on", {"day": day}))
        if day.year not in {known.year for known in holidays}:
            found.append(Violation("holidays_not_known", "starts_on", {"year": day.year}))
        if event.instant is None:
            found += [
                Violation("milestone_on_closed_day", "starts_on", {"day": day, "agency": office.name})
                for office in offices
                if day.weekday() in office.closed - WEEKEND
            ]
    if event.instant is not None:
        found += [
            violation
            for office in offices
            if (violation := _office_warning(event.instant, office)) is not None
        ]
    return found


def _days_looked_at(event: Event) -> list[dt.date]:
    """Every day of a meeting, that of a longer time only the first and the last: each has its weekends."""
    length = (event.last_day - event.starts_on).days
    if length >= DAYS_OF_WEEK:
        return [event.starts_on, event.last_day]
    return [event.starts_on + dt.timedelta(days=n) for n in range(length + 1)]


def _office_warning(instant: dt.datetime, office: Office) -> Violation | None:
    local = instant.astimezone(ZoneInfo(office.zone))
    is_reached = local.weekday() not in office.closed and office.opens <= local.time() <= office.closes
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
