import datetime as dt

import pytest

from kernel.years import FiscalCalendar, add_years, era_date, era_fiscal_year, era_of

JAPAN = FiscalCalendar()


@pytest.mark.parametrize(
    ("instant", "year"),
    [
        ("2027-03-31T14:59:59+00:00", 2026),
        ("2027-03-31T15:00:00+00:00", 2027),
        ("2027-04-01T00:00:00+09:00", 2027),
    ],
)
def test_fiscal_year_of_an_instant_is_that_of_its_japanese_date(instant, year):
    assert JAPAN.year_of(dt.datetime.fromisoformat(instant)) == year


def test_fiscal_year_of_an_instant_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        JAPAN.year_of(dt.datetime(2027, 4, 1))  # noqa: DTZ001  the missing zone is the point


@pytest.mark.parametrize("first_month", range(1, 13))
def test_last_day_of_a_fiscal_year_is_the_day_before_the_next(first_month):
    calendar = FiscalCalendar(first_month)
    assert calendar.last_day(2027) + dt.timedelta(days=1) == calendar.first_day(2028)
    assert calendar.year_of(calendar.first_day(2027)) == calendar.year_of(calendar.last_day(2027)) == 2027


def test_years_touched_by_a_stay_over_31_march_are_both():
    assert list(JAPAN.years(dt.date(2027, 3, 31), dt.date(2027, 4, 1))) == [2026, 2027]


@pytest.mark.parametrize(
    ("year", "words"), [(2026, "令和8年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度")]
)
def test_fiscal_year_in_words_is_written_as_ministries_do(year, words):
    assert era_fiscal_year(year) == words


@pytest.mark.parametrize(
    ("day", "era"),
    [
        (dt.date(2019, 4, 30), ("平成", "Heisei", 31)),
        (dt.date(2019, 5, 1), ("令和", "Reiwa", 1)),
        (dt.date(1989, 1, 7), ("昭和", "Showa", 64)),
        (dt.date(1926, 12, 24), ("大正", "Taisho", 15)),
    ],
)
def test_era_of_a_day_changes_on_the_day_of_the_decree(day, era):
    assert era_of(day) == era


def test_era_of_a_day_before_the_table_is_refused():
    with pytest.raises(ValueError, match="no era"):
        era_of(dt.date(1912, 7, 29))


def test_era_date_of_the_first_year_says_gannen():
    assert era_date(dt.date(2019, 5, 1)) == "令和元年5月1日"


def test_leap_day_plus_a_year_is_the_28th():
    assert add_years(dt.date(2028, 2, 29), 1) == dt.date(2029, 2, 28)
    assert add_years(dt.date(2028, 2, 29), 4) == dt.date(2032, 2, 29)
