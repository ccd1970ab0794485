"""What the portal's fonts can print, and what stands in for the rest.

A PDF/UA document with a character that no font has is not made at all, and without that standard the reader would get
an empty box that looks like a broken file. So every text is looked through first: what cannot be printed becomes 〓,
the geta with which Japanese printers have always marked a missing sort, and the caller learns what it was.

Nothing is ever folded into a likeness: 髙 stays 髙, 﨑 stays 﨑.
"""

import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

GETA: Final = "〓"

COVERAGE_FILE: Final = Path(__file__).with_name("coverage.json")

# Laid out by their neighbours and never drawn by themselves, so that no font needs them: joiners, direction marks,
# soft hyphens, variation selectors (a selector that no font knows leaves the plain character standing).
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# White space that a text may hold besides the blank; laid out, not drawn.
_SPACES: Final = frozenset("\t\n\r\x0b\x0c\x85\u2028\u2029")
# A byte-order mark inside a text says nothing, and PDF/UA forbids it: taken out without a trace.
_BYTE_ORDER_MARK: Final = "\ufeff"
# A letter of Europe and the marks that were typed behind it. Not kanji: composing those would fold 神 into 神.
_LETTER_WITH_MARKS: Final = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]+")
# What may follow a character only to change its looks. Without its base, nothing of it is left.
_JOINS_TO_BASE: Final = re.compile("[\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff]")


@cache
def coverage() -> dict[str, frozenset[str]]:
    """For each font family, in the order in which a Japanese document tries them, the characters it has."""
    table: dict[str, str] = json.loads(COVERAGE_FILE.read_text(encoding="ascii"))
    return {family: frozenset(_expand(ranges)) for family, ranges in table.items()}


def _expand(ranges: str) -> list[str]:
    characters: list[str] = []
    for span in ranges.split():
        first, _, last = span.partition("-")
        characters.extend(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return characters


@cache
def _drawable() -> frozenset[str]:
    """Every character that some font has, and every one that needs no font."""
    return frozenset().union(*coverage().values(), _SPACES)


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that no font of the portal can print, each once, in the order of their appearance.

    Invisible characters (joiners, variation selectors, soft hyphens) are never missing. For use when a text is typed:
    an empty answer means that it will be printed as it is.
    """
    if text.isascii() and text.isprintable():
        return []
    absent = set(text) - _drawable()
    return [
        character
        for character in dict.fromkeys(text)
        if character in absent and character != _BYTE_ORDER_MARK and not _INVISIBLE.match(character)
    ]


def printable(text: str) -> tuple[str, list[str]]:
    """`text` with 〓 for each character that no font has, and those characters, each once, in order.

    Letters typed as a base and its marks (e + ́, as files from a Mac have them) are put together where Unicode holds the
    two equal; a PDF would otherwise give some of them twice when copied. Byte-order marks go.
    A sequence that draws as one sign (an emoji with its skin tone, a family joined by ZWJ) becomes as many 〓 as it has
    base characters; the joiners and selectors that hung on them go with them.
    """
    text = text.replace(_BYTE_ORDER_MARK, "")
    text = _LETTER_WITH_MARKS.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    missing = missing_glyphs(text)
    if not missing:
        return text, []
    lost = frozenset(missing)
    pieces: list[str] = []
    base_is_lost = False
    for character in text:
        if base_is_lost and (_JOINS_TO_BASE.match(character) or unicodedata.combining(character)):
            continue
        base_is_lost = character in lost
        pieces.append(GETA if base_is_lost else character)
    return "".join(pieces), missing
