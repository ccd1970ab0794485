"""The yen value of a foreign amount, at a rate that is dated and has a source. No rate is ever guessed.

Rule: the ECB's reference rates of the day, or of the nearest business day before it, as a cross rate through the euro,
both currencies quoted on the same day; where the ECB has none within `LONGEST_GAP`, FRED's average of that calendar
year, through the US dollar; else there is no value. The result is rounded down to the yen, once, at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal, localcontext

from kernel.money import minor_digits
from kernel.violations import Violation
from registries.enums import RatePeriod

YEN = "JPY"
# The longest run of days without an ECB rate is five (Easter, or Christmas beside a weekend); more means that the
# registry has a hole, and an old rate would be passed off as that day's.
LONGEST_GAP = timedelta(days=7)
# How old a rate may be with which an amount is still shown, its day beside it.
OLDEST_SHOWN = timedelta(days=366)
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class Rate:
    """`value` units of `currency` for one unit of `base`, on `day` (1 January for a year's average)."""

    currency: str
    base: str
    value: Decimal
    day: date
    period: RatePeriod
    source: str


@dataclass(frozen=True, slots=True)
class YenValue:
    """`yen` in whole yen, and what it was made with.

    `per_unit` is the yen for one whole unit of the currency, to six decimals, for people to read; `yen` is computed
    from `rates` themselves. `day` is the rate's day, `period` says whether it stands for the day or its year.
    """

    yen: int
    per_unit: Decimal
    day: date
    period: RatePeriod | None
    source: str
    rates: tuple[Rate, ...]


def yen_value(
    amount: int, currency: str, *, on: date, rates: Iterable[Rate], field: str = ""
) -> YenValue | Violation:
    """`amount` (minor units of `currency`) in yen as of `on`, or `rate_missing`.

    `rates` may hold any rates; those after `on` are never used, except the average of the year that `on` falls in.
    """
    if currency == YEN:
        return YenValue(amount, Decimal(1), on, None, "", ())
    known = [rate for rate in rates if rate.currency in (currency, YEN)]
    used = _of_the_day(currency, on, known) or _of_the_year(currency, on, known)
    if used is None:
        return Violation("rate_missing", field, {"currency": currency, "on": on})
    yen_rate, rate = used[0], used[-1] if len(used) > 1 else None
    divisor = rate.value if rate else Decimal(1)
    with localcontext() as context:
        context.prec, context.rounding = _DIGITS, ROUND_DOWN
        exact = Decimal(amount) * yen_rate.value / (divisor * Decimal(10) ** minor_digits(currency))
        yen = int(exact.to_integral_value(rounding=ROUND_DOWN))
        per_unit = yen_rate.value / divisor
    return YenValue(
        yen=yen,
        per_unit=per_unit.quantize(Decimal("0.000001")),
        day=yen_rate.day,
        period=yen_rate.period,
        source=yen_rate.source,
        rates=used,
    )


def _of_the_day(currency: str, on: date, rates: list[Rate]) -> tuple[Rate, ...] | None:
    recent = [r for r in rates if r.period == RatePeriod.DAY and on - LONGEST_GAP <= r.day <= on]
    return _latest_pair(currency, "EUR", recent)


def _of_the_year(currency: str, on: date, rates: list[Rate]) -> tuple[Rate, ...] | None:
    of_year = [r for r in rates if r.period == RatePeriod.YEAR and r.day.year == on.year]
    return _latest_pair(currency, "USD", of_year)


def _latest_pair(currency: str, base: str, rates: list[Rate]) -> tuple[Rate, ...] | None:
    """The yen's and the currency's rate of the latest day that has both; the yen's alone when the currency is `base`."""
    on_base = [rate for rate in rates if rate.base == base]
    yen = {rate.day: rate for rate in on_base if rate.currency == YEN}
    if currency == base:
        return (yen[max(yen)],) if yen else None
    other = {rate.day: rate for rate in on_base if rate.currency == currency}
    both = yen.keys() & other.keys()
    return (yen[max(both)], other[max(both)]) if both else None
