"""One cell of an uploaded table, read into plain text: codes and texts stay text, money is whole minor units, a day is ISO 8601.

A cell comes as a workbook has it (text, number, date, truth value) or, of a CSV, always as text. What is read is canonical:
reading it once more gives the same, so that a table that went out and came back changes nothing.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from kernel.money import minor_digits, parse_amount
from kernel.text import hidden_violation, plain_digits, without_debris
from kernel.violations import RuleBroken, Violation
from kernel.years import ERAS, era_date
from proposals.rules.texts import normal, text_violation

FIRST_YEAR, LAST_YEAR = 1913, 2199
_WESTERN = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_JAPANESE = re.compile(
    r"(令和|平成|昭和|大正|[RHST])(元|\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.IGNORECASE
)
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
# What a spreadsheet makes of a long number: the digits behind are lost.
_SCIENTIFIC = re.compile(r"\d\.\d+E\+\d+", re.IGNORECASE)
_LETTER_OF_ERA = {"令和": "R", "平成": "H", "昭和": "S", "大正": "T"}


class CellKind(StrEnum):
    TEXT = "text"
    NAME = "name"
    CODE = "code"
    EMAIL = "email"
    NUMBER = "number"
    YEN = "yen"
    AMOUNT = "amount"
    DAY = "day"


@dataclass(frozen=True)
class CellField:
    """What a column takes; `limit` is in characters."""

    name: str
    kind: CellKind = CellKind.TEXT
    limit: int = 200


def read_cell(field: CellField, cell: Any, *, currency: str = "") -> str:
    """The cell as plain text; blank for an empty one. An AMOUNT is in the minor units of `currency`.

    Raises:
        RuleBroken: `cell_not_text`, `cell_not_a_number`, `cell_not_a_day`, `code_cut_short`, `cell_not_an_email`,
            `text_has_nul`, `text_over_limit`, `name_has_hidden_character`, and what `parse_amount` raises.
    """
    if cell is None or (isinstance(cell, str) and not without_debris(cell)):
        return ""
    return _READERS[field.kind](field, cell, currency)


def _text(field: CellField, cell: Any, currency: str) -> str:
    text = normal(_only_text(field, cell)).strip()
    _refuse(text_violation(text, field.limit, field.name))
    return text


def _name(field: CellField, cell: Any, currency: str) -> str:
    text = without_debris(_only_text(field, cell))
    _refuse(text_violation(text, field.limit, field.name) or hidden_violation(text, field.name))
    return text


def _code(field: CellField, cell: Any, currency: str) -> str:
    text = plain_digits(_only_text(field, cell))
    _refuse(
        text_violation(text, field.limit, field.name)
        or hidden_violation(text, field.name)
        or (Violation("code_cut_short", field.name) if _SCIENTIFIC.fullmatch(text) else None)
    )
    return text


def _email(field: CellField, cell: Any, currency: str) -> str:
    text = unicodedata.normalize("NFKC", without_debris(_only_text(field, cell))).lower()
    _refuse(
        text_violation(text, field.limit, field.name)
        or (None if _EMAIL.fullmatch(text) else Violation("cell_not_an_email", field.name))
    )
    return text


def _number(field: CellField, cell: Any, currency: str) -> str:
    """A whole number, not below zero."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise RuleBroken(Violation("cell_not_a_number", field.name))
    plain = unicodedata.normalize("NFKC", str(cell)).strip().replace(",", "")
    if not re.fullmatch(r"[0-9]{1,9}", plain):
        raise RuleBroken(Violation("cell_not_a_number", field.name))
    return str(int(plain))


def _yen(field: CellField, cell: Any, currency: str) -> str:
    return _amount(field, cell, "JPY")


def _amount(field: CellField, cell: Any, currency: str) -> str:
    if isinstance(cell, bool) or not isinstance(cell, str | int | Decimal):
        raise RuleBroken(Violation("amount_not_a_number", field.name))
    text = cell if isinstance(cell, str) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    unit = "円" if currency == "JPY" else currency
    return str(parse_amount(text, currency=currency, unit=unit, field=field.name))


def _day(field: CellField, cell: Any, currency: str) -> str:
    day = dt.date(cell.year, cell.month, cell.day) if isinstance(cell, dt.datetime) else cell
    if isinstance(day, str):
        day = day_in(day)
    if type(day) is not dt.date or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RuleBroken(Violation("cell_not_a_day", field.name))
    return day.isoformat()


_READERS = {
    CellKind.TEXT: _text,
    CellKind.NAME: _name,
    CellKind.CODE: _code,
    CellKind.EMAIL: _email,
    CellKind.NUMBER: _number,
    CellKind.YEN: _yen,
    CellKind.AMOUNT: _amount,
    CellKind.DAY: _day,
}


def _only_text(field: CellField, cell: Any) -> str:
    """A code that a spreadsheet has turned into a number has lost what made it a code: `0012` is 12 there."""
    if not isinstance(cell, str):
        raise RuleBroken(Violation("cell_not_text", field.name))
    return cell


def _refuse(violation: Violation | None) -> None:
    if violation:
        raise RuleBroken(violation)


def day_in(text: str) -> dt.date | None:
    """The day that a text names: 2027-04-01, 2027/4/1, 2027年4月1日, 令和9年4月1日, R9.4.1; None for anything else.

    A day of an era must lie in it: there is no 平成32年4月1日.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    try:
        if western := _WESTERN.fullmatch(plain):
            return dt.date(*(int(part) for part in western.groups()))
        japanese = _JAPANESE.fullmatch(plain)
        if not japanese:
            return None
        name, year, month, day = japanese.groups()
        number = 1 if year == "元" else int(year)
        for at, (begins, era, _latin) in enumerate(ERAS):
            if name.upper() in (era, _LETTER_OF_ERA[era]):
                found = dt.date(begins.year + number - 1, int(month), int(day))
                ends = ERAS[at - 1][0] if at else dt.date.max
                return found if begins <= found < ends else None
    except ValueError:
        pass
    return None


def day_in_era_short(day: dt.date) -> str:
    """A day as systems write it that count by eras: R9.4.1."""
    long = era_date(day)
    number = day.year - next(first for first, era, _latin in ERAS if long.startswith(era)).year + 1
    return f"{_LETTER_OF_ERA[long[:2]]}{number}.{day.month}.{day.day}"


def typed_amount(minor_units: str, currency: str) -> str:
    """An amount as it is typed: the minor units 150 of EUR are 1.50."""
    digits = minor_digits(currency)
    return f"{Decimal(minor_units).scaleb(-digits):.{digits}f}"


def cut_zeros(code: str) -> str:
    """A code as a spreadsheet would leave it that took it for a number: 0012 and 12 are alike."""
    return code.lstrip("0") or "0" if code.isascii() and code.isdigit() else code
