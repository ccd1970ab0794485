"""What is wrong with a line of a file of papers, and that nothing breaks the reader."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registries.rules.paper_lines import openalex_problems, row_problems, table_problems


def told(problems: Any) -> list[tuple[int | None, str, str]]:
    return [(problem.line or problem.record, problem.code, problem.key) for problem in problems]


def test_each_line_of_openalex_that_cannot_be_used_is_told_by_its_number() -> None:
    lines = [
        json.dumps({"id": "W1", "publication_year": 2024}),
        "",
        json.dumps({"publication_year": 2024}),
        json.dumps({"id": "W2"}),
        json.dumps({"id": "W3", "publication_year": 99}),
        json.dumps({"id": "W4", "publication_year": "soon"}),
        "[1]",
        '{"id": "W5", "publi',
        json.dumps({"doi": "10.1/x", "publication_year": "2024"}),
    ]
    assert told(openalex_problems([line.encode() for line in lines], file_name="w")) == [
        (3, "field_missing", ""),
        (4, "work_without_date", "W2"),
        (5, "year_invalid", "W3"),
        (6, "year_invalid", "W4"),
        (7, "field_wrong_type", ""),
        (8, "json_invalid", ""),
    ]


def test_each_line_of_a_table_that_cannot_be_used_is_told_by_its_number() -> None:
    lines = [
        "key,doi,year,title\n",
        "P1,,2024,A\n",
        ",,2024,B\n",
        "P3,,,C\n",
        "P4,,20x4,D\n",
        "P5,2024\n",
        '"P6\n',
        'x",,2024,E\n',
    ]
    assert told(table_problems(lines, file_name="t")) == [
        (3, "field_missing", ""),
        (4, "work_without_date", "P3"),
        (5, "year_invalid", "P4"),
        (6, "cells_wrong_number", ""),
    ]
    assert told(table_problems(["a,b\n"], file_name="t")) == [(1, "header_unknown", "")]


def test_rows_in_columns_are_told_by_their_number() -> None:
    rows = [(1, "", 2024), (2, "P", None), (3, "P", "99999")]
    assert [code for _at, code, _key in told(row_problems(rows, file_name="p"))] == [
        "field_missing",
        "work_without_date",
        "year_invalid",
    ]


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_break_the_reading_of_works(lines: list[bytes]) -> None:
    list(openalex_problems(lines, file_name="w"))


@given(st.lists(st.text(max_size=40), max_size=8))
def test_no_text_breaks_the_reading_of_a_table(lines: list[str]) -> None:
    list(table_problems(["key,doi,year\n", *lines], file_name="t"))


@pytest.mark.parametrize("year", [True, 2024.5, [], {}, "２０２４", "1e3", -1, 10**30])
def test_what_is_no_year_is_told(year: object) -> None:
    line = json.dumps({"id": "W", "publication_year": year}).encode()
    [problem] = openalex_problems([line], file_name="w")
    assert problem.code in {"year_invalid", "work_without_date"}
