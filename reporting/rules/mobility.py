"""Researchers dispatched and received (派遣者数・受入れ者数): stays into visits, visits into days, people and years.

Both end days count. Adjoining and overlapping stays of one person at one place, in one direction, are one visit. A visit
of 31 days or more is mid/long-term (中・長期). Its days belong to the fiscal years in which they fall; the person counts
in the year in which the visit begins, once a year and direction, whatever number of visits there are.
"""

import datetime as dt
import itertools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.years import FiscalCalendar
from proposals.rules.exchange import LONG_TERM_DAYS, YearPart, parts_of


@dataclass(frozen=True, slots=True)
class StayRecord:
    """One stay as recorded. `key` is its public id, `person` who travelled; `host` and `country` are the place."""

    key: str
    person: str
    direction: str
    host: str
    country: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's unbroken time at one place; `stays` are the keys of the records that it was put together from."""

    person: str
    direction: str
    host: str
    country: str
    starts_on: dt.date
    ends_on: dt.date
    stays: tuple[str, ...]
    parts: tuple[YearPart, ...]

    @property
    def days(self) -> int:
        return sum(part.days for part in self.parts)

    @property
    def year(self) -> int:
        """The fiscal year in which the person counts."""
        return self.parts[0].year

    @property
    def is_long(self) -> bool:
        return self.days >= LONG_TERM_DAYS


@dataclass(frozen=True, slots=True)
class YearCount:
    """One fiscal year and direction. `people` and `long_people` count persons whose visit begins in the year; `days` are
    all days that fall in it, those of visits begun earlier too. `stays` and `long_stays` are the records behind."""

    people: int
    long_people: int
    days: int
    stays: tuple[str, ...]
    long_stays: tuple[str, ...]


NOBODY = YearCount(0, 0, 0, (), ())


def place_key(host: str, country: str) -> tuple[str, str]:
    """What makes two places one: the host's name without differences of width, case and spaces, and the country."""
    return " ".join(unicodedata.normalize("NFKC", host).casefold().split()), country.upper()


def visits_of(stays: Iterable[StayRecord], calendar: FiscalCalendar) -> list[Visit]:
    """The visits that `stays` make, by their first day, then person; places are named as their first stay names them."""

    def whose(stay: StayRecord) -> tuple[str, str, tuple[str, str]]:
        return stay.person, stay.direction, place_key(stay.host, stay.country)

    ordered = sorted(stays, key=lambda stay: (whose(stay), stay.starts_on, stay.ends_on, stay.key))
    visits = []
    for _whose, group in itertools.groupby(ordered, key=whose):
        together: list[StayRecord] = []
        last = dt.date.min
        for stay in group:
            if together and stay.starts_on > last + dt.timedelta(days=1):
                visits.append(_visit(together, last, calendar))
                together = []
            last = max(last, stay.ends_on) if together else stay.ends_on
            together.append(stay)
        visits.append(_visit(together, last, calendar))
    return sorted(visits, key=lambda visit: (visit.starts_on, visit.ends_on, visit.person, visit.stays))


def _visit(stays: list[StayRecord], ends_on: dt.date, calendar: FiscalCalendar) -> Visit:
    first = stays[0]
    return Visit(
        first.person,
        first.direction,
        first.host,
        first.country,
        first.starts_on,
        ends_on,
        tuple(stay.key for stay in stays),
        parts_of(first.starts_on, ends_on, calendar),
    )


def count_years(visits: Iterable[Visit]) -> Mapping[tuple[int, str], YearCount]:
    """`{(fiscal year, direction): YearCount}` for every year that a visit touches, by year and direction."""
    known = list(visits)
    keys = sorted({(part.year, visit.direction) for visit in known for part in visit.parts})
    return {key: _count(known, *key) for key in keys}


def _count(visits: list[Visit], year: int, direction: str) -> YearCount:
    own = [visit for visit in visits if visit.direction == direction]
    begun = [visit for visit in own if visit.year == year]
    long = [visit for visit in begun if visit.is_long]
    return YearCount(
        people=len({visit.person for visit in begun}),
        long_people=len({visit.person for visit in long}),
        days=sum(part.days for visit in own for part in visit.parts if part.year == year),
        stays=tuple(key for visit in begun for key in visit.stays),
        long_stays=tuple(key for visit in long for key in visit.stays),
    )


def arithmetic(visit: Visit) -> str:
    """How the days of a visit were counted, without words: `2025-03-01–2025-03-31: 31 + 2025-04-01–2025-04-30: 30 = 61`."""
    terms = " + ".join(f"{part.starts_on}–{part.ends_on}: {part.days}" for part in visit.parts)
    return terms if len(visit.parts) == 1 else f"{terms} = {visit.days}"
