"""Tables of awards with a heading: CSV with commas, semicolons or tabs, as each agency exports it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from kernel.documents.tables import MOST_CELLS, first_line_too_wide, restore
from registries.rules.results import Refused
from registries.rules.texts import decode, tidy

DELIMITERS = (",", ";", "\t")
# So many lines may stand above a heading, and so many names make a heading that has something above it.
MOST_BEFORE, FEWEST_HEADINGS = 12, 5


@dataclass(frozen=True)
class Table:
    """`header` as the file has it; `rows` are (line in the file from 1, cells by heading)."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(data: bytes) -> Table:
    """The lines under the first, blank ones left out. What parts the cells is told by the heading.

    Raises:
        Refused: `encoding_unknown`, `csv_invalid`, `cells_wrong_number` for a line that is longer than the heading.
    """
    text = decode(data).text
    if wide := first_line_too_wide(text):
        raise Refused("csv_invalid", line=wide, reason=f"more than {MOST_CELLS} cells")
    beginning = "\n".join(text.split("\n", MOST_BEFORE)[:MOST_BEFORE])
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=lambda one: (first.count(one), beginning.count(one)))
    lines = _below_preamble(_lines(text, delimiter))
    header = tuple(cell.strip() for cell in next(lines, (1, []))[1])
    return Table(header, tuple((line, _by_heading(line, header, cells)) for line, cells in lines))


def _below_preamble(lines: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The lines from the heading on: what was searched and when may stand above it, in a cell or two a line."""
    above = list(islice(lines, MOST_BEFORE))
    start = next((at for at, (_line, cells) in enumerate(above) if _filled(cells) >= FEWEST_HEADINGS), 0)
    narrow = all(_filled(cells) <= 2 for _line, cells in above[:start])
    return chain(above[start if narrow else 0 :], lines)


def _filled(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def table_of(header: list[str], lines: list[tuple[int, list[str]]]) -> Table:
    """The same of cells that were read from a workbook."""
    names = tuple(cell.strip() for cell in header)
    return Table(names, tuple((line, _by_heading(line, names, cells)) for line, cells in lines))


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    # Abstracts of hundreds of thousands of characters stand in one cell.
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Refused("csv_invalid", line=reader.line_num, reason=str(error)) from error


def _by_heading(line: int, header: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    if any(cell.strip() for cell in cells[len(header) :]):
        raise Refused("cells_wrong_number", line=line, expected=len(header), found=len(cells))
    return {name: tidy(restore(cell), field=name) for name, cell in zip(header, cells, strict=False)}
