"""Whether two written names may be of one person."""

import re
import unicodedata

_HAN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_TITLES = frozenset(["dr", "prof", "professor", "mr", "ms", "mrs", "phd", "md"])
_HONORIFICS = ("先生", "教授", "准教授", "博士", "氏", "様")


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name)).casefold()
    return "".join(c for c in folded if not unicodedata.combining(c) or c in "\u3099\u309a")


def _parts(name: str) -> frozenset[str]:
    words = frozenset(re.findall(r"[^\W\d_]+", _plain(name).replace("'", "").replace("’", ""))) - _TITLES
    return frozenset(words)


def share_a_name(one: str, other: str) -> bool:
    """Whether two names may be one person's, whatever the order of their parts: “Mori, Hana”, “Hana MORI”, 「森　花」.

    Names in kanji are compared without blanks. In Latin letters every part of the shorter name stands in the longer one,
    an initial for a name that begins with it, and one part is never enough.
    """
    if _HAN.search(one) or _HAN.search(other):
        a, b = (_bare(name) for name in (one, other))
        return a == b and bool(a)
    a_parts, b_parts = sorted((_parts(one), _parts(other)), key=len)
    if len(a_parts) < 2:
        return False
    whole = {part for part in a_parts if len(part) > 1 and part in b_parts}
    rest = a_parts - whole
    left = b_parts - whole
    return bool(whole) and all(
        any(part[0] == other_part[0] and 1 in (len(part), len(other_part)) for other_part in left)
        for part in rest
    )


def _bare(name: str) -> str:
    text = re.sub(r"[\W_]+", "", _plain(name))
    for honorific in _HONORIFICS:
        text = text.removesuffix(honorific)
    return text
