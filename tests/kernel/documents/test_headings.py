"""A table's header is the same in a CSV and in a workbook, with the unit of what is below it."""

import datetime as dt

import pytest
from django.utils import translation

from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import headings_of
from kernel.documents.typeset import Language
from kernel.documents.workbooks import read_xlsx

COLUMNS = [
    Column("A", Kind.TEXT),
    Column("B", Kind.YEN),
    Column("C", Kind.YEN, unit="EUR"),
    Column("D", Kind.INSTANT),
    Column("E", Kind.DECIMAL),
]


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("ja", ["A", "B（円）", "C（EUR）", "D（JST）", "E"]),
        ("en", ["A", "B (yen)", "C (EUR)", "D (JST)", "E"]),
    ],
)
def test_a_csv_and_a_workbook_have_one_header(language: Language, header: list[str]) -> None:
    with translation.override(language):
        assert headings_of(COLUMNS) == header
    book = Workbook(created=dt.datetime(2027, 1, 1, tzinfo=dt.UTC), title="Amounts", language=language)
    book.add_sheet("Amounts", COLUMNS, [["a", 1, 2, dt.datetime(2027, 1, 1, tzinfo=dt.UTC), 1.5]])
    [sheet] = read_xlsx(book.to_bytes())
    assert list(sheet.rows[0]) == header
