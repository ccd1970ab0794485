"""An award's period beside the joint research's: what they share, what stays uncovered, and whether the award suffices."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kernel.years import FiscalCalendar
from proposals.rules.months import place_in_year

MONTHS = 12
DAY = dt.timedelta(days=1)
# Days of a year in "award years" (domain.md, section 3): the same 365 in every year, so that a leap day gains nobody anything.
YEAR = 365


@dataclass(frozen=True)
class Period:
    """Days, both end days counted."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def project_period(
    years: Sequence[int], first_month: int | None, last_month: int | None, calendar: FiscalCalendar
) -> Period:
    """The days of the joint research: whole fiscal years, but for the months before it begins in the first and after it ends
    in the last."""
    before = place_in_year(first_month, calendar.first_month) if first_month else 0
    after = MONTHS - 1 - place_in_year(last_month, calendar.first_month) if last_month else 0
    return Period(
        _month(calendar.first_day(years[0]), before),
        _month(calendar.first_day(years[-1] + 1), -after) - DAY,
    )


def shared(one: Period, other: Period) -> Period | None:
    """The days that lie in both."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return Period(first, last) if first <= last else None


def uncovered(project: Period, awards: Iterable[Period]) -> list[Period]:
    """The days of `project` that lie in none of the awards, as periods in order."""
    found, begin = [], project.first
    for award in sorted(awards, key=lambda award: award.first):
        if award.first > project.last:
            break
        if award.first > begin:
            found.append(Period(begin, award.first - DAY))
        begin = max(begin, award.last + DAY)
    if begin <= project.last:
        found.append(Period(begin, project.last))
    return found


def months_within(project: Period, periods: Sequence[Period]) -> tuple[int, int]:
    """How many calendar months of `project` lie in the periods with every day of theirs, and how many it has in all."""
    gaps = uncovered(project, periods)
    whole, every, begin = 0, 0, project.first.replace(day=1)
    while begin <= project.last:
        after = _month(begin, 1)
        every += 1
        whole += not any(gap.first < after and gap.last >= begin for gap in gaps)
        begin = after
    return whole, every


@dataclass(frozen=True)
class YearOfAward:
    """A fiscal year of the joint research: the days of it that the award runs, and whether the award suffices in it; None
    where it does not run or its yen value is open."""

    year: int
    days: int
    is_sufficient: bool | None


@dataclass(frozen=True)
class Sufficiency:
    """The arithmetic: yen ÷ (days ÷ 365) = `yearly`, beside the call's `threshold`, for each year."""

    amount_yen: int | None
    days: int
    yearly: int | None
    threshold: int
    years: tuple[YearOfAward, ...]

    @property
    def is_met(self) -> bool | None:
        """Whether it suffices in each year in which it runs; None where that is open."""
        said = [one.is_sufficient for one in self.years if one.days]
        return None if not said or None in said else all(said)


def sufficiency(
    amount_yen: int | None,
    award: Period,
    project: Period,
    years: Sequence[tuple[int, Period]],
    threshold: int,
) -> Sufficiency:
    """Sufficient = award in yen ÷ award years ≥ the call's yearly threshold, for the years that overlap (domain.md,
    section 3). An award of less than a year counts as one of a year."""
    yearly = None if amount_yen is None else amount_yen * YEAR // max(award.days, YEAR)
    rows = []
    for number, year in years:
        within = shared(year, project)
        common = shared(within, award) if within else None
        is_sufficient = None if common is None or yearly is None else yearly >= threshold
        rows.append(YearOfAward(number, common.days if common else 0, is_sufficient))
    return Sufficiency(amount_yen, award.days, yearly, threshold, tuple(rows))


def _month(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months after that of `day`."""
    place = day.year * MONTHS + day.month - 1 + months
    return dt.date(place // MONTHS, place % MONTHS + 1, 1)
