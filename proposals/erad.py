"""A table from e-Rad, compared with what is known of the proposals of a call. Writes nothing."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import translation

from kernel.documents.uploads import UploadedTable
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call
from program.rules.texts import plain
from proposals.erad_words import field_words
from proposals.intake_columns import quoted
from proposals.intake_reading import Problem
from proposals.models import EradRecord, Proposal
from proposals.queries import office_proposals
from proposals.rules.cells import CellField, CellKind, cut_zeros, read_cell
from proposals.rules.erad import FIELDS, READ, FieldKind, Layout

LIMITS = {"approval": 100, "status": 100}
KINDS = {FieldKind.CODE: CellKind.CODE, FieldKind.TEXT: CellKind.TEXT, FieldKind.DAY: CellKind.DAY}


@dataclass(frozen=True)
class RowRead:
    """What a row says of a proposal: `before` and `after` are the record's fields as text."""

    number: int
    state: ImportedRow
    key: str
    proposal: Proposal | None = None
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        return [
            (name, self.before[name], self.after[name])
            for name in READ
            if self.proposal is not None and self.before[name] != self.after[name]
        ]


@dataclass(frozen=True)
class Answers:
    encoding: str
    rows: list[RowRead]
    # Columns that the mapping does not name: they are not read.
    ignored: list[str]

    def of(self, *states: ImportedRow) -> list[RowRead]:
        return [row for row in self.rows if row.state in states]

    @property
    def digest(self) -> str:
        told = [(row.number, row.state.value, row.key, row.changes) for row in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def record_of(record: EradRecord | None) -> dict[str, str]:
    """A record as text; all blank where there is none."""
    if record is None:
        return dict.fromkeys(READ, "")
    return {
        name: value.isoformat() if hasattr(value := getattr(record, name), "isoformat") else str(value or "")
        for name in READ
    }


def columns_of(header: Sequence[str], layout: Layout) -> tuple[list[str], list[str]]:
    """The field of each column ("" for one that the mapping does not name), and the headings that are not read.

    Raises:
        RuleBroken: `import_columns_twice`, `import_columns_missing` where the key's column is not there.
    """
    known = {plain(heading): name for name, heading in layout.columns}
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            for name, _heading in layout.columns:
                known.setdefault(plain(field_words(name)), name)
    names = [known.get(plain(heading), "") for heading in header]
    headings = dict(layout.columns)
    twice = [headings[name] for name in dict.fromkeys(names) if name and names.count(name) > 1]
    refuse_if(
        Violation("import_columns_twice", "file", {"columns": quoted(twice)}) if twice else None,
        None
        if layout.key in names
        else Violation("import_columns_missing", "file", {"columns": quoted([headings[layout.key]])}),
    )
    ignored = [heading for heading, name in zip(header, names, strict=True) if heading.strip() and not name]
    return names, ignored


def compare_answers(*, call: Call, layout: Layout, table: UploadedTable, by: Any) -> Answers:
    """What a table from e-Rad says, row by row, of the proposals of a call that the officer `by` may see.

    A blank cell says nothing, and takes nothing away.

    Raises:
        RuleBroken: the table as a whole cannot be used.
    """
    names, ignored = columns_of(table.header, layout)
    refuse_if(None if table.rows else Violation("import_without_rows", "file"))
    found = office_proposals(by).filter(call=call).select_related("erad", "collection")
    proposals = list(found.order_by("pk"))
    reading = _Reading(layout, proposals)
    rows = [reading.row(number, dict(zip(names, cells, strict=False))) for number, cells in table.rows]
    return Answers(table.encoding, rows, ignored)


class _Reading:
    def __init__(self, layout: Layout, proposals: Sequence[Any]) -> None:
        self._layout = layout
        self._by_key: dict[str, list[Any]] = {}
        for one in proposals:
            for key in _keys(one, layout.key):
                self._by_key.setdefault(key, []).append(one)
        self._whole = {cut_zeros(key): key for key in self._by_key}
        self._rows: dict[int, int] = {}
        self._numbers = {
            one.erad.application_number: one.pk
            for one in proposals
            if hasattr(one, "erad") and one.erad.application_number
        }

    def row(self, number: int, cells: Mapping[str, Any]) -> RowRead:
        values: dict[str, str] = {}
        problems: list[Problem] = []
        for name, _heading in self._layout.columns:
            if name not in cells:
                continue
            kind = KINDS[FIELDS[self._layout.table][name]]
            try:
                values[name] = read_cell(CellField(name, kind, LIMITS.get(name, 40)), cells[name])
            except RuleBroken as broken:
                first = broken.violations[0]
                problems.append((name, first.code, dict(first.params)))
        key = values.get(self._layout.key, "")
        proposal = self._proposal(number, key, problems)
        if proposal is None:
            return RowRead(number, ImportedRow.WRONG, key, problems=problems)
        before = record_of(getattr(proposal, "erad", None))
        after = before | {name: values[name] for name in READ if values.get(name)}
        self._check_number(proposal, after["application_number"], problems)
        if problems:
            return RowRead(number, ImportedRow.WRONG, key, proposal, before, before, problems)
        state = (
            ImportedRow.UNCHANGED
            if before == after
            else ImportedRow.CHANGED
            if any(before.values())
            else ImportedRow.NEW
        )
        return RowRead(number, state, key, proposal, before, after)

    def _proposal(self, number: int, key: str, problems: list[Problem]) -> Any:
        column = self._layout.key
        if any(name == column for name, _code, _params in problems):
            return None
        found = self._by_key.get(key, [])
        if not key:
            problems.append((column, "cell_missing", {}))
        elif len(found) > 1:
            problems.append((column, "erad_row_not_one", {"value": key}))
        elif not found and (whole := self._whole.get(cut_zeros(key))):
            problems.append((column, "code_like_another", {"value": key, "other": whole}))
        elif not found:
            problems.append((column, "erad_row_unknown", {"value": key}))
        elif (first := self._rows.setdefault(found[0].pk, number)) != number:
            problems.append((column, "row_twice", {"row": first}))
        else:
            return found[0]
        return None

    def _check_number(self, proposal: Any, application: str, problems: list[Problem]) -> None:
        if application and self._numbers.setdefault(application, proposal.pk) != proposal.pk:
            problems.append(("application_number", "erad_number_of_another", {"value": application}))


def _keys(one: Any, name: str) -> list[str]:
    """By what a proposal is found: what e-Rad said last, or what came with it from elsewhere."""
    if name == "receipt_number":
        return [one.receipt_number] if one.receipt_number else []
    if name == "collected_number":
        return [one.collected["key"]] if one.collected else []
    known = getattr(one.erad, name) if hasattr(one, "erad") else ""
    if not known and name == "application_number" and hasattr(one, "collection"):
        known = one.collection.values.get("erad_application", "")
    return [known] if known else []
