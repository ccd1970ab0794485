"""Files of exchange rates: the ECB's daily reference rates and FRED's yearly averages."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

from registries.enums import RatePeriod
from registries.rules.rates import Rate
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.texts import decode, rows

ECB = "ECB"
FRED = "FRED"
NOT_QUOTED = frozenset({"N/A", ""})
HIGHEST = Decimal(10) ** 9

# FRED names countries; each value is the number of that country's units for one US dollar.
FRED_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        "Australia": "AUD",
        "Brazil": "BRL",
        "Canada": "CAD",
        "China": "CNY",
        "Denmark": "DKK",
        "Euro": "EUR",
        "Hong Kong": "HKD",
        "India": "INR",
        "Japan": "JPY",
        "Malaysia": "MYR",
        "Mexico": "MXN",
        "New Zealand": "NZD",
        "Norway": "NOK",
        "Singapore": "SGD",
        "South Africa": "ZAR",
        "South Korea": "KRW",
        "Sri Lanka": "LKR",
        "Sweden": "SEK",
        "Switzerland": "CHF",
        "Taiwan": "TWD",
        "Thailand": "THB",
        "United Kingdom": "GBP",
    }
)
# Venezuela's column runs through three redenominations (2008, 2018, 2021) without saying so: no one currency fits it.
FRED_UNUSABLE = frozenset({"Venezuela"})


def parse_ecb(data: bytes, *, file_name: str) -> ParseResult[Rate]:
    """Units of each currency for one euro, a line a business day, newest or oldest first.

    `N/A` means that the ECB does not quote the currency (any more, or not yet): no rate is made of it, and each such
    currency is told once with its number of days. `read` counts the values given, not the lines.
    """
    reading: Reading[Rate] = Reading(file_name)
    try:
        lines = rows(decode(data).text)
        currencies = _ecb_header(next(lines, (1, []))[1])
        seen: set[date] = set()
        absent: Counter[str] = Counter()
        for line, cells in lines:
            _ecb_day(line, cells, currencies, seen, absent, reading)
        for currency, days in sorted(absent.items()):
            reading.inform("rate_not_quoted", currency=currency, days=days)
    except Refused as refused:
        reading.refuse(refused)
    return reading.result()


def parse_fred(data: bytes, *, file_name: str) -> ParseResult[Rate]:
    """Yearly averages, lines of `Date,Country,Value`, in units of the country's currency for one US dollar."""
    reading: Reading[Rate] = Reading(file_name)
    passed_over: Counter[str] = Counter()
    seen: set[tuple[str, int]] = set()
    try:
        lines = rows(decode(data).text)
        if next(lines, (1, []))[1] != ["Date", "Country", "Value"]:
            raise Refused("header_unknown", expected="Date,Country,Value")
        for line, cells in lines:
            if len(cells) == 3 and cells[1] in FRED_UNUSABLE:
                passed_over[cells[1]] += 1
                continue
            with reading.record(line=line):
                rate = _fred_rate(cells)
                if (rate.currency, rate.day.year) in seen:
                    raise Refused("record_twice", key=f"{rate.currency} {rate.day.year}")
                seen.add((rate.currency, rate.day.year))
                reading.add(rate)
        for country, count in passed_over.items():
            reading.warn("rate_redenominated", country=country, years=count)
    except Refused as refused:
        reading.refuse(refused)
    return reading.result()


def _ecb_header(cells: list[str]) -> list[str]:
    currencies = (
        cells[1:-1] if cells and cells[-1] == "" else cells[1:]
    )  # the ECB ends each line with a comma
    if (
        not currencies
        or cells[0] != "Date"
        or not all(re.fullmatch(r"[A-Z]{3}", code) for code in currencies)
    ):
        raise Refused("header_unknown", expected="Date,USD,JPY,…")
    return currencies


def _ecb_day(
    line: int,
    cells: list[str],
    currencies: list[str],
    seen: set[date],
    absent: Counter[str],
    reading: Reading[Rate],
) -> None:
    values = dict(zip(currencies, cells[1:], strict=False))
    if len(values) < len(currencies) or any(cells[len(currencies) + 1 :]):
        with reading.record(line=line):
            raise Refused("cells_wrong_number", expected=len(currencies) + 1, found=len(cells))
        return
    try:
        day = _day(cells[0])
        if day in seen:
            raise Refused("record_twice", key=cells[0])
    except Refused as refused:
        with reading.record(line=line):
            raise refused
        return
    seen.add(day)
    for currency, text in values.items():
        if text in NOT_QUOTED:
            absent[currency] += 1
            continue
        with reading.record(line=line):
            reading.name(f"{cells[0]} {currency}")
            reading.add(Rate(currency, "EUR", _value(text), day, RatePeriod.DAY, ECB))


def _fred_rate(cells: list[str]) -> Rate:
    if len(cells) != 3:
        raise Refused("cells_wrong_number", expected=3, found=len(cells))
    currency = FRED_CURRENCIES.get(cells[1])
    if currency is None:
        raise Refused("rate_country_unknown", country=cells[1])
    day = _day(cells[0])
    return Rate(currency, "USD", _value(cells[2]), date(day.year, 1, 1), RatePeriod.YEAR, FRED)


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise Refused("date_invalid", value=text)
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("date_invalid", value=text) from error


def _value(text: str) -> Decimal:
    if not text:
        raise Refused("field_missing", field="Value")
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise Refused("rate_not_a_number", value=text) from error
    if not value.is_finite() or not 0 < value < HIGHEST:
        raise Refused("rate_not_a_number", value=text)
    return value
