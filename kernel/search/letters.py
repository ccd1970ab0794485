"""Texts as they are searched: folded, and cut into pairs of letters. Pure; what is stored elsewhere stays as typed.

NFKC and case-folding make half- and full-width forms, both forms of an ideograph (神 U+795E and U+FA19) and every case
one; letters that Unicode keeps apart, as 高 and 髙 or 崎 and 﨑, stay apart. A Latin letter is found with and without its
accent. What is no letter and no digit is a gap between words.
"""

import unicodedata

_ACCENTS = range(0x300, 0x370)


class _Folding(dict[int, str]):
    """What each character becomes, found once for each."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        base = unicodedata.normalize("NFD", letter)[0]
        if point in _ACCENTS:
            found = ""
        elif base.isascii() and base.isalpha():
            found = base
        else:
            found = letter if letter.isalnum() or unicodedata.category(letter)[0] == "M" else " "
        self[point] = found
        return found


_folding = _Folding()


def folded(text: str) -> str:
    """The text in the one spelling in which it is searched: letters, digits and single blanks."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(plain.translate(_folding).split())


def tokens_of(text: str) -> set[str]:
    """What is indexed of a folded text: each letter, and each pair of neighbours within a word."""
    words = text.split()
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    return pairs.union(*words) if words else pairs


def asked_of(phrase: str) -> set[str]:
    """The tokens that a text must have for this folded phrase to be in it."""
    found = set()
    for word in phrase.split():
        found.update({word[at : at + 2] for at in range(len(word) - 1)} or {word})
    return found
