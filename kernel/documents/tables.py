"""CSV out and in, such that nothing a spreadsheet does to it is dangerous and a round trip changes nothing.

    StreamingHttpResponse(stream_csv(["number", "title"], rows), content_type="text/csv; charset=utf-8")
    table = read_csv(upload.read())          # table.encoding, table.header, table.rows

**Formulas.** A spreadsheet runs a cell that begins with = + - @ as a formula, whatever the quotes around it. So text
that begins so (after apostrophes and white space, if any; full-width signs too, which Japanese spreadsheets also take)
gets one apostrophe in front, and `read_csv` takes exactly one off text of that shape. Text of any other shape is left
alone by both, '90s among it. Each of the two undoes the other for every text there is, so round trips add nothing.
Numbers are no text: -5 is written as -5.

**Encodings.** UTF-8 with a byte-order mark, which is what Excel needs to see Japanese. CP932 on request, for older
systems; it never writes "?" for a character it lacks but refuses, naming the row. Six signs (〜 − ‖ ¢ £ ¬) are in CP932
under their full-width twins alone and come back as those; UTF-8 changes nothing at all.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.documents.columns import Column, heading_of
from kernel.documents.errors import DocumentError

OutputEncoding: TypeAlias = Literal["utf-8-sig", "utf-8", "cp932"]
InputEncoding: TypeAlias = Literal["utf-8-sig", "utf-8", "utf-16", "cp932"]

ROWS_IN_CHUNK: Final = 500
# Six times as many as a sheet of Excel has columns: commas stand in long texts, too.
MOST_CELLS: Final = 100_000

_SIGNS: Final = "=+\\-@＝＋－＠"
# Closed under "one apostrophe more" and "one apostrophe less, if there is one": hence exactly invertible.
_LOOKS_LIKE_FORMULA: Final = re.compile(rf"'*(?:\s*[{_SIGNS}]|[\t\r\n])")
# Python's codec gives a character to each of five bytes that mean nothing in CP932 (80, A0, FD, FE, FF), and takes it back.
_NOT_IN_CP932: Final = re.compile("[\x80\xa0\uf8f0-\uf8f3]")


def neutralise(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula. `restore(neutralise(text)) == text`, always."""
    return f"'{text}" if _LOOKS_LIKE_FORMULA.match(text) else text


def restore(text: str) -> str:
    """What `neutralise` was given. Text that it did not make is left alone."""
    return text[1:] if text.startswith("'") and _LOOKS_LIKE_FORMULA.match(text) else text


def _written_decimal(value: Decimal) -> str:
    return format(value, "f")


def _written_instant(value: datetime) -> str:
    """In the portal's zone with its offset, to the second (cut, as in a workbook): 2026-11-27T21:44:12+09:00."""
    local = value.astimezone(ZoneInfo(settings.TIME_ZONE)) if value.tzinfo else value
    return local.isoformat(timespec="seconds")


def instant_heading(heading: str) -> str:
    """The head of a column of instants: it names the zone in which all of them are written."""
    zone = datetime(2000, 1, 1, tzinfo=ZoneInfo(settings.TIME_ZONE)).tzname() or ""
    return _("%(heading)s (%(unit)s)") % {"heading": heading, "unit": zone}


def headings_of(columns: Sequence[Column]) -> list[str]:
    """The header of a table, in the reader's language: as a workbook of the same columns has it, with their units."""
    language = "ja" if (get_language() or "ja").startswith("ja") else "en"
    zone = ZoneInfo(settings.TIME_ZONE)
    return [heading_of(column, language=language, zone=zone) for column in columns]


# How a value of each type is written. Anything else is text: its `str()`, neutralised.
_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    str: neutralise,
    int: str,
    float: repr,
    Decimal: _written_decimal,
    bool: lambda value: "true" if value else "false",
    date: date.isoformat,
    datetime: _written_instant,
    type(None): lambda value: "",
}


def _written(value: object) -> str:
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else neutralise(str(value))


def stream_csv(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: OutputEncoding = "utf-8-sig"
) -> Iterator[bytes]:
    """The table as chunks of bytes, made as `rows` yields them: the first holds the header alone, at once.

    `rows` hold str, int, Decimal, date, datetime (with its zone), bool or None; None is an empty cell. Lines end in
    CR LF, as RFC 4180 has it. Memory is that of `ROWS_IN_CHUNK` rows.

    Raises `DocumentError`, when it gets there:
    - `csv_not_encodable` {row, column, character, codepoint, encoding}: `row` counts as a spreadsheet does, the header being 1.
      A response that has begun cannot take that back: see `require_encodable`.
    """
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    header = [neutralise(str(column)) for column in columns]
    yield (b"\xef\xbb\xbf" if encoding == "utf-8-sig" else b"") + _encoded(
        [header], columns, codec, first_row=1
    )
    chunk: list[list[str]] = []
    next_row = 2
    for row in rows:
        chunk.append([_written(value) for value in row])
        if len(chunk) == ROWS_IN_CHUNK:
            yield _encoded(chunk, columns, codec, first_row=next_row)
            next_row += len(chunk)
            chunk = []
    if chunk:
        yield _encoded(chunk, columns, codec, first_row=next_row)


