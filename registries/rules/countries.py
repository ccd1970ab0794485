"""Countries and territories: codes of ISO 3166-1, names in Japanese and English of Unicode CLDR.

Four files make the list, and may be given in any order: the codes (a list of [alpha-2, alpha-3, numeric, ...]), CLDR's
`territories.json` per language, and, for the other names that a country goes by, i18n-iso-countries' names.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from registries.rules.json_fields import Fields, as_mapping, read_json
from registries.rules.results import ParseResult, Reading, Refused

LANGUAGES = ("ja", "en")
# Whose name of a country is the usual one: CLDR's, before what is known already, before ISO's.
OF_CLDR, KNOWN, OF_ISO = range(3)
_ALPHA_2 = re.compile(r"[A-Z]{2}")
_ALTERNATIVE = re.compile(r"([A-Z]{2})-alt-\w+")


@dataclass(frozen=True, slots=True)
class CountryPart:
    """What one file says of one country: codes, or names in one language (the first is the usual one)."""

    alpha2: str
    alpha3: str = ""
    numeric: str = ""
    language: str = ""
    names: tuple[str, ...] = ()
    rank: int = OF_ISO


@dataclass(frozen=True, slots=True)
class Country:
    alpha2: str
    alpha3: str
    numeric: str
    name_ja: str
    name_en: str
    other_names: tuple[str, ...] = field(default=())


def parse_countries(data: bytes, *, file_name: str) -> ParseResult[CountryPart]:
    """One of the four files; which one is told from its shape.

    CLDR's groups (001 world, EU, QO) are no countries and are passed over; so are its variants of codes not in ISO.
    """
    reading: Reading[CountryPart] = Reading(file_name)
    try:
        document = read_json(data)
        if isinstance(document, list):
            _codes(document, reading)
        elif "main" in (top := as_mapping(document)):
            _cldr(top, reading)
        elif "countries" in top:
            _names(top, reading)
        else:
            raise Refused("format_unknown")
    except Refused as refused:
        reading.refuse(refused)
    return reading.result()


def join_countries(parts: Iterable[CountryPart]) -> tuple[tuple[Country, ...], tuple[str, ...]]:
    """Countries from all files read, and the codes left out because a name in one of the languages is missing."""
    codes: dict[str, CountryPart] = {}
    names: dict[tuple[str, str], list[str]] = {}
    for part in sorted(parts, key=lambda part: part.rank):
        if part.language:
            names.setdefault((part.alpha2, part.language), []).extend(part.names)
        else:
            codes.setdefault(part.alpha2, part)
    countries, incomplete = [], []
    for alpha2, code in sorted(codes.items()):
        japanese, english = (names.get((alpha2, language), []) for language in LANGUAGES)
        if not japanese or not english:
            incomplete.append(alpha2)
            continue
        others = tuple(
            name
            for name in dict.fromkeys(japanese[1:] + english[1:])
            if name not in (japanese[0], english[0])
        )
        countries.append(Country(alpha2, code.alpha3, code.numeric, japanese[0], english[0], others))
    return tuple(countries), tuple(incomplete)


def _codes(rows: list[object], reading: Reading[CountryPart]) -> None:
    for row in rows:
        with reading.record():
            cells = row if isinstance(row, list) else []
            texts = [cell for cell in cells[:3] if isinstance(cell, str)]
            if len(texts) < 3 or not re.fullmatch(r"[A-Z]{2} [A-Z]{3} \d{3}", " ".join(texts)):
                raise Refused("country_code_invalid", country_code=" ".join(texts))
            alpha2, alpha3, numeric = texts
            reading.add(CountryPart(alpha2, alpha3, numeric, rank=OF_CLDR))


def _cldr(top: Fields, reading: Reading[CountryPart]) -> None:
    main = top.child("main")
    language = next((language for language in LANGUAGES if language in main), "")
    if not language:
        raise Refused("language_unknown")
    territories = main.child(language).child("localeDisplayNames").child("territories")
    if not territories.names():
        raise Refused("field_missing", field="localeDisplayNames.territories")
    by_code: dict[str, list[str]] = {}
    for key in sorted(territories.names(), key=len):  # the plain code before its alternatives
        code = key[:2] if _ALTERNATIVE.fullmatch(key) else key
        if _ALPHA_2.fullmatch(code):
            by_code.setdefault(code, []).append(territories.text(key, required=True))
    _add_names(by_code, language, reading, rank=OF_CLDR)


def _names(top: Fields, reading: Reading[CountryPart]) -> None:
    language = top.text("locale")
    if language not in LANGUAGES:
        raise Refused("language_unknown")
    countries = top.child("countries")
    by_code = {
        code: [countries.text(code)] if countries.is_text(code) else countries.texts(code)
        for code in countries.names()
        if _ALPHA_2.fullmatch(code)
    }
    _add_names(by_code, language, reading, rank=OF_ISO)


def _add_names(
    by_code: Mapping[str, list[str]], language: str, reading: Reading[CountryPart], *, rank: int
) -> None:
    for code, names in sorted(by_code.items()):
        with reading.record():
            reading.add(CountryPart(code, language=language, names=tuple(names), rank=rank))
