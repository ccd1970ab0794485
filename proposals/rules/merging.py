"""Two writers of one section: what they changed in different places is put together, what collides is left to people.

A text is compared sentence by sentence: a change collides with another where they touch, so that nobody's half sentence is
ever joined to another's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

# After the mark or the line break that ends it, and after the blank that follows a full stop.
_ENDS = re.compile(r"(?<=[。．！？\n])|(?<=[.!?][ \t])")
Change = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class Written:
    """What a section holds: its text, the answers by their fields' keys, and whether it is called complete.

    Of a `base`, from which somebody wrote on, the answers are their fingerprints: they are only ever compared.
    """

    text: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    is_complete: bool = False


def pieces(text: str) -> list[str]:
    """The text in its sentences and lines; joined they are the text again."""
    return [piece for piece in _ENDS.split(text) if piece]


def merged_text(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` in one text; None where they collide."""
    if mine == theirs or base == theirs:
        return mine
    if base == mine:
        return theirs
    before = pieces(base)
    own, other = _changes(before, pieces(mine)), _changes(before, pieces(theirs))
    if any(_collide(one, two) for one in own for two in other if one != two):
        return None
    for start, end, new in sorted({*own, *other}, reverse=True):
        before[start:end] = new
    return "".join(before)


def _changes(before: list[str], after: list[str]) -> list[Change]:
    steps = SequenceMatcher(None, before, after).get_opcodes()
    return [(i1, i2, tuple(after[j1:j2])) for tag, i1, i2, j1, j2 in steps if tag != "equal"]


def _collide(one: Change, two: Change) -> bool:
    return one[0] <= two[1] and two[0] <= one[1]


def merged(
    base: Written, mine: Written, theirs: Written, *, prints: Mapping[str, tuple[str, str]]
) -> Written | None:
    """What two writers made of `base`; None where they changed the same thing in two ways.

    `prints` gives the fingerprint of each of my and of their answers, by the field's key: `{key: (mine, theirs)}`.
    """
    text = merged_text(base.text, mine.text, theirs.text)
    if text is None:
        return None
    answers = {}
    for key, (own, other) in prints.items():
        was = base.answers.get(key, "")
        if own not in (was, other) and other != was:
            return None
        source = theirs.answers if own == was else mine.answers
        if key in source:
            answers[key] = source[key]
    is_complete = theirs.is_complete if mine.is_complete == base.is_complete else mine.is_complete
    return Written(text, answers, is_complete)


def taken_away(before: str, after: str) -> int:
    """How many characters of `before` are gone in `after`, if it was changed in one place."""
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    return len(before) - head - tail
