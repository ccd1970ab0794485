"""Files of papers turned into columns."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.columnar import AFFILIATIONS, TABLE, Taken, UnreadableFile, columnar
from registries.enums import PaperFormat
from registries.rules.paper_words import words_of, words_sql

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1234/ABC",
    "title": "Quantum-dots: a review",
    "publication_year": 2021,
    "type": "review",
    "is_retracted": False,
    "primary_location": {"source": {"display_name": "Journal of Examples"}},
    "authorships": [
        {"countries": ["JP"], "institutions": []},
        {"countries": [], "institutions": [{"country_code": "US"}, {"country_code": "JP"}]},
        {"countries": None, "institutions": None},
    ],
    "topics": [{"id": "https://openalex.org/T10020", "display_name": "Dots; small", "field": None}],
    "citation_normalized_percentile": {"is_in_top_10_percent": True},
    "something_else": {"of": ["another", "release"]},
}


def taken(tmp_path: Path, content: str, kind: PaperFormat) -> tuple[Taken, list[dict[str, Any]]]:
    source, target = tmp_path / "source", tmp_path / "target.parquet"
    source.write_text(content)
    with columnar() as engine:
        result = engine.take(source, kind, target)
        engine.open_papers(target)
        names = (
            "key",
            "doi",
            "year",
            "kind",
            "authors",
            "countries",
            "subject_keys",
            "is_retracted",
            "is_top10",
        )
        rows = engine.rows(f"SELECT {', '.join(names)} FROM papers ORDER BY key")
    return result, [dict(zip(names, row, strict=True)) for row in rows]


def lines(*works: dict[str, Any]) -> str:
    return "\n".join(json.dumps(WORK | work, ensure_ascii=False) for work in works)


@given(st.text(st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn", "Co"]), max_size=40))
def test_words_are_the_same_in_the_engine(title: str) -> None:
    if "\0" in title:
        return
    with columnar() as engine:
        sql = f"SELECT {words_sql('t')} FROM (SELECT CAST(? AS VARCHAR) AS t)"
        assert engine.rows(sql, [title])[0][0] == words_of(title)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Quantum-Dots: ＡＩ (a_b)", " quantum dots ai a b "),
        ("量子（計算）の髙度化", " 量子 計算 の髙度化 "),
        ("か\u3099", " が "),
        ("", "  "),
    ],
)
def test_words_of_a_title(title: str, words: str) -> None:
    assert words_of(title) == words


def test_a_work_of_openalex_becomes_a_row(tmp_path: Path) -> None:
    result, rows = taken(tmp_path, lines({}), PaperFormat.OPENALEX)
    assert result == Taken(read=1, kept=1, refused=0, repeated=0, first_year=2021, last_year=2021)
    assert rows == [
        {
            "key": "10.1234/abc",
            "doi": "10.1234/abc",
            "year": 2021,
            "kind": "review",
            "authors": "JP;JP US;",
            "countries": " JP US ",
            "subject_keys": ";dots, small;t10020;",
            "is_retracted": 0,
            "is_top10": 1,
        }
    ]


def test_a_doi_counts_once_and_a_retraction_holds(tmp_path: Path) -> None:
    content = lines({}, {"doi": "doi:10.1234/abc", "is_retracted": True}, {"doi": None, "id": "W2"})
    result, rows = taken(tmp_path, content, PaperFormat.OPENALEX)
    assert result == Taken(read=3, kept=2, refused=0, repeated=1, first_year=2021, last_year=2021)
    assert [(row["key"], row["is_retracted"]) for row in rows] == [("10.1234/abc", 1), ("W2", 0)]


def test_records_without_a_year_or_a_key_are_left_out_and_counted(tmp_path: Path) -> None:
    content = lines({}, {"publication_year": None, "doi": "10.1/x"}, {"doi": "", "id": ""})
    assert taken(tmp_path, content, PaperFormat.OPENALEX)[0] == Taken(
        read=3, kept=1, refused=2, repeated=0, first_year=2021, last_year=2021
    )


def test_what_a_source_does_not_say_stays_unknown(tmp_path: Path) -> None:
    row = taken(
        tmp_path, lines({"citation_normalized_percentile": None, "authorships": None}), PaperFormat.OPENALEX
    )[1][0]
    assert (row["is_top10"], row["countries"]) == (None, "  ")


def test_the_portals_own_table(tmp_path: Path) -> None:
    content = (
        ",".join(TABLE) + '\nk1,,2020,article,"A, ""title""",J,s1;s2,JP us;de,0,\nk2,,20x0,article,,,,,1,1\n'
    )
    result, rows = taken(tmp_path, content, PaperFormat.CSV)
    assert result == Taken(read=2, kept=1, refused=1, repeated=0, first_year=2020, last_year=2020)
    assert (rows[0]["authors"], rows[0]["subject_keys"]) == ("JP US;DE", ";s1;s2;")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (lines({})[:200], PaperFormat.OPENALEX),
        ('{"id": 1', PaperFormat.OPENALEX),
        ("nothing of a table", PaperFormat.PARQUET),
    ],
)
def test_a_file_cut_in_the_middle_or_of_another_kind_is_refused(
    tmp_path: Path, content: str, kind: PaperFormat
) -> None:
    with pytest.raises(UnreadableFile):
        taken(tmp_path, content, kind)


def test_each_author_is_in_each_country_once(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target.parquet"
    source.write_text(lines({}))
    with columnar() as engine:
        engine.take(source, PaperFormat.OPENALEX, target)
        engine.open_papers(target)
        rows = engine.rows(f"{AFFILIATIONS.format(papers='papers')} ORDER BY author, country")
    assert rows == [("10.1234/abc", 1, "JP"), ("10.1234/abc", 2, "JP"), ("10.1234/abc", 2, "US")]
