"""Which papers belong to a field, and what follows from counts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.rules.coauthored import YearFigures, decimal, percent, total_of, years_of
from program.rules.field_definition import (
    FieldDefinition,
    belongs,
    condition,
    definition_violations,
    entries_of,
)
from registries.columnar import columnar
from registries.rules.paper_words import folded_text, words_of

WORDS = st.sampled_from(
    ["quantum", "Quantum-dot", "superconductivity", "量子", "計算", "100%", "a_b", "AI", "leap", "!", ";"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
TERMS = st.lists(st.one_of(TEXTS, WORDS.map(lambda word: f"{word}*")), max_size=3).map(tuple)
DEFINITIONS = st.builds(
    FieldDefinition,
    terms=TERMS,
    subjects=st.lists(TEXTS, max_size=2).map(tuple),
    journals=st.lists(TEXTS, max_size=2).map(tuple),
    exclusions=TERMS,
)


@given(DEFINITIONS, TEXTS, st.lists(TEXTS, max_size=2), TEXTS)
def test_the_sql_of_a_definition_says_what_its_rule_says(
    definition: FieldDefinition, title: str, subjects: list[str], journal: str
) -> None:
    if any(violation.code != "definition_empty" for violation in definition_violations(definition)):
        return
    plain = [subject.replace(";", ",") for subject in subjects]
    keys = ";" + ";".join(folded_text(subject).strip(" ") for subject in plain) + ";"
    sql, params = condition(definition)
    with columnar() as engine:
        engine.rows("CREATE TABLE papers (words VARCHAR, subject_keys VARCHAR, container_key VARCHAR)")
        engine.rows(
            "INSERT INTO papers VALUES (?, ?, ?)", [words_of(title), keys, folded_text(journal).strip(" ")]
        )
        found = bool(engine.rows(f"SELECT 1 FROM papers WHERE {sql}", params))
    assert found == belongs(definition, title=title, subjects=plain, journal=journal)


@pytest.mark.parametrize(
    ("term", "title", "is_met"),
    [
        ("quantum dot", "Quantum-dot lasers", True),
        ("quantum dot", "Quantum dots", False),
        ("quantum dot*", "Quantum dots", True),
        ("AI", "What he said", False),
        ("ai", "On ＡＩ", True),
        ("量子計算", "誤り耐性量子計算機の実現", True),
        ("量子 計算", "量子計算", False),
    ],
)
def test_a_term_meets_whole_words_and_japanese_anywhere(term: str, title: str, is_met: bool) -> None:
    assert belongs(FieldDefinition(terms=(term,)), title=title) is is_met


def test_an_exclusion_takes_out_what_a_subject_brought_in() -> None:
    definition = FieldDefinition(subjects=("T10020",), exclusions=("leap",))
    assert belongs(definition, title="Dots", subjects=["t10020"])
    assert not belongs(definition, title="A leap", subjects=["t10020"])


def test_lines_are_entries_once_each() -> None:
    assert entries_of(" a  b \r\n\n a b\nc") == ("a b", "c")


@pytest.mark.parametrize(
    ("definition", "codes"),
    [
        (FieldDefinition(), ["definition_empty"]),
        (FieldDefinition(terms=("?!",)), ["definition_entry_without_letters"]),
        (FieldDefinition(terms=("a" * 201,)), ["definition_entry_too_long"]),
        (FieldDefinition(terms=tuple(f"t{n}" for n in range(201))), ["definition_too_long"]),
        (FieldDefinition(journals=("Nature",)), []),
    ],
)
def test_what_is_wrong_with_a_definition(definition: FieldDefinition, codes: list[str]) -> None:
    assert [violation.code for violation in definition_violations(definition)] == codes


FIGURES = {
    "layout": 1,
    "field": {"2020": [10, 1, 5], "2021": [20, 2, 5]},
    "countries": {"JP": {"2020": [4, 0, 0]}, "US": {"2020": [6, 0, 0]}},
    "partners": {
        "US": {"2020": {"whole": 2, "top": 1, "known": 2, "home": "0.833333", "partner": "1.166667"}}
    },
}


def test_growth_and_shares_follow_from_counts_and_are_none_where_nothing_divides() -> None:
    first, second, third = years_of(FIGURES, "US", 2020, 2022, countries=["US"])
    assert (first.growth, first.share_of_field, first.share_of_home) == (None, Fraction(1, 5), Fraction(1, 2))
    assert (first.top_share, first.home_share) == (Fraction(1, 2), Fraction("0.833333"))
    assert (second.growth, second.share_of_field, second.share_of_home) == (Fraction(-1), Fraction(0), None)
    assert (third.growth, third.share_of_field, third.top_share) == (None, None, None)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6))
def test_a_period_is_the_sum_of_its_years(counts: list[int]) -> None:
    rows = [YearFigures(2000 + n, whole=count, field=2 * count) for n, count in enumerate(counts)]
    total = total_of(rows)
    assert (total.whole, total.field, total.growth) == (sum(counts), 2 * sum(counts), None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (Fraction(1, 8), "12.5"),
        (Fraction(-1, 3), "-33.3"),
        (Fraction(-1, 10_000), "0.0"),
        (Fraction(5, 10_000), "0.1"),
    ],
)
def test_percent(value: Fraction | None, text: str) -> None:
    assert percent(value) == text


def test_halves_are_rounded_up() -> None:
    assert [decimal(Fraction(n, 200), 2) for n in (1, 2, 3)] == ["0.01", "0.01", "0.02"]
