"""CSV: nothing in it runs, nothing in it changes on the way out and in again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.documents.errors import DocumentError
from kernel.documents.tables import (
    ROWS_IN_CHUNK,
    neutralise,
    read_csv,
    require_encodable,
    restore,
    stream_csv,
)

# What a text field of the portal can hold: no NUL (refused as a field error), no half of a surrogate pair.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
DANGEROUS = st.text(st.sampled_from("'=+-@＝＋－＠\t\r\n 　\"x,1"), max_size=8)
CELLS = TEXTS | DANGEROUS
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.tuples(
        st.lists(CELLS.filter(bool), min_size=width, max_size=width),
        st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=5),
    )
)


def written(columns: list[str], rows: list[list[object]], **options: str) -> bytes:
    return b"".join(stream_csv(columns, rows, **options))


def refusal(content: bytes, **options: int) -> tuple[str, dict[str, object]]:
    with pytest.raises(DocumentError) as caught:
        read_csv(content, **options)
    return caught.value.code, caught.value.params


@given(CELLS)
def test_restoring_gives_back_what_was_neutralised(text: str) -> None:
    assert restore(neutralise(text)) == text


@given(CELLS)
def test_neutralised_text_begins_no_formula(text: str) -> None:
    assert neutralise(text).lstrip()[:1] not in set("=+-@＝＋－＠")
    assert neutralise(text)[:1] not in set("\t\r\n")


@given(TABLES)
def test_five_round_trips_change_no_cell_and_no_byte(table: tuple[list[str], list[list[str]]]) -> None:
    columns, rows = table
    first = written(columns, rows)
    content = first
    for _ in range(5):
        read = read_csv(content)
        assert (read.encoding, read.header, read.rows) == ("utf-8-sig", columns, rows)
        content = written(read.header, read.rows)
    assert content == first


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@A1", "'@A1"),
        ("\t=1", "'\t=1"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("＝1＋1", "'＝1＋1"),
        ("'=1", "''=1"),
        ("'90s", "'90s"),
        ("'", "'"),
        ("a=1", "a=1"),
        ("0012", "0012"),
    ],
)
def test_text_is_neutralised_only_where_a_spreadsheet_would_run_it(text: str, cell: str) -> None:
    assert neutralise(text) == cell


def test_apostrophes_of_a_foreign_file_are_left_alone() -> None:
    assert read_csv(b"name\r\n'90s\r\n''quoted''\r\n").rows == [["'90s"], ["''quoted''"]]


def test_values_are_written_by_their_type() -> None:
    values = [
        -5,
        Decimal("1E+3"),
        Decimal("-0.50"),
        True,
        None,
        date(2027, 3, 31),
        datetime(2027, 3, 15, 8, 0, 59, 999_999, tzinfo=UTC),
    ]
    content = written(["a", "b", "c", "d", "e", "f", "g"], [values])
    assert (
        content
        == b"\xef\xbb\xbfa,b,c,d,e,f,g\r\n-5,1000,-0.50,true,,2027-03-31,2027-03-15T17:00:59+09:00\r\n"
    )


def test_codes_stay_as_they_are() -> None:
    codes = [["0012", "3-1-2", "1E5"]]
    assert read_csv(written(["a", "b", "c"], codes)).rows == codes


def test_the_header_comes_before_the_first_row_is_asked_for() -> None:
    def rows() -> Iterator[list[str]]:
        raise AssertionError("a row was asked for")
        yield []

    assert next(stream_csv(["番号", "=x"], rows())) == b"\xef\xbb\xbf" + "番号,'=x\r\n".encode()


def test_rows_are_sent_in_chunks_while_they_come() -> None:
    asked = 0

    def rows() -> Iterator[list[int]]:
        nonlocal asked
        for number in range(3 * ROWS_IN_CHUNK):
            asked += 1
            yield [number]

    stream = stream_csv(["n"], rows())
    progress = []
    for _chunk in stream:
        progress.append(asked)
    assert progress == [0, ROWS_IN_CHUNK, 2 * ROWS_IN_CHUNK, 3 * ROWS_IN_CHUNK]


def test_cp932_writes_what_it_can() -> None:
    assert written(["氏名"], [["髙﨑"]], encoding="cp932") == bytes.fromhex("8e81 96bc 0d0a eee0 ed95 0d0a")


def test_cp932_brings_six_signs_back_as_their_full_width_twins() -> None:
    content = written(["a"], [["4月〜9月 − ‖ ¢ £ ¬"]], encoding="cp932")
    assert read_csv(content).rows == [["4月～9月 － ∥ ￠ ￡ ￢"]]


def test_cp932_names_row_column_and_character_that_it_lacks() -> None:
    rows = [["1", "山田"]] * ROWS_IN_CHUNK + [["2", "𠮷田"]]
    with pytest.raises(DocumentError) as caught:
        require_encodable(["番号", "氏名"], rows, encoding="cp932")
    assert caught.value.code == "csv_not_encodable"
    assert caught.value.params == {
        "row": ROWS_IN_CHUNK + 2,
        "column": "氏名",
        "character": "𠮷",
        "codepoint": "U+20BB7",
        "encoding": "cp932",
    }


@pytest.mark.parametrize("character", ["\x80", "\xa0", "\uf8f1", "é", "👍"])
def test_cp932_refuses_what_python_alone_would_let_pass(character: str) -> None:
    with pytest.raises(DocumentError) as caught:
        written(["a"], [[f"x{character}"]], encoding="cp932")
    assert (caught.value.code, caught.value.params["character"]) == ("csv_not_encodable", character)


def test_utf8_needs_no_look_before_streaming() -> None:
    def rows() -> Iterator[list[str]]:
        raise AssertionError("a row was asked for")
        yield []

    require_encodable(["a"], rows(), encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("氏名\r\n髙﨑\r\n".encode("utf-8-sig"), "utf-8-sig"),
        ("氏名\r\n髙﨑\r\n".encode(), "utf-8"),
        ("氏名\r\n髙﨑\r\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "氏名\r\n髙﨑\r\n".encode("utf-16-be"), "utf-16"),
        ("氏名\r\n髙﨑\r\n".encode("cp932"), "cp932"),
    ],
)
def test_encodings_are_told_apart_and_said(content: bytes, encoding: str) -> None:
    table = read_csv(content)
    assert (table.encoding, table.header, table.rows) == (encoding, ["氏名"], [["髙﨑"]])


def test_both_places_of_a_letter_in_cp932_are_read_alike() -> None:
    content = b"a,b,c,d\r\n\xfb\xfc,\xee\xe0,\xed\x95,\xfa\xb1\r\n"
    assert read_csv(content).rows == [["髙", "髙", "﨑", "﨑"]]


def test_unicode_text_of_excel_is_separated_by_tabs() -> None:
    content = "番号\t題目\r\n0012\tA, B\r\n".encode("utf-16")
    assert read_csv(content).rows == [["0012", "A, B"]]


def test_short_rows_are_filled_and_blank_lines_skipped() -> None:
    assert read_csv(b"a,b,c\n1\n\n1,2\n1,2,3,,\n").rows == [["1", "", ""], ["1", "2", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "code", "params"),
    [
        (b"", "csv_empty", {}),
        (b"a\r\n\xff\xff\r\n", "csv_encoding", {}),
        (b"a,b\n1,2\n3,x\0y\n", "csv_nul", {"row": 3}),
        (b"a\0\n", "csv_nul", {"row": 1}),
        (b'a\n1\n"open', "csv_malformed", {"row": 3, "reason": "unexpected end of data"}),
        (b"a,b\n1,2\n1,2,3\n", "csv_ragged", {"row": 3, "expected": 2, "found": 3}),
    ],
)
def test_unreadable_file_is_refused_with_its_row(
    content: bytes, code: str, params: dict[str, object]
) -> None:
    assert refusal(content) == (code, params)


def test_more_rows_than_allowed_are_refused() -> None:
    assert refusal(b"a\n1\n2\n3\n", max_rows=2) == ("csv_too_many_rows", {"limit": 2})
    assert read_csv(b"a\n1\n2\n", max_rows=2).rows == [["1"], ["2"]]
