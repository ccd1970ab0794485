"""Planned stays: days, fiscal years, persons, the share of the budget."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.years import FiscalCalendar
from proposals.rules.exchange import PlannedPerson, Totals, days_of, is_long_term, parts_of, totals_of
from proposals.rules.exchange_money import exchange_share

APRIL = FiscalCalendar()


def stay(first: str, last: str, **fields: object) -> PlannedPerson:
    values = {"direction": "dispatch", "person": "", "seeks_degree": False, **fields}
    return PlannedPerson(
        starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last), **values
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("last", "days", "is_long"),
    [("2026-07-01", 1, False), ("2026-07-30", 30, False), ("2026-07-31", 31, True)],
)
def test_both_end_days_count_and_31_are_mid_or_long_term(last: str, days: int, is_long: bool) -> None:
    first, end = dt.date(2026, 7, 1), dt.date.fromisoformat(last)
    assert (days_of(first, end), is_long_term(first, end)) == (days, is_long)


def test_a_stay_over_31_march_falls_into_two_years() -> None:
    parts = parts_of(dt.date(2027, 3, 31), dt.date(2027, 4, 30), APRIL)
    assert [(part.year, part.days) for part in parts] == [(2026, 1), (2027, 30)]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 2000), st.integers(1, 12))
def test_the_days_of_the_years_are_all_days(first: dt.date, more: int, month: int) -> None:
    last = first + dt.timedelta(days=more)
    parts = parts_of(first, last, FiscalCalendar(month))
    assert sum(part.days for part in parts) == days_of(first, last)
    assert all(part.days > 0 for part in parts)


def test_a_named_person_counts_once_and_each_to_be_named_once() -> None:
    plans = [
        stay("2026-07-01", "2026-07-31", person="見本 花子", amount=5),
        stay("2027-07-01", "2027-07-02", person="見本　花子", seeks_degree=True, amount=6),
        stay("2026-07-01", "2026-07-30"),
        stay("2026-07-01", "2026-07-30"),
        stay("2026-07-01", "2026-07-31", direction="acceptance"),
    ]
    assert totals_of(plans, "dispatch") == Totals(
        stays=4, people=3, long_people=1, degree_people=1, days=93, amount=11
    )
    assert totals_of(plans, "acceptance").people == 1


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_the_nearest_hundredth_of_a_percent(used: int, asked: int) -> None:
    share = exchange_share(used=used, awarded=asked)
    assert share.basis_points is not None
    assert abs(share.basis_points * asked - used * 10_000) * 2 <= asked
