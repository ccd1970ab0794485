"""What the answer to one field of a form may be. Answers are plain values, as JSON keeps them:

text, choice and date: a text (a day in ISO 8601); number: its digits as text; table: `{row: {fiscal year: yen}}`;
file: `{public_id, name, sha256, size}`, of a PDF also `pages`; person: `{name, institution, orcid}`; organisation: `{name, ror_id, country_code}`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kernel.text import is_blank_text
from kernel.violations import Violation
from program.enums import FieldKind, LimitUnit
from program.rules.form_files import file_violation
from proposals.rules.texts import text_violation


@dataclass(frozen=True)
class Question:
    """One field of a form; `name` is its title, for sentences that stand elsewhere than beside it."""

    key: str
    kind: str
    name: str = ""
    is_required: bool = True
    limit: int = 400
    unit: str = LimitUnit.CHARACTERS
    lowest: Decimal | None = None
    highest: Decimal | None = None
    options: tuple[str, ...] = ()
    # of a file: what it may be besides PDF, and its bounds, 0 where there is none
    file_kinds: tuple[str, ...] = ()
    most_bytes: int = 0
    most_pages: int = 0


def within_term(kind: str, value: Any, years: Iterable[int]) -> Any:
    """What of an answer counts in a term of these fiscal years: of a table in yen its cells of those years; else all."""
    return value if kind != FieldKind.YEN_TABLE else _cells(value, years, is_inside=True)


def outside_term(kind: str, value: Any, years: Iterable[int]) -> dict[str, dict[str, int]]:
    """The cells of a table in yen that a shorter term has cut off; they are kept and count nowhere."""
    return _cells(value, years, is_inside=False) if kind == FieldKind.YEN_TABLE else {}


def years_answered(kind: str, value: Any) -> set[str]:
    """The fiscal years of which a table in yen has a cell."""
    return (
        {year for cells in value.values() for year in cells}
        if kind == FieldKind.YEN_TABLE and value
        else set()
    )


def _cells(value: Any, years: Iterable[int], *, is_inside: bool) -> dict[str, dict[str, int]]:
    known = {str(year) for year in years}
    rows = {
        row: {year: amount for year, amount in cells.items() if (year in known) is is_inside}
        for row, cells in (value or {}).items()
    }
    return {row: cells for row, cells in rows.items() if cells}


def with_cells(value: Any, more: Mapping[str, Mapping[str, int]]) -> Any:
    """A table in yen with the cells of another one besides; any other answer has none and stays."""
    if not more:
        return value
    rows = [*(value or {}), *(row for row in more if row not in (value or {}))]
    return {row: {**(value or {}).get(row, {}), **more.get(row, {})} for row in rows}


def field_name(key: str) -> str:
    """The name of a field's control on the section's page, which is also what its violations name."""
    return f"field_{key}"


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: blanks within blanks are nothing too."""
    if isinstance(value, Mapping):
        return all(is_blank(part) for part in value.values())
    return value is None or (isinstance(value, str) and is_blank_text(value))


def length_violation(text: str, limit: int, unit: str, field: str = "text") -> Violation | None:
    """What is wrong with a text of at most `limit` characters or words."""
    if unit == LimitUnit.CHARACTERS or "\0" in text:
        return text_violation(text, limit, field)
    over = len(text.split()) - limit
    return Violation("text_over_words", field, {"over": over, "limit": limit}) if over > 0 else None


def answer_violation(question: Question, value: Any) -> Violation | None:
    """What is wrong with an answer, beside its field; a blank one is nothing wrong here."""
    if is_blank(value):
        return None
    field, kind = field_name(question.key), FieldKind(question.kind)
    if kind is FieldKind.TEXT:
        return length_violation(str(value), question.limit, question.unit, field)
    if kind is FieldKind.NUMBER:
        return _bounds(question, Decimal(str(value)), field)
    if kind is FieldKind.CHOICE and value not in question.options:
        return Violation("answer_not_offered", field)
    if kind is FieldKind.FILE:
        return file_violation(
            value,
            field=field,
            kinds=question.file_kinds,
            most_bytes=question.most_bytes,
            most_pages=question.most_pages,
        )
    if kind in (FieldKind.PERSON, FieldKind.ORGANISATION) and is_blank(value.get("name")):
        return Violation("answer_without_name", field)
    return None


def _bounds(question: Question, number: Decimal, field: str) -> Violation | None:
    if question.lowest is not None and number < question.lowest:
        return Violation("answer_too_small", field, {"least": plain_number(question.lowest)})
    if question.highest is not None and number > question.highest:
        return Violation("answer_too_large", field, {"most": plain_number(question.highest)})
    return None


def plain_number(number: Decimal) -> str:
    """A number without needless zeros and without an exponent: 1500, 0.25."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def missing(question: Question, value: Any) -> Violation | None:
    """`answer_missing` for a field that must be filled in and is not."""
    if not question.is_required or not is_blank(value):
        return None
    return Violation("answer_missing", field_name(question.key), {"name": question.name})
