"""XLSX in: an ordinary workbook is read, a hostile one is refused before it costs anything."""

import io
import resource
import subprocess
import sys
import textwrap
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from PIL import Image

from kernel.documents.columns import Column
from kernel.documents.errors import DocumentError
from kernel.documents.sheets import Workbook
from kernel.documents.workbooks import Limits, read_xlsx

MEGABYTE = 1024 * 1024
DEFAULT = Limits()


def ordinary() -> bytes:
    book = Workbook(created=datetime(2027, 3, 15, tzinfo=UTC), language="ja")
    book.add_sheet("一覧", [Column("題目")], [["量子"]])
    return book.to_bytes()


def with_entry(name: str, content: bytes) -> bytes:
    """An ordinary workbook in which one entry is put in, or in another's place."""
    source = zipfile.ZipFile(io.BytesIO(ordinary()))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in source.namelist():
            if entry != name:
                archive.writestr(entry, source.read(entry))
        archive.writestr(name, content)
    return target.getvalue()


def sheet_xml(rows: str, *, prolog: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{prolog}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_sheet(rows: str, *, prolog: str = "") -> bytes:
    return with_entry("xl/worksheets/sheet1.xml", sheet_xml(rows, prolog=prolog))


def refusal(content: bytes, limits: Limits = DEFAULT) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read_xlsx(content, limits=limits)
    return caught.value


def test_values_come_with_their_types() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    values = [
        "0012",
        12,
        1.5,
        12.0,
        True,
        date(2027, 3, 31),
        datetime(2027, 3, 31, 9, 30),  # noqa: DTZ001 (a cell has no zone)
        None,
        time(9, 30),
        timedelta(hours=30),
    ]
    sheet.append(values)
    content = io.BytesIO()
    book.save(content)
    row = read_xlsx(content.getvalue())[0].rows[0]
    assert row == ["0012", 12, Decimal("1.5"), 12, True, *values[5:]]
    assert [type(value) for value in row] == [
        str, int, Decimal, int, bool, date, datetime, type(None), time, timedelta,
    ]  # fmt: skip


def test_rows_are_as_long_as_the_widest_and_empty_ones_keep_their_place() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="4"><c r="C4"><v>2</v></c></row><row r="9"/>'
    assert read_xlsx(with_sheet(rows))[0].rows == [[1, None, None], [None] * 3, [None] * 3, [None, None, 2]]


def test_error_values_are_text() -> None:
    assert read_xlsx(with_sheet('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'))[0].rows == [["#REF!"]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"PK\x03\x04 but no more",
        ordinary()[:-40],
        with_entry("xl/workbook.xml", b"<workbook"),
        with_entry("xl/workbook.xml", b""),
        with_entry("[Content_Types].xml", b"<Types/>"),
        with_sheet('<row r="x"><c r="A1"><v>1</v></c></row>'),
        with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'),
        with_sheet('<row r="1"><c r="A1"><v>one</v></c></row>'),
    ],
)
def test_damaged_file_is_refused_as_damaged(content: bytes) -> None:
    assert refusal(content).code == "xlsx_damaged"


def test_archive_without_a_workbook_is_damaged() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refusal(content.getvalue()).code == "xlsx_damaged"


def test_password_and_old_format_are_told_apart() -> None:
    signature = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    assert refusal(signature + "EncryptedPackage".encode("utf-16-le")).code == "xlsx_encrypted"
    assert refusal(signature + "Workbook".encode("utf-16-le")).code == "xlsx_old_format"


def test_entity_expansion_is_refused() -> None:
    prolog = (
        '<!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + "]>"
    )
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    assert refusal(with_sheet(rows, prolog=prolog)).code == "xlsx_damaged"


def test_bomb_is_refused_within_two_seconds_of_processor_and_little_memory(tmp_path: Path) -> None:
    """1 MB that holds 1 GB, as one part and as many. In a process of its own, which the system stops at the bounds."""
    for name, parts in {"one.xlsx": 1, "many.xlsx": 64}.items():
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in range(parts):
                with archive.open(f"xl/worksheets/sheet{part + 1}.xml", "w", force_zip64=True) as entry:
                    for _ in range(1024 // parts):
                        entry.write(bytes(MEGABYTE))
        assert (tmp_path / name).stat().st_size < 1.2 * MEGABYTE
    program = """
        import pathlib, resource, sys
        from kernel.documents.errors import DocumentError
        from kernel.documents.workbooks import read_xlsx
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 2
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))
        for path in sys.argv[1:]:
            try:
                read_xlsx(pathlib.Path(path).read_bytes())
            except DocumentError as error:
                print(error.code, error.params["size"])
    """
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            textwrap.dedent(program),
            str(tmp_path / "one.xlsx"),
            str(tmp_path / "many.xlsx"),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.split("\n") == [f"xlsx_too_large {1024 * MEGABYTE}"] * 2 + [""]


def test_part_that_is_all_too_compressible_is_refused() -> None:
    error = refusal(with_sheet(" " * (6 * MEGABYTE)))
    assert (error.code, error.params["entry"]) == ("xlsx_too_compressed", "xl/worksheets/sheet1.xml")


def test_highly_compressible_picture_is_no_bomb() -> None:
    picture, content = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (3000, 2000), "white").save(picture, "BMP")
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "予算")
    sheet.insert_image(1, 0, "white.bmp", {"image_data": picture})
    book.close()
    (media,) = (
        entry for entry in zipfile.ZipFile(content).infolist() if entry.filename.startswith("xl/media/")
    )
    assert media.file_size > 500 * media.compress_size
    assert read_xlsx(content.getvalue())[0].rows == [["予算"]]


def test_archive_with_too_many_entries_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(11):
            archive.writestr(f"{number}.xml", "")
    assert refusal(content.getvalue(), Limits(entries=10)).params == {"limit": 10}


def test_rows_are_counted_over_all_sheets() -> None:
    book = Workbook(created=datetime(2027, 3, 15, tzinfo=UTC), language="ja")
    for name in ("一", "二"):
        book.add_sheet(name, [Column("a")], [["x"], ["y"]])
    content = book.to_bytes()
    assert refusal(content, Limits(rows=5)).code == "xlsx_too_many_rows"
    assert sum(len(sheet.rows) for sheet in read_xlsx(content, limits=Limits(rows=6))) == 6


def test_a_cell_in_the_last_row_and_column_costs_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
    assert read_xlsx(with_sheet(far))[0].rows == [[1]]
    assert (
        refusal(with_sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')).code
        == "xlsx_too_many_rows"
    )
    assert refusal(with_sheet('<row r="999999999999"><c><v>1</v></c></row>')).code == "xlsx_damaged"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_xlsx(with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"/>'))[0].rows == [[1]]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB
