"""Whether two sets of name parts are of one person, as far as names can tell."""

import unicodedata
from collections.abc import Mapping

SCRIPTS = (("family_kanji", "given_kanji"), ("family_romaji", "given_romaji"))


def same_name(typed: Mapping[str, str], known: Mapping[str, str]) -> bool:
    """Whether what was typed agrees with what is known in a script that both have, and contradicts it in none.

    Width and case do not matter. Somebody with one name agrees by that one.
    """
    agrees = False
    for parts in SCRIPTS:
        one, other = (_plain(names, parts) for names in (typed, known))
        if not one or not other:
            continue
        if one != other:
            return False
        agrees = True
    return agrees


def _plain(names: Mapping[str, str], parts: tuple[str, ...]) -> str:
    words = (unicodedata.normalize("NFKC", names.get(part, "")).casefold().strip() for part in parts)
    return " ".join(word for word in words if word)
