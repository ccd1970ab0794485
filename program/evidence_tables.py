"""A dossier's evidence as a file to be kept, changed and brought back, and the empty template of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label_of_value, labelled_choices
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import ROWS_IN_CHUNK, stream_csv
from kernel.documents.typeset import Language
from kernel.languages import current
from program.enums import EvidenceKind
from program.evidence_columns import COLUMNS, LEFT_OUT, shown
from program.resources import EvidenceResource

# More digits than a spreadsheet's number keeps are written as text, which is read back as well.
MOST_DIGITS = 15


def headings() -> list[str]:
    return [str(words) for words in COLUMNS.values()]


def rows_of(items: Any) -> Iterator[list[Any]]:
    """The evidence with its types, in the order of `COLUMNS` and the language of the request, as it is read."""
    resource, language = EvidenceResource(), current()
    names = resource.get_export_headers()
    typed: dict[str, Callable[[str], Any]] = {
        "value": lambda text: Decimal(shown(Decimal(text))),
        "score": int,
        "weight": int,
    }

    def rows() -> Iterator[list[Any]]:
        for item in items.order_by("id").iterator(chunk_size=ROWS_IN_CHUNK):
            with translation.override(language):
                row = dict(zip(names, resource.export_resource(item), strict=True))
            yield [typed.get(name, str)(row[name]) for name in COLUMNS]

    return rows()


def rows_of_version(content: Mapping[str, Any]) -> list[list[Any]]:
    """The evidence of a kept dossier, as `rows_of` would have written it on that day. A text that it lacks is blank."""
    own: dict[str, Callable[[Mapping[str, Any]], Any]] = {
        "public_id": lambda item: item["id"],
        "kind": lambda item: label_of_value(EvidenceKind, item["kind"]),
        "value": lambda item: Decimal(item["value"]),
        "year": lambda item: str(item["year"]),
        "score": lambda item: int(item["score"]),
        "weight": lambda item: int(item["weight"]),
    }
    return [
        [own[name](item) if name in own else str(item.get(name) or "") for name in COLUMNS]
        for item in content["evidence"]
    ]


def evidence_csv(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """UTF-8 with its mark; text that a spreadsheet would take for a formula is neutralised."""
    return stream_csv(headings(), rows)


def evidence_xlsx(read: Callable[[], Iterable[Sequence[Any]]], *, language: Language) -> bytes:
    """One sheet with the evidence, and one that says what each column takes. `read` gives the rows, and is asked twice:
    how a column is written depends on all of its values, and they are not kept."""
    at = list(COLUMNS).index("value")
    fits, places = True, 0
    for row in read():
        value = row[at].as_tuple()
        fits, places = fits and len(value.digits) <= MOST_DIGITS, max(places, -int(value.exponent))
    rows = read()
    if not fits:
        rows = ([*row[:at], f"{row[at]:f}", *row[at + 1 :]] for row in rows)
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
    kinds = _(" or ").join(
        _("“%(name)s”") % {"name": words} for _value, words in labelled_choices(EvidenceKind)
    )
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
        [
            str(words),
            pgettext("of a fact", "no") if name in LEFT_OUT else pgettext("of a fact", "yes"),
            takes[name],
        ]
        for name, words in COLUMNS.items()
    ]
