"""XLSX in: read what somebody uploaded, without trusting it.

A workbook is a ZIP archive, and a megabyte of ZIP can hold a gigabyte. What an archive claims to hold is looked at before
anything is unpacked; Python's zipfile never unpacks more of an entry than the archive claims, so the claim is enough.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeAlias

from defusedxml import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.styles.numbers import is_datetime
from openpyxl.utils.exceptions import InvalidFileException

from kernel.archives import UNREADABLE_ARCHIVE
from kernel.documents.errors import DocumentError

Value: TypeAlias = str | int | Decimal | bool | date | datetime | time | timedelta | None

LAST_ROW: Final = 1_048_576
"""The last row that a sheet can have, by the format."""

_MEGABYTE: Final = 1024 * 1024
_OLE_SIGNATURE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True)
class Limits:
    """How much an upload may hold. The defaults fit the largest honest workbook of an office and 256 MB of memory."""

    unpacked: int = 256 * _MEGABYTE
    """bytes of all entries together, pictures included"""
    part: int = 32 * _MEGABYTE
    """bytes of one XML part, which is what gets parsed"""
    ratio: int = 250
    """unpacked by packed, for an XML part over `small_part`; honest sheets stay under 50. Pictures are never unpacked
    here, so one highly compressible picture does no harm"""
    small_part: int = 4 * _MEGABYTE
    entries: int = 5_000
    rows: int = 100_000
    """rows with content, of all sheets together"""
    columns: int = 500
    """cells to the right of this are not read"""


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read. `rows[0]` is its first row; None is an empty cell; empty rows at the end are left out."""

    name: str
    rows: list[list[Value]]


DEFAULT_LIMITS: Final = Limits()


def read_xlsx(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> list[Sheet]:
    """The visible values of each sheet: text, int, Decimal, bool, date, datetime without a zone.

    Text is never turned into anything: "0012" stays text, and a number 12 stays a number, so that the caller can tell
    them apart. A formula is its stored result. Rows are filled with None to the sheet's widest row.

    Raises `DocumentError`:
    - `xlsx_damaged`: no ZIP archive, or no workbook in it
    - `xlsx_encrypted`: opens with a password only
    - `xlsx_old_format`: an .xls file
    - `xlsx_too_large` {limit_mb, size (bytes)}, `xlsx_too_compressed` {entry, ratio, limit}, `xlsx_too_many_entries` {limit}
    - `xlsx_too_many_rows` {limit}
    """
    inspect_xlsx(content, limits=limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = list(_sheets(book, limits))
        finally:
            book.close()
    except DefusedXmlException as error:
        raise DocumentError("xlsx_damaged", {"reason": "document type declaration"}) from error
    # SyntaxError is what both XML parsers that openpyxl may use derive their complaints from.
    except (InvalidFileException, SyntaxError) as error:
        raise DocumentError("xlsx_damaged", {"reason": str(error)}) from error
    except (*UNREADABLE_ARCHIVE, KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        # openpyxl does not name its complaints: a missing part is a KeyError, a wrong attribute a ValueError, and so on.
        raise DocumentError("xlsx_damaged", {"reason": type(error).__name__}) from error
    if not sheets:  # which no program writes
        raise DocumentError("xlsx_damaged", {"reason": "no sheet"})
    return sheets


def inspect_xlsx(content: bytes, *, limits: Limits = DEFAULT_LIMITS) -> None:
    """Raise what `read_xlsx` would raise of an archive, having unpacked none of it: what an upload is checked with."""
    if content.startswith(_OLE_SIGNATURE):
        raise DocumentError("xlsx_encrypted" if _ENCRYPTED_STREAM in content else "xlsx_old_format")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except UNREADABLE_ARCHIVE as error:
        raise DocumentError("xlsx_damaged", {"reason": str(error)}) from error
    if len(entries) > limits.entries:
        raise DocumentError("xlsx_too_many_entries", {"limit": limits.entries})
    size = sum(entry.file_size for entry in entries)
    if size > limits.unpacked:
        raise _too_large(limits.unpacked, size)
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise DocumentError("xlsx_encrypted")
        if entry.filename.startswith("xl/media/"):
            continue
        if entry.file_size > limits.part:
            raise _too_large(limits.part, entry.file_size)
        ratio = entry.file_size // max(entry.compress_size, 1)
        if entry.file_size > limits.small_part and ratio > limits.ratio:
            raise DocumentError(
                "xlsx_too_compressed", {"entry": entry.filename, "ratio": ratio, "limit": limits.ratio}
            )


def _too_large(limit: int, size: int) -> DocumentError:
    return DocumentError("xlsx_too_large", {"limit_mb": limit // _MEGABYTE, "size": size})


def _sheets(book: Any, limits: Limits) -> Iterator[Sheet]:
    left = limits.rows
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what a file says of its extent is not to be believed
        rows: list[list[Value]] = []
        blank = 0
        previous: object = None
        for position, cells in enumerate(sheet.iter_rows(max_col=limits.columns), start=1):
            if position > LAST_ROW:
                raise DocumentError("xlsx_damaged", {"reason": "row number"})
            if cells is previous:  # one and the same object stands for every row that the file leaves out
                blank += 1
                continue
            previous = cells
            row = [_value(cell) for cell in cells]
            while row and row[-1] is None:
                row.pop()
            if not row:
                blank += 1
                continue
            left -= blank + 1
            if left < 0:
                raise DocumentError("xlsx_too_many_rows", {"limit": limits.rows})
            rows.extend([] for _ in range(blank))
            blank = 0
            rows.append(row)
        width = max(map(len, rows), default=0)
        yield Sheet(sheet.title, [row + [None] * (width - len(row)) for row in rows])


def _value(cell: Any) -> Value:
    value = cell.value
    match value:
        case str():
            return _ESCAPE.sub(_unescaped, value) or None
        case float():
            # A spreadsheet knows no integers; repr gives back the digits that were typed.
            return int(value) if value.is_integer() else Decimal(repr(value))
        case datetime() if value.time() == time() and is_datetime(cell.number_format) == "date":
            return value.date()
        case bool() | int() | date() | time() | timedelta() | None:
            return value
    return str(value)


def _unescaped(match: re.Match[str]) -> str:
    """OOXML writes what XML cannot hold as _xHHHH_; half of a surrogate pair is no character and is left as it is."""
    point = int(match[1], 16)
    return match[0] if 0xD800 <= point <= 0xDFFF else chr(point)
