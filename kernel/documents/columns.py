"""A column of a spreadsheet: what it holds, how wide it is, and which values fit in its cells."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kernel.documents.errors import DocumentError

LONGEST_TEXT: Final = 32_767
"""UTF-16 units in a cell (Excel's limit). Longer text is refused, never cut."""
LARGEST_INTEGER: Final = 10**15
"""A cell holds a binary float: beyond 15 digits a spreadsheet would round in silence."""


class Kind(StrEnum):
    """What a column holds, and so what Python type its values have. None is an empty cell in all of them."""

    TEXT = "text"
    """str"""
    CODE = "code"
    """str that looks like a number or a date and must not become one: 0012, 3-1-2, 1E5"""
    INTEGER = "integer"
    """int"""
    YEN = "yen"
    """int; whole yen unless the column names another unit, which then is the unit of the values given"""
    DECIMAL = "decimal"
    """Decimal or float, shown with `Column.decimals` places"""
    DATE = "date"
    """date"""
    INSTANT = "instant"
    """datetime with its zone; shown in the workbook's zone, whose name stands in the heading; fractions of a second cut,
    because a spreadsheet would show 16:59:59.9 as 17:00:00"""


@dataclass(frozen=True)
class Column:
    """A column of a sheet. `heading` and `unit` are words for a reader, in the reader's language."""

    heading: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    """Follows the heading in brackets. For YEN without a unit: 円 or yen; for INSTANT: the zone's name."""
    width: float = 0
    """In characters of the default font; 0: by kind and heading"""
    total: bool = False
    """Numbers only: the sheet's last row holds =SUM(...) of this column"""
    decimals: int = 2


def heading_of(column: Column, *, language: str, zone: tzinfo) -> str:
    """What stands above the column in every kind of file: its heading, and in brackets the unit of what is below it."""
    unit = column.unit
    if not unit and column.kind is Kind.YEN:
        unit = "円" if language == "ja" else "yen"
    if not unit and column.kind is Kind.INSTANT:
        unit = datetime(2000, 1, 1, tzinfo=zone).tzname() or ""
    if not unit:
        return column.heading
    return f"{column.heading}（{unit}）" if language == "ja" else f"{column.heading} ({unit})"


WIDTHS: Final = {
    Kind.TEXT: 24.0,
    Kind.CODE: 14.0,
    Kind.INTEGER: 10.0,
    Kind.YEN: 16.0,
    Kind.DECIMAL: 12.0,
    Kind.DATE: 12.0,
    Kind.INSTANT: 20.0,
}
NUMBERS: Final = frozenset({Kind.INTEGER, Kind.YEN, Kind.DECIMAL})


def checked_text(value: object) -> str:
    text = str(value)
    if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        raise DocumentError("xlsx_text_too_long", {"length": len(text), "limit": LONGEST_TEXT})
    return text


def checked_number(value: object, kind: Kind) -> int | float:
    allowed = int | float | Decimal if kind is Kind.DECIMAL else int
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise TypeError(f"{value!r} is no value of a column of kind {kind}")
    if abs(value) >= LARGEST_INTEGER:
        raise DocumentError("xlsx_number_too_large", {"value": str(value)})
    return value if isinstance(value, int) else float(value)


def display_width(text: str) -> int:
    """In half-width characters, as a spreadsheet measures columns."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
