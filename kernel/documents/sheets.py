"""XLSX out: sheets with typed columns, in which text stays text, codes stay codes, and totals are live.

    book = Workbook(created=clock.now(), title="配分一覧", language="ja")
    book.add_sheet("配分", [Column("課題番号", Kind.CODE), Column("配分額", Kind.YEN, total=True)], rows, total_label="合計")
    content = book.to_bytes()

Rows are written as they come and kept in a temporary file, so that memory does not grow with them. The same input gives
the same bytes: the only date in the file is `created`. Reading is in `workbooks.read_xlsx`.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from kernel.documents.columns import (
    NUMBERS,
    WIDTHS,
    Column,
    Kind,
    checked_number,
    checked_text,
    display_width,
    heading_of,
)
from kernel.documents.errors import DocumentError
from kernel.documents.fonts import SHEET_FONT
from kernel.documents.typeset import Language

JAPAN: Final = ZoneInfo("Asia/Tokyo")

_HEADING_COLOUR: Final = "#E8F1FE"  # blue-50
_RULE_COLOUR: Final = "#00118F"  # blue-1000
_MARGIN: Final = 2  # characters of air in a column
_WIDEST_BY_HEADING: Final = 28
_JAPANESE_CHARSET: Final = 128
_PAPER_A4: Final = 9
# Stands in the first cell of the hidden sheet that holds the lists from which cells are chosen, whatever the sheet is called.
LISTS: Final = "lists of choices"


@dataclass(frozen=True)
class Choice:
    """What a cell may hold, offered as a drop-down list; `refusal` is what a spreadsheet says of anything else."""

    values: tuple[str, ...]
    refusal: str = ""


class Workbook:
    """An XLSX file in the making. Sheets are written in the order in which they are added; `to_bytes` ends it."""

    def __init__(
        self,
        *,
        created: datetime,
        language: Language,
        title: str = "",
        author: str = "",
        zone: tzinfo = JAPAN,
    ) -> None:
        self._language = language
        self._zone = zone
        self._content = io.BytesIO()
        self._names: set[str] = set()
        self._lists: dict[tuple[str, ...], int] = {}
        self._lists_name = ""
        self._formats: dict[tuple[str, int, bool], Format] = {}
        self._book = xlsxwriter.Workbook(
            self._content,
            {
                "constant_memory": True,
                "default_format_properties": {
                    "font_name": SHEET_FONT,
                    "font_charset": _JAPANESE_CHARSET,
                    "font_size": 10.5,
                    "valign": "top",
                },
            },
        )
        # OOXML wants UTC, without saying so.
        stamp = created.astimezone(ZoneInfo("UTC")).replace(microsecond=0, tzinfo=None)
        self._book.set_properties({"title": title, "author": author, "created": stamp})
        self._heading = self._book.add_format(
            {
                "bold": True,
                "bg_color": _HEADING_COLOUR,
                "bottom": 2,
                "bottom_color": _RULE_COLOUR,
                "text_wrap": True,
            }
        )
        self._label = self._book.add_format({"bold": True, "top": 1, "top_color": _RULE_COLOUR})

    def add_sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[object]],
        *,
        total_label: str = "",
        choices: Mapping[tuple[int, int], Choice] | None = None,
    ) -> str:
        """Write a sheet and answer the name it got (31 characters, unique, without the signs that Excel forbids).

        The heading row is frozen, filtered and repeated on each printed page. If a column asks for a total and there is
        a row to add up, a last row holds `total_label` and live sums whose values are stored with them. `choices` are the
        cells with a drop-down list, by row and column, both counted from 0 below the heading.

        Raises `DocumentError`: `xlsx_text_too_long` or `xlsx_number_too_large`, with {sheet, row, column}; `row` counts as
        the spreadsheet does. Raises `TypeError` for a value that is not of its column's kind.
        """
        name = self._sheet_name(name)
        sheet = self._book.add_worksheet(name)
        self._lay_out(sheet, columns)
        writers = [self._writer(sheet, column) for column in columns]
        sums: dict[int, Decimal] = {index: Decimal(0) for index, column in enumerate(columns) if column.total}
        last = 0
        for last, row in enumerate(rows, start=1):
            for index, (value, write) in enumerate(zip(row, writers, strict=True)):
                if value is None or value == "":
                    continue
                try:
                    write(last, index, value)
                except DocumentError as error:
                    where = {"sheet": name, "row": last + 1, "column": columns[index].heading}
                    raise DocumentError(error.code, error.params | where) from None
                if index in sums:
                    sums[index] += Decimal(str(value))
        if last:
            self._finish(sheet, columns, sums, last, total_label)
        for (row_index, index), choice in (choices or {}).items():
            self._offer(sheet, row_index + 1, index, choice)
        return name

    def _offer(self, sheet: Worksheet, row: int, column: int, choice: Choice) -> None:
        """A drop-down list in one cell. The lists stand in a sheet of their own, since one that is written into the cell's rule
        ends at 255 characters and is cut at each comma; equal lists stand there once."""
        self._lists_name = self._lists_name or self._sheet_name("Lists")
        place = xl_col_to_name(self._lists.setdefault(choice.values, len(self._lists)))
        sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                "validate": "list",
                "source": f"='{self._lists_name}'!${place}$2:${place}${len(choice.values) + 1}",
                "error_message": choice.refusal,
            },
        )

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(self._lists_name)
        sheet.write_string(0, 0, LISTS)
        for row in range(max(map(len, self._lists))):
            for values, column in self._lists.items():
                if row < len(values):
                    sheet.write_string(row + 1, column, checked_text(values[row]))
        sheet.hide()

    def add_picture(self, name: str, png: bytes, *, caption: str, description: str) -> str:
        """A sheet with one picture under its caption; `description` is what a screen reader says."""
        name = self._sheet_name(name)
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_paper(_PAPER_A4)
        sheet.set_landscape()
        sheet.write_string(0, 0, caption, self._book.add_format({"bold": True}))
        sheet.insert_image(2, 0, "picture.png", {"image_data": io.BytesIO(png), "description": description})
        return name

    def to_bytes(self) -> bytes:
        """Close the workbook and answer the file. Nothing can be added afterwards."""
        if self._lists:
            self._write_lists()
        self._book.close()
        return self._content.getvalue()

    def _sheet_name(self, wanted: str) -> str:
        """Excel allows 31 characters, none of []:*?/\\, no apostrophe at either end, and sees no difference of case."""
        plain = "".join(" " if sign in "[]:*?/\\" or not sign.isprintable() else sign for sign in wanted)
        plain = plain.strip().strip("'") or "Sheet"
        name, number = plain[:31].rstrip("'"), 1
        while name.casefold() in self._names or name.casefold() == "history":
            number += 1
            ending = f" ({number})"
            name = plain[: 31 - len(ending)] + ending
        self._names.add(name.casefold())
        return name

    def _lay_out(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_paper(_PAPER_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        for index, column in enumerate(columns):
            heading = heading_of(column, language=self._language, zone=self._zone)
            by_heading = min(display_width(heading) + _MARGIN, _WIDEST_BY_HEADING)
            sheet.set_column(
                index, index, column.width or max(WIDTHS[column.kind], by_heading), self._format(column)
            )
            sheet.write_string(0, index, heading, self._heading)

    def _format(self, column: Column, *, total: bool = False) -> Format:
        key = (column.kind, column.decimals, total)
        if key not in self._formats:
            looks: dict[Kind, dict[str, Any]] = {
                Kind.TEXT: {"text_wrap": True},
                Kind.CODE: {"num_format": "@"},
                Kind.INTEGER: {"num_format": "#,##0"},
                Kind.YEN: {"num_format": "#,##0"},
                Kind.DECIMAL: {
                    "num_format": "#,##0." + "0" * column.decimals if column.decimals else "#,##0"
                },
                Kind.DATE: {"num_format": "yyyy-mm-dd", "align": "left"},
                Kind.INSTANT: {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"},
            }
            border = {"bold": True, "top": 1, "top_color": _RULE_COLOUR} if total else {}
            self._formats[key] = self._book.add_format(looks[column.kind] | border)
        return self._formats[key]

    def _writer(self, sheet: Worksheet, column: Column) -> Callable[[int, int, Any], None]:
        """What puts a value of this column into a cell."""
        look = self._format(column)

        def write_text(row: int, index: int, value: Any) -> None:
            text = checked_text(value)
            sheet.write_string(row, index, text, look)  # never a formula, whatever it begins with

        def write_number(row: int, index: int, value: Any) -> None:
            sheet.write_number(row, index, checked_number(value, column.kind), look)

        def write_date(row: int, index: int, value: Any) -> None:
            if not isinstance(value, date) or isinstance(value, datetime):
                raise TypeError(f"{column.heading}: {value!r} is no date")
            sheet.write_datetime(row, index, value, look)

        def write_instant(row: int, index: int, value: Any) -> None:
            if not isinstance(value, datetime) or value.tzinfo is None:
                raise TypeError(f"{column.heading}: {value!r} is no instant")
            local = value.astimezone(self._zone).replace(microsecond=0, tzinfo=None)
            sheet.write_datetime(row, index, local, look)

        if column.kind in NUMBERS:
            return write_number
        return {Kind.DATE: write_date, Kind.INSTANT: write_instant}.get(column.kind, write_text)

    def _finish(
        self,
        sheet: Worksheet,
        columns: Sequence[Column],
        sums: dict[int, Decimal],
        last: int,
        total_label: str,
    ) -> None:
        """The filter, the row of totals, and no green corners on codes that look like numbers."""
        sheet.autofilter(0, 0, last, len(columns) - 1)
        texts = [index for index, column in enumerate(columns) if column.kind in (Kind.CODE, Kind.TEXT)]
        if texts:
            areas = (f"{xl_col_to_name(index)}2:{xl_col_to_name(index)}{last + 1}" for index in texts)
            sheet.ignore_errors({"number_stored_as_text": " ".join(areas)})
        if not sums:
            return
        for index, column in enumerate(columns):
            letter = xl_col_to_name(index)
            if index in sums:
                total = sums[index]
                value: int | float = int(total) if column.kind is not Kind.DECIMAL else float(total)
                formula = f"=SUM({letter}2:{letter}{last + 1})"
                sheet.write_formula(last + 1, index, formula, self._format(column, total=True), value)
            elif index == 0 and total_label:
                sheet.write_string(last + 1, index, total_label, self._label)
            else:
                sheet.write_blank(last + 1, index, None, self._label)
