"""What a pool keeps of a reviewer, as plain values: read from text, written as text, and checked."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kernel.violations import Violation

MOST_KEYWORDS, LONGEST_KEYWORD = 30, 100
MOST_DOIS, MOST_ABSENCES = 100, 30
MOST_LOAD = 200
# ISO 639-1.
LANGUAGES = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bh",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "io",
        "is",
        "it",
        "iu",
        "ja",
        "jv",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)
_BETWEEN = re.compile(r"[;；、\n]+")
_PERIOD = re.compile(r"(\d{4}-\d{2}-\d{2})\s*(?:/|～|~|–|to)\s*(\d{4}-\d{2}-\d{2})")


def parts_of(text: str) -> list[str]:
    """The parts of a text between ; or 、 or new lines, each once, in their order; blank ones left out."""
    found = (" ".join(part.split()) for part in _BETWEEN.split(text))
    return list(dict.fromkeys(part for part in found if part))


def joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)


def periods_in(text: str) -> tuple[list[list[str]], list[str]]:
    """Periods of days, as `2026-08-01/2026-08-15`, in order; and the parts that are none."""
    found, wrong = [], []
    for part in parts_of(text):
        match = _PERIOD.fullmatch(part)
        if match:
            found.append([match[1], match[2]])
        else:
            wrong.append(part)
    return sorted(found), wrong


def period_words(periods: Iterable[Iterable[str]]) -> str:
    return joined("/".join(period) for period in periods)


def searched_text(values: Mapping[str, Any]) -> str:
    """All by which a pool is searched, in one text; a language stands there as `lang:ja`."""
    words = [values["institution_name"], values["expertise"], *values["keywords"]]
    tags = [f"lang:{code}" for code in values["languages"]]
    return " ".join([*(str(word).casefold() for word in words if word), *tags, ""])


def profile_violations(values: Mapping[str, Any]) -> list[Violation]:
    """What is wrong with a profile; each beside its field."""
    found: list[Violation] = []
    if len(values["keywords"]) > MOST_KEYWORDS:
        found.append(Violation("keywords_too_many", "keywords", {"most": MOST_KEYWORDS}))
    long = next((word for word in values["keywords"] if len(word) > LONGEST_KEYWORD), None)
    if long is not None:
        found.append(Violation("keyword_too_long", "keywords", {"limit": LONGEST_KEYWORD, "word": long[:40]}))
    unknown = [code for code in values["languages"] if code not in LANGUAGES]
    if unknown:
        found.append(Violation("language_not_known", "languages", {"value": unknown[0][:20]}))
    if values["max_load"] is not None and not 1 <= values["max_load"] <= MOST_LOAD:
        found.append(Violation("load_out_of_range", "max_load", {"most": MOST_LOAD}))
    if len(values["dois"]) > MOST_DOIS:
        found.append(Violation("dois_too_many", "dois", {"most": MOST_DOIS}))
    if len(values["absences"]) > MOST_ABSENCES:
        found.append(Violation("absences_too_many", "absences", {"most": MOST_ABSENCES}))
    backwards = next((one for one in values["absences"] if one[1] < one[0]), None)
    if backwards is not None:
        found.append(Violation("absence_backwards", "absences", {"value": "/".join(backwards)}))
    return found
