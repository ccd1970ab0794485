"""Countries, whose names come in several files, and Japan's holidays."""

from collections.abc import Iterable
from typing import Any

from kernel.violations import Violation, refuse_if
from registries.actions.archives import files_in
from registries.actions.changes import Changes, compared
from registries.enums import Severity
from registries.models import Country, Holiday
from registries.rules import countries as rules
from registries.rules import holidays
from registries.rules.former_countries import FORMER_COUNTRIES, former_country
from registries.rules.results import ParseResult, Problem


def read_countries(content: bytes, name: str) -> ParseResult[rules.CountryPart]:
    """One file, or a ZIP of the several files that together name each country in both languages."""
    if not content.startswith(b"PK"):
        return rules.parse_countries(content, file_name=name)
    records: list[rules.CountryPart] = []
    problems: list[Problem] = []
    read = 0
    for inner, data in files_in(content, name, suffix=".json"):
        result = rules.parse_countries(data, file_name=inner)
        records += result.records
        problems += result.problems
        read += result.read
    return ParseResult(tuple(records), tuple(problems), read)


def compare_countries(parts: Iterable[rules.CountryPart]) -> Changes:
    """By alpha-2 code. A file that holds names only renews the names of countries that are there; ISO's names stand only
    where CLDR's are not known.

    With the list of codes come the countries that no longer exist, with their last day: records of old times name them.

    Raises:
        RuleBroken: `countries_incomplete`, where the parts do not name one country in both languages.
    """
    parts = list(parts)
    found, incomplete = rules.join_countries([*parts, *_known_parts()])
    refuse_if(None if found else Violation("countries_incomplete", "file"))
    wanted: dict[str, dict[str, Any]] = {
        country.alpha2: {
            "code": country.alpha2,
            "code3": country.alpha3,
            "name_ja": country.name_ja[:100],
            "name_en": country.name_en[:100],
            "ended_on": None,
        }
        for country in found
        if former_country(country.alpha2) is None
    }
    if any(part.alpha3 for part in parts):
        wanted |= {
            former.code: {
                "code": former.code,
                "code3": former.code3,
                "name_ja": former.name_ja,
                "name_en": former.name_en,
                "ended_on": former.ended_on,
            }
            for former in FORMER_COUNTRIES
        }
    changes = compared(Country, wanted, key=lambda row: row.code, existing=Country.objects.all())
    changes.problems = [
        Problem("", "country_without_names", Severity.ERROR, None, None, code, {"country_code": code})
        for code in incomplete
    ]
    return changes


def _known_parts() -> list[rules.CountryPart]:
    """What the registry says already, after the file's own names."""
    parts = []
    for row in Country.objects.all():
        parts.append(rules.CountryPart(row.code, row.code3, rank=rules.KNOWN))
        parts.append(rules.CountryPart(row.code, language="ja", names=(row.name_ja,), rank=rules.KNOWN))
        parts.append(rules.CountryPart(row.code, language="en", names=(row.name_en,), rank=rules.KNOWN))
    return parts


def read_holidays(content: bytes, name: str) -> ParseResult[holidays.Holiday]:
    return holidays.parse_holidays(content, file_name=name)


def compare_holidays(records: Iterable[holidays.Holiday]) -> Changes:
    """By day."""
    wanted = {record.day: {"on": record.day, "name_ja": record.name} for record in records}
    return compared(Holiday, wanted, key=lambda row: row.on, existing=Holiday.objects.all())
