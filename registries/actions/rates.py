"""Exchange rates, turned into yen a unit when they are taken in."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from registries.actions.changes import Changes, compared
from registries.enums import RateBasis, RatePeriod, Severity
from registries.models import ExchangeRate
from registries.rules.exchange_files import parse_ecb, parse_fred
from registries.rules.rates import YEN, Rate
from registries.rules.results import ParseResult, Problem

PLACES = Decimal("0.00000001")
Key = tuple[str, str, dt.date, str]


def read(content: bytes, name: str) -> ParseResult[Rate]:
    """The ECB's file of daily rates, or FRED's of yearly averages, told apart by the header."""
    head = content[:200].decode("utf-8", "replace").lower()
    parse = parse_fred if "country" in head else parse_ecb
    return parse(content, file_name=name)


def compare(records: Iterable[Rate]) -> Changes:
    """By currency, basis, day and source. Each currency against the yen, through the base on the same day."""
    wanted: dict[Key, dict[str, Any]] = {}
    without_yen: list[dt.date] = []
    by_day: dict[tuple[dt.date, str, str, str], dict[str, Decimal]] = {}
    for rate in records:
        by_day.setdefault((rate.day, rate.base, rate.period, rate.source), {})[rate.currency] = rate.value
    for (day, base, period, source), values in by_day.items():
        yen = values.get(YEN)
        if yen is None:
            without_yen.append(day)
            continue
        basis = RateBasis.DAILY if period == RatePeriod.DAY else RateBasis.YEARLY_AVERAGE
        on = day if basis == RateBasis.DAILY else dt.date(day.year, 12, 31)
        for currency, value in {**values, base: Decimal(1)}.items():
            if currency == YEN:
                continue
            wanted[currency, basis.value, on, source] = {
                "currency": currency,
                "basis": basis.value,
                "on": on,
                "yen_per_unit": (yen / value).quantize(PLACES),
                "source": source,
            }
    existing = ExchangeRate.objects.filter(source__in={key[3] for key in wanted})
    changes = compared(
        ExchangeRate,
        wanted,
        key=lambda row: (row.currency, row.basis, row.on, row.source),
        existing=existing,
    )
    changes.problems = [
        Problem("", "rate_without_yen", Severity.ERROR, None, None, str(day), {"on": str(day)})
        for day in without_yen
    ]
    return changes
