"""A dossier's evidence as a file to be kept, changed and brought back, and the empty template of it."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel.choices import labelled_choices
from kernel.clock import now
from kernel.documents.sheets import Column, Kind, Workbook
from kernel.documents.tables import stream_csv
from kernel.documents.typeset import Language
from program.enums import EvidenceKind
from program.models import EvidenceItem
from program.resources import COLUMNS, LEFT_OUT, EvidenceResource, shown

# More digits than a spreadsheet's number keeps are written as text, which is read back as well.
MOST_DIGITS = 15


def headings() -> list[str]:
    return [str(words) for words in COLUMNS.values()]


def rows_of(items: Any) -> list[list[Any]]:
    """The evidence with its types, in the order of `COLUMNS`."""
    table = EvidenceResource().export(items.order_by("id"))
    typed: dict[str, Callable[[str], Any]] = {
        "value": lambda text: Decimal(shown(Decimal(text))),
        "score": int,
        "weight": int,
    }
    return [[typed.get(name, str)(row[name]) for name in COLUMNS] for row in table.dict]


def evidence_csv(items: Any) -> Iterator[bytes]:
    """UTF-8 with its mark; text that a spreadsheet would take for a formula is neutralised."""
    return stream_csv(headings(), rows_of(items))


def evidence_xlsx(items: Any, *, language: Language) -> bytes:
    """One sheet with the evidence, and one that says what each column takes."""
    rows = rows_of(items)
    at = list(COLUMNS).index("value")
    values = [row[at] for row in rows]
    fits = all(len(value.as_tuple().digits) <= MOST_DIGITS for value in values)
    places = max((max(-int(value.as_tuple().exponent), 0) for value in values), default=0)
    if not fits:
        rows = [[*row[:at], f"{row[at]:f}", *row[at + 1 :]] for row in rows]
    kinds = {
        "public_id": Column(str(COLUMNS["public_id"]), Kind.CODE),
        "value": Column(str(COLUMNS["value"]), Kind.DECIMAL if fits else Kind.CODE, decimals=places),
        "year": Column(str(COLUMNS["year"]), Kind.CODE, width=8),
        "unit_ja": Column(str(COLUMNS["unit_ja"]), Kind.CODE),
        "unit_en": Column(str(COLUMNS["unit_en"]), Kind.CODE),
        "score": Column(str(COLUMNS["score"]), Kind.INTEGER),
        "weight": Column(str(COLUMNS["weight"]), Kind.INTEGER),
        "reason_ja": Column(str(COLUMNS["reason_ja"]), Kind.TEXT, width=50),
        "reason_en": Column(str(COLUMNS["reason_en"]), Kind.TEXT, width=50),
    }
    book = Workbook(created=now(), language=language, title=_("Evidence"))
    columns = [kinds.get(name, Column(str(words), Kind.TEXT)) for name, words in COLUMNS.items()]
    book.add_sheet(_("Evidence"), columns, rows)
    guide = [
        Column(_("Column"), width=24),
        Column(_("Must be filled in"), width=14),
        Column(_("What it takes"), width=90),
    ]
    book.add_sheet(_("How to fill it in"), guide, guide_rows())
    return book.to_bytes()


def guide_rows() -> list[list[str]]:
    """For each column: its name, whether it must be filled in, and what it takes."""
    kinds = _(" or ").join(f"“{words}”" for _value, words in labelled_choices(EvidenceKind))
    measure = _("What was counted or measured, up to 200 characters.")
    unit = _("What one counts, such as papers or percent, up to 40 characters.")
    source = _("Who published it, and where, up to 300 characters.")
    reason = _("Why it has this score, up to 2,000 characters.")
    takes = {
        "public_id": _("The ID of evidence that is there, to change it. Blank for new evidence."),
        "kind": kinds,
        "measure_ja": measure,
        "measure_en": measure,
        "value": _("A number with up to four decimals. Full-width digits and commas are accepted."),
        "unit_ja": unit,
        "unit_en": unit,
        "year": _("The year of the figure, in the Western calendar."),
        "source_ja": source,
        "source_en": source,
        "source_url": _("The address on the web where the figure stands."),
        "score": _("From −2 (a grave loss) to +2 (a great benefit)."),
        "reason_ja": reason,
        "reason_en": reason,
        "weight": _("A whole number from 0 to 100; 1 where it is left out."),
    }
    return [
        [str(words), _("no") if name in LEFT_OUT else _("yes"), takes[name]]
        for name, words in COLUMNS.items()
    ]


def template_items() -> Any:
    """No evidence: what an empty template holds."""
    return EvidenceItem.objects.none()
