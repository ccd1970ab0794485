"""Bytes to text and text to clean text, the same for every format."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kernel.documents.tables import MOST_CELLS, first_line_too_wide
from registries.rules.results import Refused

_SPACES = re.compile(r"\s+")
# NUL is refused by PostgreSQL, lone surrogates by every UTF-8 writer; other controls are noise in a line of text.
_FORBIDDEN = re.compile(r"[\x00\ud800-\udfff]")
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str  # "utf-8", "utf-8-sig" or "cp932": said to the person who imports


def decode(data: bytes) -> Decoded:
    """Tell UTF-8, with or without a byte order mark, from CP932.

    Strict UTF-8 is tried first: text in CP932 that holds Japanese is never valid UTF-8 by chance at any length that
    matters, while the reverse happens.

    Raises:
        Refused: `encoding_unknown`.
    """
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "cp932"):
        try:
            return Decoded(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding_unknown")


def tidy(text: str, *, field: str = "") -> str:
    """One line of text: runs of white space become one space, control characters go.

    Raises:
        Refused: `character_forbidden` for NUL or half a surrogate pair, which no database of ours can keep.
    """
    # Most texts are clean already: a printable text holds no control, no surrogate, and no white space but the space.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    if _FORBIDDEN.search(text):
        raise Refused("character_forbidden", field=field)
    return _SPACES.sub(" ", _CONTROLS.sub(" ", text)).strip()


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines of a CSV as (line number from 1, cells), blank lines left out; cells are stripped.

    Raises:
        Refused: `csv_invalid` with the line, for instance for an unclosed quote of more than the csv module's limit.
    """
    if wide := first_line_too_wide(text):
        raise Refused("csv_invalid", line=wide, reason=f"more than {MOST_CELLS} cells")
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise Refused("csv_invalid", line=reader.line_num, reason=str(error)) from error


def folded(text: str) -> str:
    """Text as it is compared in a search: NFKC, without case. Never shown, never stored in place of what was typed."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LATIN_MARKS = re.compile("[\u0300-\u036f]")


def searchable(text: str) -> str:
    """Text as a person may type it in a search: as `folded`, without accents on Latin letters, katakana as hiragana.

    The marks of kana (が, ぱ) are no accents and stay.
    """
    # Of the marks, those of kana are U+3099 and U+309A: what is left of them is joined again.
    plain = _LATIN_MARKS.sub("", unicodedata.normalize("NFD", folded(text)))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", plain)).translate(_KATAKANA_TO_HIRAGANA)
