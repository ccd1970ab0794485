"""Amounts and days as agencies write them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from kernel.money import LARGEST, minor_digits
from registries.rules.currencies import currencies_ever
from registries.rules.results import Reading, Refused

_PLAIN = re.compile(r"[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]{1,2}")
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ADDRESS = re.compile(r"https://[^\s/]+(?:/\S*)?")
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})([T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?")
# What the register has room for; an address cut short would lead elsewhere.
LONGEST_ADDRESS = 400


def minor_units(text: str, currency: str) -> int | None:
    """The amount in minor units; None for an empty text. `1,234.50`, `1234,50` and full-width digits are read; a sign is not.

    Raises:
        Refused: `amount_invalid`, `currency_unknown`.
    """
    if not text:
        return None
    currency_code(currency)
    if not currency:
        raise Refused("currency_unknown", value=currency)
    plain = unicodedata.normalize("NFKC", text)
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not _PLAIN.fullmatch(plain):
        raise Refused("amount_invalid", value=text)
    units = Decimal(plain).scaleb(minor_digits(currency))
    if units > LARGEST or units != units.to_integral_value():
        raise Refused("amount_invalid", value=text)
    return int(units)


def currency_code(text: str) -> str:
    """The code of a currency in capitals; "" for an empty text. An old award may be in one that is no longer used.

    Raises:
        Refused: `currency_unknown` for what ISO 4217 has not as money (XXX is its code for no currency).
    """
    code = text.upper()
    if code and code not in currencies_ever():
        raise Refused("currency_unknown", value=text)
    return code


def web_address(text: str, reading: Reading[Any]) -> str:
    """An address that may become a link, else "": what is left out is told as a warning."""
    if text and not (_ADDRESS.fullmatch(text) and len(text) <= LONGEST_ADDRESS):
        reading.warn("address_left_out", value=text[:100])
        return ""
    return text


def us_date(text: str) -> date | None:
    """Month, day, year: 06/01/2015 is the first of June."""
    if not text:
        return None
    match = _US_DATE.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        month, day, year = (int(part) for part in match.groups())
        return date(year, month, day)
    except ValueError as error:
        raise Refused("date_invalid", value=text) from error


def iso_date(text: str) -> date | None:
    """The day of 2024-01-31, also with a time behind it, which says nothing here: agencies write midnight."""
    if not text:
        return None
    match = _ISO_DATE.fullmatch(text)
    try:
        if not match:
            raise ValueError(text)
        return date.fromisoformat(match[1])
    except ValueError as error:
        raise Refused("date_invalid", value=text) from error


def us_or_iso_date(text: str) -> date | None:
    return us_date(text) if "/" in text else iso_date(text)
