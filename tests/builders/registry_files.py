"""The real extracts that the project ships, as bytes, and what is found wrong in a file, for short assertions."""

from pathlib import Path
from typing import Any

import registries
from registries.enums import Severity
from registries.rules.affiliations import CountryFinder
from registries.rules.countries import Country, join_countries, parse_countries
from registries.rules.results import ParseResult

DATA = Path(registries.__file__).parent / "data"


def extract(path: str) -> bytes:
    return (DATA / path).read_bytes()


def errors(result: ParseResult[Any]) -> list[tuple[str, int | None, int | None]]:
    """(code, record, line) of every error, in order."""
    return [(p.code, p.record, p.line) for p in result.problems if p.severity is Severity.ERROR]


def codes(result: ParseResult[Any]) -> list[str]:
    return [problem.code for problem in result.problems]


def all_countries() -> tuple[Country, ...]:
    parts = [
        part
        for path in sorted((DATA / "countries").glob("*.json"))
        for part in parse_countries(path.read_bytes(), file_name=path.name).records
    ]
    return join_countries(parts)[0]


def country_finder() -> CountryFinder:
    return CountryFinder(
        (name, country.alpha2)
        for country in all_countries()
        for name in (country.name_ja, country.name_en, *country.other_names)
    )
