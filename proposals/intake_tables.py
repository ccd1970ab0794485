"""The template of a table of collected proposals, what explains it, and what was taken in as such a table again."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Organisation
from kernel.clock import now
from kernel.documents.columns import Column, Kind
from kernel.documents.sheets import Workbook
from kernel.documents.tables import ROWS_IN_CHUNK
from kernel.documents.typeset import Language
from kernel.languages import localized
from program.models import Call
from proposals.enums import CollectionKey
from proposals.intake_columns import ALWAYS, IntakeColumn, columns_for
from proposals.models import CollectedProposal
from proposals.rules.cells import CellKind, typed_amount
from registries.models import Country

KINDS = {
    CellKind.NUMBER: Kind.INTEGER,
    CellKind.YEN: Kind.INTEGER,
    CellKind.DAY: Kind.DATE,
    CellKind.TEXT: Kind.TEXT,
}
GUIDE_WIDTHS = (22, 34, 34, 12, 60, 60)


def sheet_columns(columns: Sequence[IntakeColumn]) -> list[Column]:
    return [Column(one.words(), KINDS.get(one.field.kind, Kind.CODE)) for one in columns]


def guide_headings() -> list[str]:
    return [
        _("Name of the field"),
        _("Column (Japanese)"),
        _("Column (English)"),
        _("Must be filled in"),
        _("What it takes (Japanese)"),
        _("What it takes (English)"),
    ]


def guide_rows(call: Call, key: CollectionKey) -> list[list[str]]:
    """For each column: its names in both languages, whether it must be there, and what it takes in both languages."""
    rows = []
    for column in columns_for(call):
        said = {}
        for language, _words in settings.LANGUAGES:
            with translation.override(language):
                said[language] = (column.words(), column.takes())
        is_needed = column.name in (str(key), *ALWAYS)
        must = pgettext("of a fact", "yes") if is_needed else pgettext("of a fact", "no")
        rows.append([column.name, said["ja"][0], said["en"][0], must, said["ja"][1], said["en"][1]])
    return rows


def table_xlsx(
    call: Call, key: CollectionKey, rows: Callable[[], Iterable[Sequence[Any]]], *, language: Language
) -> bytes:
    """One sheet for the proposals, and one that explains the columns in both languages."""
    book = Workbook(created=now(), language=language, title=_("Proposals collected elsewhere"))
    book.add_sheet(_("Proposals"), sheet_columns(columns_for(call)), rows())
    headings = guide_headings()
    guide = [Column(name, width=width) for name, width in zip(headings, GUIDE_WIDTHS, strict=True)]
    book.add_sheet(_("How to fill it in"), guide, guide_rows(call, key))
    return book.to_bytes()


def rows_of(call: Call, found: Any, *, language: str) -> Iterator[list[Any]]:
    """What was taken in, as it would be typed, in the order of `columns_for` and in a language."""
    columns = columns_for(call)
    cells = Cells(call, language)
    for one in found.iterator(chunk_size=ROWS_IN_CHUNK):
        yield cells.row(columns, one)


class Cells:
    """Canonical values as somebody would type them: names instead of ids."""

    def __init__(self, call: Call, language: str) -> None:
        self._language = language
        self._fields: dict[str, tuple[str, str]] = {}
        for part in call.call_designations.select_related(
            "designation__field", "designation__country", "designation__group"
        ):
            one = part.designation
            partner = (
                localized(one.country, "name", language)
                if one.country
                else localized(one.group, "title", language)
            )
            self._fields[one.public_id] = (localized(one.field, "title", language), partner)
        self._types = {one.key: localized(one, "title", language) for one in call.support_types.all()}
        self._organisations: dict[str, Organisation] = {}
        self._countries = {one.code: localized(one, "name", language) for one in Country.objects.all()}

    def row(self, columns: Sequence[IntakeColumn], one: CollectedProposal) -> list[Any]:
        return [self.cell(column, one.values) for column in columns]

    def cell(self, column: IntakeColumn, values: dict[str, str]) -> Any:
        """The cell of a column, with its type; None for an empty one."""
        name, kind = column.name, column.field.kind
        if name in ("field", "partner"):
            pair = self._fields.get(values.get("field", ""), ("", ""))
            return pair[name == "partner"] or None
        if name in ("institution_ror", "institution_name"):
            institution = self._organisation(values.get("institution", ""))
            if institution is None:
                return None
            own = (
                institution.ror_id
                if name == "institution_ror"
                else localized(institution, "name", self._language)
            )
            return own or None
        value = values.get(name, "")
        if not value:
            return None
        if kind in (CellKind.NUMBER, CellKind.YEN):
            return int(value)
        if kind is CellKind.DAY:
            return dt.date.fromisoformat(value)
        if kind is CellKind.AMOUNT:
            return typed_amount(value, values["award_currency"])
        return self.said(name, value)

    def said(self, name: str, value: str) -> str:
        """What a value is called."""
        if name == "field":
            return " × ".join(filter(None, self._fields.get(value, ("", ""))))
        if name == "support_type":
            return self._types.get(value, value)
        if name == "partner_country":
            return self._countries.get(value, value)
        if name in ("institution", "award_agency"):
            organisation = self._organisation(value)
            if organisation is None:
                return ""
            return (
                organisation.short_name
                if name == "award_agency"
                else localized(organisation, "name", self._language)
            )
        return value

    def _organisation(self, public_id: str) -> Organisation | None:
        if public_id and public_id not in self._organisations:
            found = Organisation.objects.filter(public_id=public_id).first()
            if found is None:
                return None
            self._organisations[public_id] = found
        return self._organisations.get(public_id)
