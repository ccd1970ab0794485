"""A dossier's evidence as a table. django-import-export reads and compares it; an action saves it (see `import_evidence`).

A row belongs to the item of its ID; without an ID, to the item of the same kind, measure, unit, year and source; otherwise it
is a new item. A row says what an item shall be: items that no row names stay as they are.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.resources import ModelResource
from import_export.results import RowResult
from tablib import Dataset

from kernel.choices import label_of_field, label_of_value
from kernel.clock import today
from kernel.forms import add_violations
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.evidence_import import WantedEvidence
from program.dossiers import text_of
from program.enums import EvidenceKind, ImportedRow
from program.evidence_columns import COLUMNS, LEFT_OUT, NUMBERS, columns_of, kind_of, score_of, shown
from program.forms.designations import EvidenceForm
from program.forms.evidence_import import EvidenceTable, as_text
from program.models import Designation, EvidenceItem
from program.rules.dossier import EVIDENCE_FIELDS, score_violation, year_violation

MEASURES = ("measure_ja", "measure_en")
IDENTITY = ("kind", "measure_ja", "unit_ja", "year", "source_ja")
STATES = {
    RowResult.IMPORT_TYPE_NEW: ImportedRow.NEW,
    RowResult.IMPORT_TYPE_UPDATE: ImportedRow.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: ImportedRow.UNCHANGED,
    RowResult.IMPORT_TYPE_INVALID: ImportedRow.WRONG,
}


@dataclass(frozen=True)
class RowPreview:
    """What would become of one row: `changes` are (column, before, after), `problems` (column, sentence)."""

    number: int
    state: ImportedRow
    measure: str
    wanted: WantedEvidence | None = None
    changes: Sequence[tuple[str, str, str]] = ()
    problems: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Preview:
    rows: list[RowPreview] = field(default_factory=list)

    def of(self, state: ImportedRow) -> list[RowPreview]:
        return [row for row in self.rows if row.state == state]

    @property
    def wanted(self) -> list[WantedEvidence]:
        """What is to be saved: the new and the changed."""
        return [
            row.wanted
            for row in self.rows
            if row.wanted is not None and row.state in (ImportedRow.NEW, ImportedRow.CHANGED)
        ]

    @property
    def digest(self) -> str:
        """Changes with anything that the preview says, in whichever language."""
        told = [
            (row.number, row.state.value, row.wanted, tuple(c[1:] for c in row.changes)) for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class EvidenceResource(ModelResource):
    """One table for one dossier; not to be used again for another table."""

    class Meta:
        model = EvidenceItem
        fields = ("public_id", *EVIDENCE_FIELDS)
        export_order = fields
        import_id_fields = ("public_id",)
        skip_diff = True
        store_instance = True

    def __init__(self, designation: Designation | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        items = list(designation.evidence.order_by("id")) if designation else []
        self._by_id = {item.public_id: item for item in items}
        self._by_identity: dict[tuple[Any, ...], list[EvidenceItem]] = {}
        for item in items:
            self._by_identity.setdefault(identity(vars(item)), []).append(item)
        self._rows_of: dict[Any, int] = {}
        self._numbers: list[int] = []
        self.wanted: dict[int, WantedEvidence] = {}
        self.changes: dict[int, list[tuple[str, str, str]]] = {}

    def preview(self, table: EvidenceTable) -> Preview:
        """What the table would do; writes nothing.

        Raises:
            RuleBroken: the table as a whole cannot be used.
        """
        columns = columns_of(table.header)
        refuse_if(None if table.rows else Violation("import_without_rows", "file"))
        names = [*dict.fromkeys(["public_id", *columns])]
        data = Dataset(headers=names)
        for _number, cells in table.rows:
            known = dict(zip(columns, cells, strict=False))
            data.append([known.get(name) for name in names])
        self._numbers = [number for number, _cells in table.rows]
        result = self.import_data(data, dry_run=True)
        for row in result.rows:
            for error in row.errors:
                raise error.error
        return Preview([self._row(at, row, data.dict[at]) for at, row in enumerate(result.rows)])

    def _row(self, at: int, result: Any, cells: dict[str, Any]) -> RowPreview:
        number = self._numbers[at]
        problems = [
            (str(COLUMNS.get(name, "")), message)
            for name, messages in getattr(result.validation_error, "message_dict", {}).items()
            for message in messages
        ]
        wanted = self.wanted.get(number)
        return RowPreview(
            number,
            STATES[result.import_type],
            text_of(
                wanted.values if wanted else {name: as_text(cells.get(name)) for name in MEASURES}, "measure"
            ),
            wanted,
            self.changes.get(number, ()),
            problems,
        )

    # ---- what django-import-export asks for, row by row
    def before_import_row(self, row: dict[str, Any], *, row_number: int, **kwargs: Any) -> None:
        row["number"] = self._numbers[row_number - 1]
        row["public_id"] = as_text(row["public_id"]).strip()
        there = self._by_id.get(row["public_id"])
        texts = {name: as_text(row[name]) for name in EVIDENCE_FIELDS if name in row}
        for name in set(EVIDENCE_FIELDS) - set(texts):
            texts[name] = as_text(getattr(there, name)) if there else LEFT_OUT[name]
        if not texts["weight"].strip() and not row["public_id"]:
            texts["weight"] = LEFT_OUT["weight"]
        texts["kind"] = kind_of(texts["kind"])
        texts["score"] = score_of(texts["score"])
        form = row["form"] = EvidenceForm(texts)
        valid = form.is_valid()
        for name in EVIDENCE_FIELDS:
            cell = row.get(name)
            if name not in NUMBERS and cell is not None and not isinstance(cell, str):
                form.add_error(
                    name, _("This cell holds a number or a date. Format it as text, and type it again.")
                )
        if valid:
            values = form.cleaned_data
            for broken in (
                score_violation(values.get("score", 0), texts["kind"]),
                year_violation(values["year"], today().year),
            ):
                if broken:
                    add_violations(form, RuleBroken(broken))
        if row["public_id"] and there is None:
            form.add_error(
                None, _("No evidence of this dossier has this ID. Leave the ID blank for new evidence.")
            )

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> EvidenceItem | None:
        form = row["form"]
        if row["public_id"] or form.errors:
            return self._by_id.get(row["public_id"])
        same = self._by_identity.get(identity(form.cleaned_data), [])
        if len(same) > 1:
            form.add_error(
                None, _("Several items of the dossier are like this one. Say by the ID which is meant.")
            )
        return same[0] if same else None

    def import_instance(self, instance: EvidenceItem, row: dict[str, Any], **kwargs: Any) -> None:
        form, number = row["form"], row["number"]
        if not form.errors:
            key = instance.pk or identity(form.cleaned_data)
            first = self._rows_of.setdefault(key, number)
            if first != number:
                form.add_error(None, _("This is the same evidence as in row %(row)s.") % {"row": first})
        if form.errors:
            raise ValidationError(
                {("" if name == "__all__" else name): list(errors) for name, errors in form.errors.items()}
            )
        values = form.cleaned_data
        self.changes[number] = [
            (str(COLUMNS[name]), "", self._said(name, values[name]))
            for name in EVIDENCE_FIELDS
            if not instance.pk and values[name] != ""
        ] or [
            (str(COLUMNS[name]), self._said(name, getattr(instance, name)), self._said(name, values[name]))
            for name in EVIDENCE_FIELDS
            if instance.pk and getattr(instance, name) != values[name]
        ]
        self.wanted[number] = WantedEvidence(instance.public_id if instance.pk else "", dict(values))

    @staticmethod
    def _said(name: str, value: Any) -> str:
        return label_of_value(EvidenceKind, value) if name == "kind" else shown(value)

    def skip_row(
        self, instance: EvidenceItem, original: Any, row: Any, import_validation_errors: Any = None
    ) -> bool:
        return bool(instance.pk and not import_validation_errors and not self.changes[row["number"]])

    def save_instance(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: what is wanted is saved by an action."""

    def after_import(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: no row was written."""

    def dehydrate_kind(self, item: EvidenceItem) -> str:
        return label_of_field(item, "kind")


def identity(values: dict[str, Any]) -> tuple[Any, ...]:
    """What makes two rows one item where no ID is given."""
    return tuple(values[name] for name in IDENTITY)
