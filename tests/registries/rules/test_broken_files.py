"""Whatever is done to a file, its parser answers with a result that names the file; it never raises through."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from registries.rules.countries import parse_countries
from registries.rules.crossref import parse_crossref
from registries.rules.exchange_files import parse_ecb, parse_fred
from registries.rules.holidays import parse_holidays
from registries.rules.partner_awards.nsf_xml import parse_nsf_xml
from registries.rules.pubmed import parse_pubmed
from registries.rules.results import ParseResult
from registries.rules.ror import parse_ror
from tests.builders.registry_files import extract

Parser = Callable[..., ParseResult[Any]]
FILES: list[tuple[Parser, str]] = [
    (parse_ror, "institutions/ror_v2_odd.json"),
    (parse_countries, "countries/i18n_iso_codes.json"),
    (parse_countries, "countries/i18n_iso_en.json"),
    (parse_countries, "countries/cldr_territories_ja.json"),
    (parse_ecb, "rates/ecb_eurofxref.csv"),
    (parse_fred, "rates/fred_yearly.csv"),
    (parse_holidays, "calendar/syukujitsu.csv"),
    (parse_nsf_xml, "awards/nsf/1500186.xml"),
    (parse_crossref, "publications/crossref_works.json"),
    (parse_pubmed, "publications/pubmed.xml"),
]
PARSERS = list(dict.fromkeys(parser for parser, _ in FILES))
TRIALS = 12


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` cut short, with a piece missing, or with some bytes changed."""
    start = chance.randrange(len(data))
    kind = chance.randrange(3)
    if kind == 0:
        return data[:start]
    if kind == 1:
        return data[:start] + data[start + chance.randrange(1, 200) :]
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 20)):
        changed[chance.randrange(len(changed))] = chance.choice(b'\x00\xff{}[]<>&",:0a\n')
    return bytes(changed)


@pytest.mark.parametrize(("parser", "path"), FILES)
def test_damaged_file_gives_a_result_that_names_it(parser: Parser, path: str):
    data, chance = extract(path), random.Random(path)
    for _ in range(TRIALS):
        result = parser(damaged(data, chance), file_name=path)
        assert {problem.file_name for problem in result.problems} <= {path}
        assert 0 <= result.refused <= result.read


MISTAKEN = [(parser, path) for parser in PARSERS for right, path in FILES if right is not parser]


@pytest.mark.parametrize(("parser", "path"), MISTAKEN)
def test_file_of_another_kind_gives_no_records(parser: Parser, path: str):
    assert parser(extract(path), file_name=path).records == ()


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"null", b"{}", b"[]", b"<", b"\xff\xfe\x00", b"[1e999999]", b"[" + b"9" * 5000 + b"]"],
)
def test_next_to_nothing_gives_no_records(parser: Parser, data: bytes):
    assert parser(data, file_name="x").records == ()
