"""Characters that nobody sees, in names: what a paste leaves behind goes, and what turns or hides letters is refused."""

import re
import unicodedata

from kernel.violations import Violation

# The zero-width space and the byte order mark, of which a paste is full.
_DEBRIS = re.compile("[\u200b\ufeff]")
# Controls, separators of lines, and what turns the direction of the letters beside it. The joiners U+200C and U+200D stay:
# names in Persian and in Indic scripts need them.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_DASHES = re.compile("[‐‑‒–—―−ー－]")

# Letters by their category that leave no mark on the page: fillers of Hangul, the blank of Braille, the joiner of graphemes,
# the vowels of Khmer that are never written, selectors of variants.
_MARKLESS = ("Cc", "Cf", "Zl", "Zp", "Zs")
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def is_blank_text(text: str) -> bool:
    """Whether a reader would see nothing: white space, controls, what has no width, and letters without a mark."""
    return all(unicodedata.category(one) in _MARKLESS for one in _UNSEEN.sub("", text))


def without_debris(text: str) -> str:
    """The text without what has no width and no meaning, and without white space around."""
    return _DEBRIS.sub("", text).strip()


def hidden_violation(text: str, field: str) -> Violation | None:
    """A name must not hold a character that turns or hides others: `name_has_hidden_character`."""
    found = _HARMFUL.search(text)
    return (
        Violation("name_has_hidden_character", field, {"code": f"U+{ord(found[0]):04X}"}) if found else None
    )


def plain_digits(text: str) -> str:
    """Digits, letters and dashes as they are kept, in whichever width they were typed: ００００－０００２ → 0000-0002."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", without_debris(text)))
