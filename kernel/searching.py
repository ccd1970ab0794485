"""Finding words in names and titles, in whichever form of a letter either side was typed.

Names are kept as they were typed, so 神 may be stored as U+795E or as U+FA19, which many fonts draw with another left
half, and が in one code point or, from a Mac, in two. All forms of a letter find each other; letters that Unicode keeps
apart, as 高 and 髙 or 崎 and 﨑, do not.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache

from django.db.models import Q

# Where Unicode keeps the second forms of ideographs: the compatibility blocks.
_SECOND_FORMS = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))


@cache
def _forms() -> dict[str, str]:
    """Each ideograph that has second forms, with all of them."""
    forms: defaultdict[str, str] = defaultdict(str)
    for point in _SECOND_FORMS:
        plain = unicodedata.normalize("NFC", chr(point))
        if plain != chr(point) and len(plain) == 1:
            forms[plain] += chr(point)
    return dict(forms)


def _pattern(letter: str) -> str:
    """A regular expression for every way in which a letter (in NFC) may be stored."""
    if letter in _forms():
        return f"[{letter}{_forms()[letter]}]"
    in_parts = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if in_parts == letter else f"(?:{letter}|{in_parts})"


def contains(words: str, *fields: str) -> Q:
    """Any of the fields contains the words, without regard to case; no words are found everywhere.

    An expression is asked of the database only where a letter has more than one form, for it takes no index.
    """
    plain = unicodedata.normalize("NFC", words)
    pattern = "".join(_pattern(letter) for letter in plain)
    how, asked = ("icontains", plain) if pattern == re.escape(plain) else ("iregex", pattern)
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__{how}": asked})
    return found