def require_encodable(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, encoding: OutputEncoding
) -> None:
    """Raise what `stream_csv` would raise, before a response begins. Nothing to do, and nothing read, for UTF-8."""
    if encoding == "cp932":
        for _ in stream_csv(columns, rows, encoding=encoding):
            pass


def _encoded(rows: list[list[str]], columns: Sequence[str], codec: str, *, first_row: int) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    text = buffer.getvalue()
    try:
        if codec == "cp932" and (stray := _NOT_IN_CP932.search(text)):
            raise UnicodeEncodeError(codec, text, stray.start(), stray.end(), "no character of CP932")
        return text.encode(codec)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        for number, row in enumerate(rows, start=first_row):
            for column, cell in zip(columns, row, strict=True):
                if character in cell:
                    where: dict[str, object] = {"row": number, "column": str(column)}
                    what = {"character": character, "codepoint": f"U+{ord(character):04X}", "encoding": codec}
                    raise DocumentError("csv_not_encodable", where | what) from error
        raise


@dataclass(frozen=True)
class CsvTable:
    """A table that was read: all cells are text, each row as long as the header."""

    encoding: InputEncoding
    """How the file was written; to be said to whoever brought it."""
    header: list[str]
    rows: list[list[str]]
    numbers: list[int] = field(default_factory=list, compare=False)
    """Of each row as a spreadsheet counts, blank lines included: what a message about it names."""


def read_csv(content: bytes, *, max_rows: int = 200_000) -> CsvTable:
    """Read a CSV file of any encoding that a Japanese office produces, and say which it was.

    Told apart in this order: byte-order mark of UTF-8 or UTF-16, valid UTF-8, CP932. UTF-16 is what Excel calls
    "Unicode text" and may be separated by tabs. One apostrophe is taken off text that looks like a neutralised formula.
    Blank lines are skipped; short rows are filled with empty cells, as spreadsheets leave the last ones out.

    Raises `DocumentError`; `row` counts as a spreadsheet does, the header being 1:
    - `csv_empty`
    - `csv_encoding`: none of the four
    - `csv_nul` {row}: a NUL, which no database stores and no text needs
    - `csv_malformed` {row, reason}: quotes that do not close, or a cell beyond 131,072 characters
    - `csv_ragged` {row, expected, found}: more cells than the header has names
    - `csv_too_many_rows` {limit}
    """
    text, encoding = _decoded(content)
    if wide := first_line_too_wide(text):
        raise DocumentError("csv_malformed", {"row": wide, "reason": f"more than {MOST_CELLS} cells"})
    records = _records(text, "\t" if encoding == "utf-16" and _separated_by_tabs(text) else ",")
    header: list[str] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in records:
        if any("\0" in cell for cell in cells):
            raise DocumentError("csv_nul", {"row": number})
        if not cells:
            continue
        restored = [restore(cell) for cell in cells]
        if not header:
            header = restored
            continue
        if len(rows) == max_rows:
            raise DocumentError("csv_too_many_rows", {"limit": max_rows})
        rows.append(_as_long_as(header, restored, number))
        numbers.append(number)
    if not header:
        raise DocumentError("csv_empty")
    return CsvTable(encoding, header, rows, numbers)


def _decoded(content: bytes) -> tuple[str, InputEncoding]:
    candidates: Sequence[InputEncoding]
    if content.startswith(b"\xef\xbb\xbf"):
        candidates = ("utf-8-sig",)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        candidates = ("utf-16",)
    else:
        candidates = ("utf-8", "cp932")
    for encoding in candidates:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "cp932" or not _NOT_IN_CP932.search(text):
            return text, encoding
    raise DocumentError("csv_encoding")


def first_line_too_wide(text: str) -> int:
    """The number of the first line that has more separators than any table has columns, 0 if there is none. Each cell takes
    memory, empty or not, and a row is read as a whole."""
    for number, line in enumerate(io.StringIO(text), start=1):
        if len(line) > MOST_CELLS and max(map(line.count, ",;\t")) > MOST_CELLS:
            return number
    return 0


def _separated_by_tabs(text: str) -> bool:
    first_line = text.partition("\n")[0]
    return "\t" in first_line and "," not in first_line


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number as a spreadsheet counts: a record of several lines is one row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise DocumentError("csv_malformed", {"row": number + 1, "reason": str(error)}) from error


def _as_long_as(header: list[str], cells: list[str], number: int) -> list[str]:
    surplus = cells[len(header) :]
    if any(surplus):
        raise DocumentError("csv_ragged", {"row": number, "expected": len(header), "found": len(cells)})
    return cells[: len(header)] + [""] * (len(header) - len(cells))
