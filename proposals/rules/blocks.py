"""A block copied from a spreadsheet: lines of cells between tabs, put into a grid of amounts from its first cell on."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kernel.money import format_amount, parse_amount
from kernel.violations import RuleBroken, Violation

LONGEST = 20_000


@dataclass
class Placed:
    """What became of a block. `cells` is what each cell of the grid holds now, by (row, column): an amount in yen with its
    commas, or the text that could not be read; `unread` says why not. `outside` are texts for which the grid has no cell."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    unread: dict[tuple[int, int], Violation] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """How many amounts were read."""
        return sum(bool(text) for text in self.cells.values()) - len(self.unread)


def rows_of(block: str) -> list[list[str]]:
    """The cells of a block; the newline at its end, which a spreadsheet adds, is no line."""
    text = block.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.removesuffix("\n").split("\n") if text.strip("\n") else []
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def place(block: str, *, rows: int, columns: int, unit: str = "円", at: tuple[int, int] = (0, 0)) -> Placed:
    """Put a block into a grid of so many rows and columns, from the cell `at` on. Its amounts are in `unit`, which
    whoever pastes says; it is never inferred. A blank cell makes a cell blank, as it does in a spreadsheet.

    What cannot be read stays as it was typed, followed by its unit where that is not yen, so that it is taken for no yen.
    """
    placed = Placed()
    for down, line in enumerate(rows_of(block)):
        for right, text in enumerate(line):
            cell = (at[0] + down, at[1] + right)
            if cell[0] >= rows or cell[1] >= columns:
                placed.outside += [text] if text else []
                continue
            placed.cells[cell] = text
            if not text:
                continue
            try:
                placed.cells[cell] = format_amount(parse_amount(text, unit=unit))
            except RuleBroken as broken:
                placed.unread[cell] = broken.violations[0]
                placed.cells[cell] = text if unit == "円" else f"{text}{unit}"
    return placed


def field_names(categories: Sequence[str], years: Sequence[int], suffix: str = "") -> list[list[str]]:
    """The grid's fields by rows: a row a category, a column a fiscal year."""
    return [[f"{category}_{year}{suffix}" for year in years] for category in categories]
