"""Patterns of an agency's award numbers, tried on examples."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from re import _parser  # type: ignore[attr-defined]  # the parser of re has no public name
from typing import Any

LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Tried:
    """An example, and whether the pattern fits it."""

    number: str
    fits: bool


def pattern_is_safe(pattern: str) -> bool:
    """Whether the pattern can be tried on any text in reasonable time: no repetition inside a repetition.

    Raises:
        re.error: it is no regular expression.
    """
    return not _repeats_within(_parser.parse(pattern), False)


def _repeats_within(parsed: Any, inside: bool) -> bool:
    for operation, argument in parsed:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _least, most, inner = argument
            # A repetition of a fixed few (a group that may be missing) cannot run away.
            many = int(most) > 1
            if many and inside and int(most) > 20:
                return True
            if _repeats_within(inner, inside or (many and int(most) > 20)):
                return True
        elif name == "SUBPATTERN":
            if _repeats_within(argument[-1], inside):
                return True
        elif name == "BRANCH":
            if any(_repeats_within(branch, inside) for branch in argument[1]):
                return True
        elif name in {"ASSERT", "ASSERT_NOT"}:
            if _repeats_within(argument[1], inside):
                return True
        elif name == "GROUPREF":
            return True  # what was matched before, repeated: its time is not bounded by the pattern
    return False


def tried(pattern: str, examples: Iterable[str]) -> list[Tried]:
    """Each example with whether the whole of it fits; a warning and never a refusal."""
    compiled = re.compile(pattern) if pattern else None
    found = []
    for example in examples:
        number = unicodedata.normalize("NFKC", example).strip()
        if number:
            fits = compiled is None or bool(compiled.fullmatch(number[:LONGEST_NUMBER]))
            found.append(Tried(number, fits and len(number) <= LONGEST_NUMBER))
    return found
