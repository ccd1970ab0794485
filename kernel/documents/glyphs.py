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

# Gone without a trace. A byte-order mark inside a text says nothing, and PDF/UA forbids it; direction marks and the like
# steer scripts that no font here has, and hide one text in another.
_SILENT: Final = re.compile("[\u061c\u180b-\u180f\u200e\u200f\u202a-\u202e\u2061-\u206f\ufeff]")
# All that ends a line, as the one sign that the typesetter takes for it everywhere.
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# A letter of Europe and the marks that were typed behind it. Not kanji: composing those would fold 神 into 神.
_LETTER_WITH_MARKS: Final = re.compile("[A-Za-z\u00c0-\u052f\u1e00-\u1fff][\u0300-\u036f]+")
# Laid out by what they follow and never drawn by themselves: joiners, soft hyphens, variation selectors (one that no
# font knows leaves the plain character standing). Behind nothing that is drawn they would be a missing sort of their own.
_CLINGS: Final = re.compile("[\u00ad\u034f\u200b-\u200d\u2060\ufe00-\ufe0f\U000e0100-\U000e01ef]")
# Changes the looks of the emoji before it, and goes with it.
_SKIN_TONE: Final = re.compile("[\U0001f3fb-\U0001f3ff]")
_SPACES: Final = frozenset(" \t\n")


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
    """Every character that some font has, and every one that is laid out without one."""
    return frozenset().union(*coverage().values(), _SPACES)


@cache
def _delicate() -> frozenset[str]:
    """The drawable characters that cannot be judged alone: marks, which must share a font with what they stand on."""
    return frozenset(character for character in _drawable() if unicodedata.category(character)[0] == "M")


def missing_glyphs(text: str) -> list[str]:
    """The characters of `text` that cannot be printed, each once, in the order of their appearance.

    For use when a text is typed: an empty answer means that nothing will stand in for anything.
    """
    return printable(text)[1]


def printable(text: str) -> tuple[str, list[str]]:
    """`text` with 〓 for each character that cannot be printed, and those characters, each once, in order.

    Replaced is what no font has, and a combining mark that stands on nothing, or on a character of another font. What
    hangs on a replaced character (joiners, skin tones, marks) goes with it: a family joined by ZWJ becomes as many 〓 as
    it has members.

    Three things change silently, because no reader sees a difference: every end of a line becomes "\\n"; direction marks
    and byte-order marks go; a letter typed as a base and its marks (e + ́, as files from a Mac have it) is put together
    where Unicode holds the two equal, since a PDF would give some of them twice when copied.
    """
    text = _LINE_ENDS.sub("\n", _SILENT.sub("", text))
    text = _LETTER_WITH_MARKS.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    characters = set(text)
    if characters <= _drawable() and characters.isdisjoint(_delicate()):
        return text, []
    return _replaced(text)


def _replaced(text: str) -> tuple[str, list[str]]:
    pieces: list[str] = []
    missing: dict[str, None] = {}
    holders: list[
        frozenset[str]
    ] = []  # the fonts that hold all of the sign so far: its base and the marks on it
    lost = False  # whether that sign was replaced
    for character in text:
        if _CLINGS.match(character):
            if holders:
                pieces.append(character)
            continue
        if character in _SPACES:
            pieces.append(character)
            holders, lost = [], False
            continue
        is_mark = unicodedata.category(character)[0] == "M"
        fonts = holders if is_mark else list(coverage().values())
        fitting = [font for font in fonts if character in font]
        if fitting:
            pieces.append(character)
        else:
            missing.setdefault(character)
            if not (lost and (is_mark or _SKIN_TONE.match(character))):
                pieces.append(GETA)
        holders, lost = fitting, not fitting
    return "".join(pieces), list(missing)
