"""A file with evidence: asked for, and read into cells of text, each row with the number that a spreadsheet gives it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.documents.uploads import TABLE_ENDINGS, UploadedTable, as_text
from kernel.documents.uploads import read_table as read_any_table

__all__ = ["ENDINGS", "MOST_BYTES", "EvidenceFileForm", "EvidenceTable", "as_text", "read_table"]

ENDINGS = TABLE_ENDINGS
MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 2_000
EvidenceTable = UploadedTable


class EvidenceFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_("CSV (UTF-8 or Shift JIS) or Excel (.xlsx), at most 5 MB and 2,000 rows."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(ENDINGS)


def read_table(content: bytes) -> UploadedTable:
    """The first table of a CSV or XLSX file with at most as many rows as a dossier may be given at once.

    Raises:
        DocumentError: what `kernel.documents.uploads.read_table` raises.
    """
    return read_any_table(content, max_rows=MOST_ROWS)
