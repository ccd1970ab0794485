from datetime import date
from decimal import Decimal

import pytest

from kernel.violations import Violation
from registries.enums import RatePeriod
from registries.rules.exchange_files import parse_ecb, parse_fred
from registries.rules.rates import Rate, YenValue, yen_value
from tests.builders.registry_files import extract

RATES = (
    *parse_ecb(extract("rates/ecb_eurofxref.csv"), file_name="ecb").records,
    *parse_fred(extract("rates/fred_yearly.csv"), file_name="fred").records,
)


def value(amount: int, currency: str, on: date, rates: tuple[Rate, ...] = RATES) -> YenValue:
    found = yen_value(amount, currency, on=on, rates=rates)
    assert isinstance(found, YenValue), found
    return found


def daily(currency: str, rate: str, day: date) -> Rate:
    return Rate(currency, "EUR", Decimal(rate), day, RatePeriod.DAY, "ECB")


def test_yen_needs_no_rate():
    assert value(1_234, "JPY", date(2026, 1, 1), ()) == YenValue(
        1_234, Decimal(1), date(2026, 1, 1), None, "", ()
    )


def test_dollars_cross_through_the_euro():
    found = value(1_450_000, "USD", date(2026, 10, 30))  # 14,500.00 × 175.68 ÷ 1.1172 = 2,280,128.8…
    assert (found.yen, found.day, found.source) == (2_280_128, date(2026, 10, 30), "ECB")
    assert [rate.currency for rate in found.rates] == ["JPY", "USD"]


def test_euros_use_the_yen_rate_alone():
    found = value(100, "EUR", date(2026, 10, 30))
    assert (found.yen, found.per_unit, len(found.rates)) == (175, Decimal("175.68"), 1)


def test_weekend_takes_the_friday_before():
    assert value(100, "USD", date(2026, 10, 25)).day == date(2026, 10, 23)


def test_later_rate_is_never_used():
    rates = (daily("JPY", "170", date(2026, 10, 30)), daily("USD", "1.1", date(2026, 10, 30)))
    assert yen_value(100, "USD", on=date(2026, 10, 29), rates=rates) == Violation(
        "rate_missing", "", {"currency": "USD", "on": date(2026, 10, 29)}
    )


@pytest.mark.parametrize(("days", "found"), [(7, True), (8, False)])
def test_rate_older_than_a_week_is_a_hole_not_a_rate(days: int, found: bool):
    rates = (daily("JPY", "170", date(2026, 10, 1)),)
    answer = yen_value(100, "EUR", on=date(2026, 10, 1 + days), rates=rates)
    assert isinstance(answer, YenValue) == found


def test_both_currencies_come_from_one_day():
    rates = (
        daily("JPY", "170", date(2026, 10, 1)),
        daily("JPY", "171", date(2026, 10, 2)),
        daily("TRY", "50", date(2026, 10, 1)),
    )
    found = value(100, "TRY", date(2026, 10, 2), rates)
    assert (found.day, found.yen) == (date(2026, 10, 1), 3)


def test_year_average_stands_in_where_the_ecb_has_none():
    found = value(100, "USD", date(2015, 6, 1))
    assert (found.yen, found.source, found.period, found.day) == (
        121,
        "FRED",
        RatePeriod.YEAR,
        date(2015, 1, 1),
    )


def test_year_average_of_another_year_is_not_used():
    assert isinstance(yen_value(100, "USD", on=date(2027, 6, 1), rates=RATES), Violation)


def test_pound_has_no_year_average_here():
    assert isinstance(yen_value(100, "GBP", on=date(2015, 6, 1), rates=RATES), Violation)


def test_value_is_rounded_down_and_only_once():
    rates = (daily("JPY", "100", date(2026, 1, 5)), daily("USD", "3", date(2026, 1, 5)))
    assert value(5_99, "USD", date(2026, 1, 5), rates).yen == 199  # 5.99 × 33.33… = 199.67
    assert value(3_00, "USD", date(2026, 1, 5), rates).yen == 100  # not 99, as with a rounded 33.333333


def test_won_have_no_minor_unit():
    rates = (daily("JPY", "180", date(2026, 1, 5)), daily("KRW", "1800", date(2026, 1, 5)))
    assert value(1_000, "KRW", date(2026, 1, 5), rates).yen == 100


def test_largest_amounts_stay_exact():
    rates = (daily("JPY", "1", date(2026, 1, 5)), daily("USD", "1", date(2026, 1, 5)))
    assert value(10**15 - 1, "USD", date(2026, 1, 5), rates).yen == 9_999_999_999_999
