"""XLSX out and in: text stays text, totals are live, the same input gives the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.documents.columns import LONGEST_TEXT, Column, Kind
from kernel.documents.errors import DocumentError
from kernel.documents.sheets import Choice, Workbook
from kernel.documents.typeset import Language
from kernel.documents.workbooks import read_xlsx

CREATED = datetime(2027, 3, 15, 8, 0, tzinfo=UTC)
JST = timezone(timedelta(hours=9))


def workbook(
    columns: Sequence[Column],
    rows: Sequence[Sequence[object]],
    *,
    language: Language = "ja",
    total_label: str = "合計",
    name: str = "一覧",
) -> bytes:
    book = Workbook(created=CREATED, language=language, title="一覧", author="事務局")
    book.add_sheet(name, columns, rows, total_label=total_label)
    return book.to_bytes()


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


DANGEROUS = [
    "=1+1",
    "+1",
    "-1",
    "@A1",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "{=1}",
    "http://example.org",
    "0012",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_a_formula_or_a_link(text: str) -> None:
    content = workbook([Column("題目")], [[text]])
    cell = opened(content).worksheets[0]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert read_xlsx(content)[0].rows[1] == [text]


@pytest.mark.parametrize("code", ["0012", "3-1-2", "1E5", "12345678901234567890"])
def test_codes_stay_text_and_are_formatted_as_text(code: str) -> None:
    cell = opened(workbook([Column("番号", Kind.CODE)], [[code]])).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (code, "s", "@")


def test_negative_numbers_stay_numbers() -> None:
    content = workbook([Column("増減額", Kind.YEN), Column("率", Kind.DECIMAL)], [[-5, Decimal("-0.25")]])
    assert read_xlsx(content)[0].rows[1] == [-5, Decimal("-0.25")]
    assert [cell.data_type for cell in opened(content).worksheets[0][2]] == ["n", "n"]


# What XLSX can hold: as in CSV, but an empty text and an empty cell are one and the same.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from("=+-@'\t\r\n _x005F"),
    min_size=1,
    max_size=12,
)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_five_round_trips_change_no_text(texts: list[str]) -> None:
    rows: list[list[object]] = [[text] for text in texts]
    for _ in range(5):
        rows = [list(row) for row in read_xlsx(workbook([Column("a")], rows))[0].rows[1:]]
        assert rows == [[text] for text in texts]


@given(st.lists(st.tuples(st.integers(-(10**15) + 1, 10**15 - 1), st.dates(date(1900, 3, 1))), max_size=5))
def test_numbers_and_dates_come_back_as_they_were(rows: list[tuple[int, date]]) -> None:
    content = workbook([Column("額", Kind.YEN), Column("日", Kind.DATE)], rows)
    assert read_xlsx(content)[0].rows[1:] == [list(row) for row in rows]


def test_totals_are_formulas_with_their_value_stored() -> None:
    columns = [
        Column("課題", Kind.CODE),
        Column("額", Kind.YEN, total=True),
        Column("率", Kind.DECIMAL, total=True),
    ]
    content = workbook(
        columns, [["A", 33_333_334, Decimal("0.1")], ["B", None, Decimal("0.2")], ["C", 66_666_666, None]]
    )
    last = 5
    assert [cell.value for cell in opened(content).worksheets[0][last]] == [
        "合計",
        "=SUM(B2:B4)",
        "=SUM(C2:C4)",
    ]
    assert [cell.value for cell in opened(content, values=True).worksheets[0][last]] == [
        "合計",
        100_000_000,
        0.3,
    ]


def test_no_total_without_rows() -> None:
    content = workbook([Column("額", Kind.YEN, total=True)], [])
    assert read_xlsx(content)[0].rows == [["額（円）"]]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("ja", ["額（円）", "額（百万円）", "提出（JST）", "人数（人）", "題目"]),
        ("en", ["額 (yen)", "額 (百万円)", "提出 (JST)", "人数 (人)", "題目"]),
    ],
)
def test_headings_name_the_unit(language: Language, headings: list[str]) -> None:
    columns = [
        Column("額", Kind.YEN),
        Column("額", Kind.YEN, unit="百万円"),
        Column("提出", Kind.INSTANT),
        Column("人数", Kind.INTEGER, unit="人"),
        Column("題目"),
    ]
    assert read_xlsx(workbook(columns, [], language=language))[0].rows == [headings]


def test_instants_are_shown_in_the_workbooks_zone_with_fractions_cut() -> None:
    instant = datetime(2027, 3, 15, 7, 59, 59, 999_999, tzinfo=UTC)
    content = workbook([Column("提出", Kind.INSTANT)], [[instant]])
    assert read_xlsx(content)[0].rows[1] == [datetime(2027, 3, 15, 16, 59, 59)]  # noqa: DTZ001 (a cell has no zone)


def test_sheet_is_ready_to_read_and_to_print() -> None:
    content = workbook([Column("題目"), Column("額", Kind.YEN)], [["a", 1]])
    sheet = opened(content).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.auto_filter.ref == "A1:B2"
    assert (sheet["A1"].font.name, sheet["A2"].font.name, sheet["B2"].font.name) == ("BIZ UDPGothic",) * 3
    assert sheet["B2"].number_format == "#,##0"
    assert sheet["A1"].font.bold


def test_same_input_gives_same_bytes() -> None:
    columns = [Column("題目"), Column("額", Kind.YEN, total=True), Column("提出", Kind.INSTANT)]
    rows = [["𠮷田", 1, CREATED], ["髙﨑", -2, CREATED]]
    assert workbook(columns, rows) == workbook(columns, rows)


def test_created_is_the_only_date_in_the_file() -> None:
    properties = opened(workbook([Column("a")], [["x"]])).properties
    assert (properties.created, properties.modified, properties.title, properties.creator) == (
        CREATED.replace(tzinfo=None),
        CREATED.replace(tzinfo=None),
        "一覧",
        "事務局",
    )


@pytest.mark.parametrize(
    ("wanted", "given_name"),
    [
        ("配分[令和9]", "配分 令和9"),
        ("a/b\\c:d*e?", "a b c d e"),
        ("'quoted'", "quoted"),
        ("", "Sheet"),
        ("History", "History (2)"),
        ("x" * 40, "x" * 31),
    ],
)
def test_sheet_names_are_made_fit_for_excel(wanted: str, given_name: str) -> None:
    assert read_xlsx(workbook([Column("a")], [], name=wanted))[0].name == given_name


def test_sheets_of_one_name_are_numbered() -> None:
    book = Workbook(created=CREATED, language="en")
    names = [
        book.add_sheet(name, [Column("a")], []) for name in ("Awards", "awards", "AWARDS", "y" * 31, "y" * 31)
    ]
    assert names == ["Awards", "awards (2)", "AWARDS (3)", "y" * 31, "y" * 27 + " (2)"]
    assert [sheet.name for sheet in read_xlsx(book.to_bytes())] == names


@pytest.mark.parametrize("text", ["x" * (LONGEST_TEXT + 1), "𠮷" * (LONGEST_TEXT // 2 + 1)])
def test_text_beyond_a_cell_is_refused_and_never_cut(text: str) -> None:
    with pytest.raises(DocumentError) as caught:
        workbook([Column("番号", Kind.CODE), Column("計画")], [["1", "short"], ["2", text]])
    assert caught.value.code == "xlsx_text_too_long"
    assert caught.value.params == {
        "sheet": "一覧",
        "row": 3,
        "column": "計画",
        "length": len(text),
        "limit": LONGEST_TEXT,
    }


def test_longest_text_is_kept_whole() -> None:
    text = "𠮷" * (LONGEST_TEXT // 2)
    assert read_xlsx(workbook([Column("計画")], [[text]]))[0].rows[1] == [text]


def test_integer_beyond_the_precision_of_a_cell_is_refused() -> None:
    with pytest.raises(DocumentError) as caught:
        workbook([Column("額", Kind.YEN)], [[10**15]])
    assert caught.value.code == "xlsx_number_too_large"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.YEN, "1,000"),
        (Kind.YEN, 1.5),
        (Kind.INTEGER, True),
        (Kind.DATE, CREATED),
        (Kind.INSTANT, date(2027, 3, 15)),
        (Kind.INSTANT, CREATED.replace(tzinfo=None)),
    ],
)
def test_value_of_another_kind_is_a_fault_of_the_program(kind: Kind, value: object) -> None:
    with pytest.raises(TypeError):
        workbook([Column("a", kind)], [[value]])


def test_cell_is_chosen_from_a_list_however_long_and_with_commas() -> None:
    words = tuple(
        f"選択肢{number}, その説明を添えたもの" for number in range(60)
    )  # far beyond 255 characters
    book = Workbook(created=CREATED, language="ja")
    columns = [Column("問"), Column("答", Kind.CODE)]
    choices = {
        (0, 1): Choice(words, "一覧から選んでください。"),
        (1, 1): Choice(words),
        (2, 1): Choice(("1", "2")),
    }
    for name in ("一", "Lists"):
        book.add_sheet(name, columns, [["a", None], ["b", None], ["c", "2"], ["d", ""]], choices=choices)
    whole = opened(book.to_bytes())
    assert [(sheet.title, sheet.sheet_state) for sheet in whole] == [
        ("一", "visible"),
        ("Lists (2)", "visible"),
        ("Lists", "hidden"),
    ]
    lists = whole["Lists"]
    assert [[cell.value for cell in column[1:]] for column in lists.columns] == [
        list(words),
        ["1", "2", *[None] * 58],
    ]
    rules = {str(rule.sqref): rule for rule in whole["一"].data_validations.dataValidation}
    assert {at: rule.formula1 for at, rule in rules.items()} == {
        "B2": "'Lists'!$A$2:$A$61",
        "B3": "'Lists'!$A$2:$A$61",
        "B4": "'Lists'!$B$2:$B$3",
    }
    assert (rules["B2"].type, rules["B2"].error) == ("list", "一覧から選んでください。")


def test_picture_has_a_description() -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
        "dccc59e70000000049454e44ae426082"
    )
    book = Workbook(created=CREATED, language="ja")
    book.add_picture("図", png, caption="年度別予算", description="上限を超えた年度はない。")
    content = book.to_bytes()
    drawing = zipfile.ZipFile(io.BytesIO(content)).read("xl/drawings/drawing1.xml").decode()
    assert 'descr="上限を超えた年度はない。"' in drawing
    assert opened(content).worksheets[0]["A1"].value == "年度別予算"
