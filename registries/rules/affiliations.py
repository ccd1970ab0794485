"""Which country an author's affiliation lies in, from the address that the author wrote.

Affiliation country is what the counting of co-authored papers rests on, so this is conservative: where two readings are
possible, or none, the answer is None, and the paper is shown as one whose country is not known.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from registries.rules.country_words import AMBIGUOUS, SPELLINGS
from registries.rules.states_of_usa import US_STATES

_MAIL_LABEL = re.compile(
    r"\b(?:electronic address|e-?mails?|mailto|correspondence(?: to)?)\b\s*:.*", re.IGNORECASE | re.DOTALL
)
_MAIL = re.compile(r"[^\s,;()\[\]<>]+@[^\s,;()\[\]<>]+")
_BRACKETS = re.compile(r"\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*$")
_STATE_AND_ZIP = re.compile(r"\b(?P<state>[A-Z]{2})[ ,]+\d{5}(?:-\d{4})?$")
_CODE = re.compile(r"[-\w]*\d[-\w]*")  # a word with a digit: postcode, house number
_SEVERAL = re.compile(r";|, and ")
_LONGEST_NAME = 7  # words, as in "Democratic People's Republic of Korea" or "South Georgia and the South Sandwich Islands"
_NEW = frozenset({"new", "north", "northern", "south"})
_WRITTEN_BEFORE_CHINA = frozenset({"HK", "MO", "TW"})


class CountryFinder:
    """Finds countries in affiliations, by the names in the registry and the usual spellings."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are pairs of a country's name, in any language, and its alpha-2 code."""
        pairs = list(names)
        codes = {code for _, code in pairs}
        self._by_name: dict[str, str | None] = {}
        for name, code in [*pairs, *SPELLINGS]:
            self._learn(name, code)
        for code, state in US_STATES.items():
            self._learn(state, "US")
            if code not in codes:  # "Seattle, WA" can only be American; "Newark, DE" may be German
                self._learn(code, "US")
        self._by_name.update(dict.fromkeys(AMBIGUOUS))
        # The authors of a paper mostly share their affiliations.
        self._found: dict[str, str | None] = {}

    def find(self, affiliation: str) -> str | None:
        """The alpha-2 code of the country at the end of `affiliation`; None when unsure."""
        if affiliation not in self._found:
            self._found[affiliation] = self._look_for(affiliation)
        return self._found[affiliation]

    def _look_for(self, affiliation: str) -> str | None:
        segments = _segments(affiliation)
        if not segments:
            return None
        zipped = _STATE_AND_ZIP.search(", ".join(segments[-2:]))
        if zipped and zipped["state"] in US_STATES:
            return "US"
        code, words = self._at_end(_words(segments[-1]))
        if words in AMBIGUOUS:
            return _by_city(AMBIGUOUS[words], _words(" ".join(segments)))
        if code == "CN" and len(segments) > 1:
            region = self._by_name.get(_words(segments[-2]))
            return region if region in _WRITTEN_BEFORE_CHINA else code
        return code

    def split(self, affiliation: str) -> tuple[str, ...]:
        """The several affiliations that some sources write into one text, parted by semicolons or ", and".

        Parted only when every part has a country of its own; otherwise the text stays whole.
        """
        if affiliation.isascii() and ";" not in affiliation and "and" not in affiliation:
            return (affiliation.strip(),) if affiliation.strip() else ()
        parts = [part.strip() for part in _SEVERAL.split(_without_mail(affiliation)) if part.strip()]
        if len(parts) > 1 and all(self.find(part) for part in parts):
            return tuple(parts)
        return (affiliation.strip(),) if affiliation.strip() else ()

    def _learn(self, name: str, code: str) -> None:
        words = _words(name)
        if self._by_name.setdefault(words, code) != code:
            self._by_name[words] = None  # a name that two countries share ("Congo") tells nothing

    def _at_end(self, words: str) -> tuple[str | None, str]:
        """The code of the longest name that `words` end in, and that name.

        "University of New Mexico" ends in the state, not in Mexico; after "new" or "north" no shorter name is
        trusted, so "University of New England" has no country.
        """
        parts = words.split()
        while parts and _CODE.fullmatch(parts[-1]):
            parts.pop()
        for start in range(max(0, len(parts) - _LONGEST_NAME), len(parts)):
            candidate = " ".join(parts[start:])
            if candidate in self._by_name:
                if start and parts[start - 1] in _NEW:
                    return None, ""
                return self._by_name[candidate], candidate
        return None, ""


def _by_city(countries: Mapping[str, frozenset[str]], words: str) -> str | None:
    found = {code for code, cities in countries.items() if cities & set(words.split())}
    return found.pop() if len(found) == 1 else None


def _segments(affiliation: str) -> list[str]:
    """The parts between commas, mail addresses and trailing stops removed, a closing bracket taken as a part."""
    text = _without_mail(affiliation)
    bracketed = _BRACKETS.search(text)
    if bracketed:
        text = f"{text[: bracketed.start()]}, {bracketed[1]}"
    return [part for part in (part.strip(" .:") for part in re.split(r"[,;、，；]", text)) if _words(part)]


def _without_mail(affiliation: str) -> str:
    text = unicodedata.normalize("NFKC", affiliation)
    text = _MAIL.sub(" ", _MAIL_LABEL.sub("", text))
    return re.sub(r"\s+", " ", text).strip(" .,;:")


def _words(text: str) -> str:
    """Text for comparison: case folded, accents kept, stops in abbreviations dropped, P. R. China as "pr china"."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("&", " and ")
    folded = re.sub(r"(?<=\w)\.(?=\w)", "", folded)  # u.s.a → usa.
    folded = re.sub(r"[.()\[\]]", " ", folded)
    folded = re.sub(r"\b(\w) (?=\w\b)", r"\1", folded)  # p r china → pr china
    folded = re.sub(r"\s+", " ", folded).strip()
    return folded.removeprefix("the ")
