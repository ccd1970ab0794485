"""The programme's own figures that are typed or imported: what a row of a table must say."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kernel.violations import Violation

FIRST_YEAR, LAST_YEAR = 1950, 2100
LONGEST_SOURCE = 300
MOST_DIGITS, MOST_PLACES = 16, 4
# A dash or a long vowel mark before digits may be meant as a minus or not: it is asked, never guessed.
UNCLEAR_SIGNS = tuple("ー－ｰ‐–—―")


@dataclass(frozen=True)
class WantedValue:
    """A figure of one year, with its source."""

    year: int
    value: Decimal
    source_ja: str
    source_en: str


@dataclass(frozen=True)
class RowOfValues:
    """What a row of a table holds, or what is wrong with it, column by column."""

    number: int
    wanted: WantedValue | None
    violations: tuple[Violation, ...] = ()


def plain(value: Decimal | int | None) -> int | str | None:
    """A figure as it is kept in a record: a whole number as such, another as text with its decimals; never a float."""
    if value is None:
        return None
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"


def figure_of(kept: int | str | None) -> int | Decimal | None:
    """What `plain` has kept, as a number again."""
    return Decimal(kept) if isinstance(kept, str) else kept


def read_rows(rows: Iterable[tuple[int, Sequence[str]]]) -> list[RowOfValues]:
    """Rows of (year, value, source in Japanese, source in English), each with its number in the table. A year stands once."""
    found: list[RowOfValues] = []
    first: dict[int, int] = {}
    for number, cells in rows:
        year_text, value_text, source_ja, source_en = (cell.strip() for cell in [*cells, "", "", "", ""][:4])
        year, value = _year(year_text), _value(value_text)
        violations = [
            violation
            for violation in (
                None
                if year is not None
                else Violation("value_year_invalid", "year", {"value": year_text[:40]}),
                None
                if value is not None
                else Violation("value_invalid", "value", {"value": value_text[:40]}),
                None if source_ja else Violation("value_source_missing", "source_ja"),
                *(
                    Violation("value_source_too_long", name, {"limit": LONGEST_SOURCE})
                    if len(text) > LONGEST_SOURCE
                    else None
                    for name, text in (("source_ja", source_ja), ("source_en", source_en))
                ),
            )
            if violation
        ]
        if year is not None and first.setdefault(year, number) != number:
            violations.append(Violation("value_year_twice", "year", {"row": first[year]}))
        wanted = None
        if year is not None and value is not None and not violations:
            wanted = WantedValue(year, value, source_ja, source_en)
        found.append(RowOfValues(number, wanted, tuple(violations)))
    return found


def _digits(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-").strip()


def _year(text: str) -> int | None:
    digits = _digits(text).removesuffix("年度").removesuffix("年")
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4):
        return None
    year = int(digits)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _value(text: str) -> Decimal | None:
    if text[:1] in UNCLEAR_SIGNS:
        return None
    try:
        value = Decimal(_digits(text))
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) >= 10**MOST_DIGITS:
        return None
    return value if value == round(value, MOST_PLACES) else None
