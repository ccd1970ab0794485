"""A file with evidence: asked for, and read into cells of text, each row with the number that a spreadsheet gives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.documents.errors import DocumentError
from kernel.documents.tables import read_csv
from kernel.documents.workbooks import Limits, read_xlsx

ENDINGS = (".csv", ".xlsx")
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000


class EvidenceFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_("CSV (UTF-8 or Shift JIS) or Excel (.xlsx), at most 5 MB and 2,000 rows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)


@dataclass(frozen=True)
class EvidenceTable:
    """`encoding` is blank for a workbook. Cells are text, or a number, date or truth value as a workbook has them."""

    encoding: str
    header: list[str]
    rows: list[tuple[int, list[Any]]]


def read_table(content: bytes) -> EvidenceTable:
    """The first table of a CSV or XLSX file, told apart by its content; rows without any content are left out.

    Raises:
        RuleBroken, by way of the caller: what `read_csv` and `read_xlsx` raise as DocumentError.
    """
    if not content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        table = read_csv(content, max_rows=MOST_ROWS)
        return EvidenceTable(
            table.encoding, table.header, _filled(zip(table.numbers, table.rows, strict=True))
        )
    sheets = read_xlsx(content, limits=Limits(rows=3 * MOST_ROWS, columns=100))
    rows = _filled(enumerate(sheets[0].rows if sheets else [], start=1))
    if not rows:
        raise DocumentError("csv_empty")
    if len(rows) > MOST_ROWS + 1:
        raise DocumentError("csv_too_many_rows", {"limit": MOST_ROWS})
    return EvidenceTable("", [as_text(cell) for cell in rows[0][1]], rows[1:])


def as_text(cell: object) -> str:
    """A cell as it would have been typed."""
    if cell is None:
        return ""
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _filled(rows: Any) -> list[tuple[int, list[Any]]]:
    return [(number, list(cells)) for number, cells in rows if _has_content(cells)]


def _has_content(cells: Sequence[Any]) -> bool:
    return any(as_text(cell).strip() for cell in cells)
