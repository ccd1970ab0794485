"""Whether two written names may be of one person: a hint to look, never a verdict.

Agencies' registers write a name without its marks, family name first or last, with initials, hyphens or none, in another
script. What can be compared is compared; what cannot be is called so.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import permutations

import jaconv

PARTS = (
    ("family_kanji", "given_kanji"),
    ("family_kana", "given_kana"),
    ("family_romaji", "given_romaji"),
)
# Letters that no decomposition takes apart.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
# One sound, several spellings: Müller, Mueller, Muller; Satō, Satou, Satoh, Sato; Kouji, Koji; Tsuda, Tuda; Shigeru, Sigeru.
ALIKE = (
    (re.compile(r"(?<=[aou])e(?![aiou])"), ""),
    (re.compile(r"o[ou]"), "o"),
    (re.compile(r"oh(?![aeiou])"), "o"),
    (re.compile(r"([aiue])\1"), r"\1"),
    (re.compile(r"sh(?=i)"), "s"),
    (re.compile(r"ch(?=i)"), "t"),
    (re.compile(r"ts(?=u)"), "t"),
    (re.compile(r"f(?=u)"), "h"),
    (re.compile(r"m(?=[bp])"), "n"),
)
MOST_WORDS = 6  # of a name that may be written as one word


class Likeness(StrEnum):
    LIKE = "like"
    UNLIKE = "unlike"
    UNTOLD = "untold"


def forms_of(names: Mapping[str, str]) -> list[str]:
    """A person's name in each script in which it is known: "family given"."""
    forms = (" ".join(names.get(part, "") for part in parts).strip() for parts in PARTS)
    return [form for form in forms if form]


def likeness(one: Sequence[str], other: Sequence[str]) -> Likeness:
    """How alike two names are, each given in one script or several: alike where one form of each is, unlike where all that
    can be compared are, untold where the scripts differ."""
    found = {_pair(first, second) for first in one for second in other}
    for told in (Likeness.LIKE, Likeness.UNLIKE):
        if told in found:
            return told
    return Likeness.UNTOLD


def _pair(one: str, other: str) -> Likeness:
    first, second = _words(one), _words(other)
    if not first or not second:
        return Likeness.UNTOLD
    if _alike(first, second) or "".join(sorted(first)) == "".join(sorted(second)):
        return Likeness.LIKE
    scripts = {_script("".join(words)) for words in (first, second)}
    # Kana of a foreign name has been put into Latin letters by ear: what differs then tells nothing.
    is_kana_against_latin = bool(KANA.search(one)) != bool(KANA.search(other))
    return Likeness.UNTOLD if len(scripts) > 1 or is_kana_against_latin else Likeness.UNLIKE


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether every word of the shorter name has one of its own in the longer; an initial stands for what it begins, and one
    word at least is whole. A name of several words may be written as one."""
    short, long = sorted((one, other), key=len)
    joined = "".join(short)
    may_be_joined = len(long) <= MOST_WORDS and sorted(joined) == sorted("".join(long))
    if may_be_joined and any("".join(order) == joined for order in permutations(long)):
        return True
    left, whole = list(long), 0
    for word in sorted(short, key=len, reverse=True):
        match = next((found for found in left if found == word), None)
        if match is None:
            match = next((found for found in left if _initial_of(word, found)), None)
        elif len(word) > 1:
            whole += 1
        if match is None:
            return False
        left.remove(match)
    return whole > 0


def _initial_of(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and long.startswith(short)


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name)
    text = KANA.sub(lambda kana: jaconv.kana2alphabet(jaconv.kata2hira(kana.group())), text)
    text = unicodedata.normalize("NFKD", text.casefold().translate(PLAIN))
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = [word for word in re.split(r"[^\w]+", text) if word]
    return [_sounded(word) for word in words]


def _sounded(word: str) -> str:
    if not word.isascii():
        return word
    for pattern, plain in ALIKE:
        word = pattern.sub(plain, word)
    return word


def _script(text: str) -> str:
    """The script of the first letter: LATIN, CJK, CYRILLIC, ..."""
    return unicodedata.name(text[0], "UNKNOWN").split()[0].split("-")[0]
