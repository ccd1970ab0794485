"""An award's period beside the joint research's, and its sufficiency."""

import datetime as dt

import pytest

from kernel.years import FiscalCalendar
from proposals.rules.periods import (
    Period,
    months_within,
    project_period,
    shared,
    sufficiency,
    uncovered,
)


def days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


TERM = days("2027-04-01", "2032-03-31")


@pytest.mark.parametrize(
    ("first_month", "last_month", "period"),
    [
        (None, None, TERM),
        (10, None, days("2027-10-01", "2032-03-31")),
        (None, 12, days("2027-04-01", "2031-12-31")),
        (2, 2, days("2028-02-01", "2032-02-29")),
    ],
)
def test_the_joint_research_runs_in_whole_years_but_for_its_months(
    first_month: int | None, last_month: int | None, period: Period
) -> None:
    assert project_period(range(2027, 2032), first_month, last_month, FiscalCalendar(4)) == period


def test_what_two_periods_share() -> None:
    assert shared(TERM, days("2026-09-01", "2031-08-31")) == days("2027-04-01", "2031-08-31")
    assert shared(TERM, days("2032-04-01", "2033-03-31")) is None
    assert shared(TERM, days("2032-03-31", "2033-03-31")) == days("2032-03-31", "2032-03-31")


@pytest.mark.parametrize(
    ("awards", "gaps"),
    [
        ([], [TERM]),
        ([TERM], []),
        ([days("2020-01-01", "2026-12-31")], [TERM]),
        ([days("2026-09-01", "2031-08-31")], [days("2031-09-01", "2032-03-31")]),
        (
            [days("2030-01-01", "2040-01-01"), days("2027-05-01", "2028-04-30")],
            [days("2027-04-01", "2027-04-30"), days("2028-05-01", "2029-12-31")],
        ),
        (
            [
                days("2026-01-01", "2031-12-31"),
                days("2027-01-01", "2027-12-31"),
                days("2032-01-01", "2032-12-31"),
            ],
            [],
        ),
    ],
)
def test_what_no_award_covers(awards: list[Period], gaps: list[Period]) -> None:
    assert uncovered(TERM, awards) == gaps


@pytest.mark.parametrize(
    ("awards", "covered"),
    [
        ([], 0),
        ([TERM], 60),
        ([days("2026-09-01", "2031-08-31")], 53),
        ([days("2027-04-02", "2032-03-30")], 58),  # neither April 2027 nor March 2032 is whole
    ],
)
def test_only_whole_months_are_covered(awards: list[Period], covered: int) -> None:
    assert months_within(TERM, awards) == (covered, 60)


YEARS = [(year, days(f"{year}-04-01", f"{year + 1}-03-31")) for year in range(2027, 2032)]


def test_an_award_suffices_by_its_yen_a_year_in_each_year_that_overlaps() -> None:
    award = days("2026-04-01", "2031-03-30")  # 1,825 days: five years of 365
    found = sufficiency(50_000_000, award, TERM, YEARS, 10_000_000)
    assert (found.yearly, found.is_met) == (10_000_000, True)
    assert [(one.year, one.days, one.is_sufficient) for one in found.years] == [
        (2027, 366, True),
        (2028, 365, True),
        (2029, 365, True),
        (2030, 364, True),
        (2031, 0, None),
    ]


def test_a_yen_less_is_below_the_threshold() -> None:
    award = days("2026-04-01", "2031-03-30")
    assert sufficiency(49_999_999, award, TERM, YEARS, 10_000_000).is_met is False


def test_a_short_award_counts_as_one_of_a_year() -> None:
    found = sufficiency(10_000_000, days("2027-04-01", "2027-09-30"), TERM, YEARS, 10_000_000)
    assert (found.yearly, found.is_met) == (10_000_000, True)


@pytest.mark.parametrize(
    ("amount", "award"),
    [(None, days("2027-04-01", "2032-03-31")), (10**9, days("2020-04-01", "2027-03-31"))],
)
def test_without_yen_or_overlap_it_stays_open(amount: int | None, award: Period) -> None:
    assert sufficiency(amount, award, TERM, YEARS, 10_000_000).is_met is None
