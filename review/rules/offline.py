"""A review written in a spreadsheet: what its sheet holds, cell by cell, and what an answer in a cell means.

A sheet has a heading and then a row for each thing asked: its code, what is asked, the steps of the scale in words, and the
answer. Codes are the form's own (`FORM`, `PROPOSAL`, `CONFIDENCE`, the comments) or a criterion's public id.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

CODE, ANSWER = 0, 3
ANSWER_COLUMN = "D"
FORM, PROPOSAL, CONFIDENCE = "form", "proposal", "confidence"
NOT_APPLICABLE = "NA"
# How people write it; compared without regard to width and case.
NOT_APPLICABLE_WORDS = frozenset({"na", "n/a", "not applicable", "該当なし"})


class Unread(ValueError):
    """An answer that is no answer to what is asked."""


@dataclass(frozen=True)
class Token:
    """What a sheet was made from: the review, the version of the call's form, and the review's revision at that time."""

    assignment: str
    version: int
    revision: int

    def __str__(self) -> str:
        return f"{self.assignment}.{self.version}.{self.revision}"


@dataclass(frozen=True)
class Cell:
    """An answer as it stands in the sheet, and the cell in which it does."""

    at: str
    value: Any


def token_of(text: str) -> Token | None:
    """The token in its cell; None for anything else."""
    parts = text.strip().split(".")
    if len(parts) != 3 or not all(
        part.isascii() and part.isdecimal() and len(part) < 10 for part in parts[1:]
    ):
        return None
    return Token(parts[0], int(parts[1]), int(parts[2]))


def cells_of(rows: Sequence[Sequence[Any]]) -> dict[str, Cell]:
    """The answers of a sheet by their codes; of a code that stands there twice the last one with an answer."""
    found: dict[str, Cell] = {}
    for number, row in enumerate(rows, 1):
        code = text_of(row[CODE]) if len(row) > CODE else ""
        value = row[ANSWER] if len(row) > ANSWER else None
        if number > 1 and code and (value is not None or code not in found):
            found[code] = Cell(f"{ANSWER_COLUMN}{number}", value)
    return found


def text_of(value: Any) -> str:
    """A cell as it would have been typed, with newlines as everywhere."""
    if value is None:
        return ""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _plain(value: Any) -> str:
    return unicodedata.normalize("NFKC", text_of(value)).casefold().strip()


def score_in(value: Any) -> int | str | None:
    """What a cell says of a criterion: a whole number, None for “not applicable”, "" for no answer yet.

    Raises:
        Unread: it is nothing of these.
    """
    text = _plain(value)
    if not text or isinstance(value, bool):
        if isinstance(value, bool):
            raise Unread
        return ""
    if text in NOT_APPLICABLE_WORDS:
        return None
    # “4: very good” is how the column beside the answers has it.
    head = text.split(":", 1)[0].strip()
    digits = head.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 6):
        raise Unread
    return int(head)


def choice_in(value: Any, words: Mapping[str, str]) -> str:
    """The choice that a cell names, by its code or by its words in any language; "" for none yet.

    Raises:
        Unread: it names none of them.
    """
    text = _plain(value)
    if not text:
        return ""
    found = {_plain(word): code for word, code in words.items()}
    if text not in found:
        raise Unread
    return found[text]
