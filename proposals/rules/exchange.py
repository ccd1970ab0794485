"""Stays, planned and made: their days, in which fiscal years these fall, whether they are mid- or long-term."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kernel.violations import Violation
from kernel.years import FiscalCalendar
from proposals.rules.institutions import folded

# 「中長期」は31日以上 (founding text, 3(3)); both end days count (domain.md, section 6).
LONG_TERM_DAYS = 31


@dataclass(frozen=True, slots=True)
class YearPart:
    """The part of a stay that lies in one fiscal year, both end days counted."""

    year: int
    starts_on: dt.date
    ends_on: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """One planned stay; `person` is blank for somebody who is still to be named, `amount` what of the budget it takes."""

    direction: str
    person: str
    starts_on: dt.date
    ends_on: dt.date
    seeks_degree: bool
    amount: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What the plans of one direction come to. A person who is named in several counts once, each that is to be named once."""

    stays: int
    people: int
    long_people: int
    degree_people: int
    days: int
    amount: int


def days_of(starts_on: dt.date, ends_on: dt.date) -> int:
    """The days of a stay, both end days counted.

    Raises:
        ValueError: it ends before it starts.
    """
    if ends_on < starts_on:
        raise ValueError("a stay ends before it starts")
    return (ends_on - starts_on).days + 1


def parts_of(starts_on: dt.date, ends_on: dt.date, calendar: FiscalCalendar) -> tuple[YearPart, ...]:
    """The days from `starts_on` to `ends_on`, cut at the ends of fiscal years."""
    parts = []
    for year in calendar.years(starts_on, ends_on):
        first = max(starts_on, calendar.first_day(year))
        last = min(ends_on, calendar.last_day(year))
        parts.append(YearPart(year, first, last, days_of(first, last)))
    return tuple(parts)


def totals_of(plans: Iterable[PlannedPerson], direction: str) -> Totals:
    """What the plans of one direction come to."""
    own = [plan for plan in plans if plan.direction == direction]
    long = [plan for plan in own if is_long_term(plan.starts_on, plan.ends_on)]
    return Totals(
        stays=len(own),
        people=_people(own),
        long_people=_people(long),
        degree_people=_people([plan for plan in own if plan.seeks_degree]),
        days=sum(days_of(plan.starts_on, plan.ends_on) for plan in own),
        amount=sum(plan.amount for plan in own),
    )


def _people(plans: list[PlannedPerson]) -> int:
    named = {folded(plan.person) for plan in plans} - {""}
    return len(named) + sum(not folded(plan.person) for plan in plans)


def is_long_term(starts_on: dt.date, ends_on: dt.date) -> bool:
    """31 days or more."""
    return days_of(starts_on, ends_on) >= LONG_TERM_DAYS


def stay_violations(
    starts_on: dt.date, ends_on: dt.date, *, direction: str, country_code: str, first: dt.date, last: dt.date
) -> list[Violation]:
    """What is wrong with a planned stay within a project from `first` to `last`."""
    found = []
    if ends_on < starts_on:
        found.append(Violation("ends_before_start", "ends_on"))
    elif starts_on < first or ends_on > last:
        found.append(Violation("stay_outside_project", "starts_on", {"first": first, "last": last}))
    if direction == "dispatch" and country_code == "JP":
        found.append(Violation("dispatch_to_japan", "country_code"))
    if direction == "acceptance" and country_code != "JP":
        found.append(Violation("acceptance_outside_japan", "country_code"))
    return found
