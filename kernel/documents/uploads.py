"""A table that somebody has uploaded, CSV or XLSX alike: cells, each row with the number that a spreadsheet gives it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from kernel.documents.errors import DocumentError
from kernel.documents.tables import read_csv
from kernel.documents.workbooks import Limits, read_xlsx

TABLE_ENDINGS: Final = (".csv", ".xlsx")
# How the encoding of a table is called; the names are the same in every language. A workbook has none.
ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp932": "Shift JIS (CP932)",
    "": "Excel",
}


@dataclass(frozen=True)
class UploadedTable:
    """`encoding` is blank for a workbook. Cells are text, or a number, date or truth value as a workbook has them."""

    encoding: str
    header: list[str]
    rows: list[tuple[int, list[Any]]]


def read_table(content: bytes, *, max_rows: int, max_columns: int = 100) -> UploadedTable:
    """The first table of a CSV or XLSX file, told apart by its content; rows without any content are left out.

    Raises:
        DocumentError: what `read_csv` and `read_xlsx` raise.
    """
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        table = read_csv(content, max_rows=max_rows)
        return UploadedTable(
            table.encoding, table.header, list(_filled(zip(table.numbers, table.rows, strict=True)))
        )
    sheets = read_xlsx(content, limits=Limits(rows=3 * max_rows, columns=max_columns))
    rows = list(_filled(enumerate(sheets[0].rows if sheets else [], start=1)))
    if not rows:
        raise DocumentError("csv_empty")
    if len(rows) > max_rows + 1:
        raise DocumentError("csv_too_many_rows", {"limit": max_rows})
    return UploadedTable("", [as_text(cell) for cell in rows[0][1]], rows[1:])


def as_text(cell: object) -> str:
    """A cell as it would have been typed."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _filled(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[tuple[int, list[Any]]]:
    return ((number, list(cells)) for number, cells in rows if any(as_text(cell).strip() for cell in cells))
