"""A table of proposals that were collected elsewhere, compared with what was collected for its call before. Writes nothing."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Person
from kernel.documents.uploads import UploadedTable
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call
from proposals.enums import CollectionKey
from proposals.intake_columns import PI_NAMES, columns_for, named_columns
from proposals.intake_lookups import FROM_ERAD, Lookups, people_known, worked_on
from proposals.intake_reading import Problem, RowRead, key_in, names_in, read_row
from proposals.models import CollectedProposal
from proposals.rules.cells import cut_zeros
from proposals.rules.names import same_name

KEY_LIMIT = 60
NAMED = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class RowFound:
    """What would become of one row; `before` is what stands, empty for a new proposal."""

    number: int
    state: ImportedRow
    key: str
    values: dict[str, str]
    before: dict[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()
    proposal_id: int | None = None

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(name, before, after) of what the row would change."""
        names = [*self.before, *(name for name in self.values if name not in self.before)]
        return [
            (name, self.before.get(name, ""), self.values.get(name, ""))
            for name in names
            if self.before.get(name, "") != self.values.get(name, "")
        ]


@dataclass(frozen=True)
class Comparison:
    encoding: str
    rows: list[RowFound]

    def of(self, *states: ImportedRow) -> list[RowFound]:
        return [row for row in self.rows if row.state in states]

    @property
    def digest(self) -> str:
        """Changes with anything that would be written, and with what is wrong."""
        told = [
            (row.number, row.state.value, row.key, sorted(row.values.items()), sorted(row.before.items()))
            for row in self.rows
        ]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def compare(
    *, call: Call, key: CollectionKey, table: UploadedTable, by: Any, progress: Progress = lambda n, of: None
) -> Comparison:
    """What a table would do to a call, row by row, for the officer `by`.

    Raises:
        RuleBroken: the table as a whole cannot be used: `import_columns_…`, `import_without_rows`.
    """
    columns = columns_for(call)
    names = named_columns(table.header, columns, key)
    refuse_if(None if table.rows else Violation("import_without_rows", "file"))
    lookups = Lookups(call, by)
    known = lookups.collected()
    keys = _Keys(known, str(key))
    found: list[tuple[int, str, RowRead, CollectedProposal | None]] = []
    for at, (number, cells) in enumerate(table.rows):
        if at % 100 == 0:
            progress(at, len(table.rows))
        by_name = dict(zip(names, cells, strict=False))
        own, problems = keys.read(number, by_name.get(str(key)))
        standing = known.get(own)
        row = read_row(by_name, columns, lookups, standing.values if standing else {})
        told = {name for name, _code, _params in problems}
        row.problems = problems + [one for one in row.problems if one[0] not in told]
        found.append((number, own, row, standing))
    _people(found, lookups)
    _refuse_worked_on(found, lookups)
    return Comparison(table.encoding, [_found(*one) for one in found])


def _found(number: int, key: str, row: RowRead, standing: CollectedProposal | None) -> RowFound:
    before = standing.values if standing else {}
    if row.problems:
        state = ImportedRow.WRONG
    elif standing is None:
        state = ImportedRow.NEW
    else:
        state = ImportedRow.UNCHANGED if row.values == before else ImportedRow.CHANGED
    return RowFound(
        number,
        state,
        key,
        row.values,
        before,
        row.problems,
        row.warnings,
        standing.proposal_id if standing else None,
    )


class _Keys:
    """The keys of a table: each stands once, and none is another one that a spreadsheet has cut short."""

    def __init__(self, known: Mapping[str, Any], column: str) -> None:
        self._column = column
        self._whole = {cut_zeros(key): key for key in known}
        self._known = known
        self._rows: dict[str, int] = {}

    def read(self, number: int, cell: Any) -> tuple[str, list[Problem]]:
        try:
            key = key_in(cell, self._column, KEY_LIMIT)
        except RuleBroken as broken:
            first = broken.violations[0]
            params = {
                name: value if isinstance(value, int) else str(value) for name, value in first.params.items()
            }
            return "", [(self._column, first.code, params)]
        if key in self._rows:
            return key, [(self._column, "row_twice", {"row": self._rows[key]})]
        self._rows[key] = number
        whole = self._whole.setdefault(cut_zeros(key), key)
        if whole != key and key not in self._known:
            return key, [(self._column, "code_like_another", {"value": key, "other": whole})]
        return key, []


def _people(found: Sequence[tuple[int, str, RowRead, Any]], lookups: Lookups) -> None:
    """Who the principal investigators of both sides are: names that the portal knows by the e-Rad number need not be typed."""
    rows = [row for _number, _key, row, _standing in found]
    emails = {
        row.values[name] for row in rows for name in ("pi_email", "partner_email") if name in row.values
    }
    numbers = {row.values["pi_erad"] for row in rows if "pi_erad" in row.values}
    by_email, by_number = people_known(emails, numbers)
    deciders = lookups.deciders()
    for row in rows:
        values = row.values
        same = by_number.get(values.get("pi_erad", ""), [])
        if not any(values.get(f"pi_{name}") for name in NAMED):
            if len(same) == 1:
                values.update({f"pi_{name}": text for name in PI_NAMES if (text := getattr(same[0], name))})
            elif not any(name.startswith("pi_") and name != "pi_email" for name, _c, _p in row.problems):
                row.wrong("pi_family_kanji", "cell_missing")
        person = person_like(values, "pi", by_email, by_number)
        _partner(row, person, by_email, deciders)
        if person is None:
            continue
        if person.pk in deciders:
            row.wrong("pi_email", "member_decides")
        own = person.erad_number
        if own and values.get("pi_erad") and own != values["pi_erad"]:
            row.warnings.append(("pi_erad", "erad_number_differs", {"known": own}))


def _partner(
    row: RowRead, pi: Person | None, by_email: Mapping[str, Sequence[Person]], deciders: Collection[int]
) -> None:
    """Nobody leads both sides, and no two members of a team share an address, as on the team's own page; nor does whoever
    decides on the call."""
    email = row.values.get("partner_email", "")
    if not email:
        return
    if email == row.values.get("pi_email") or (pi is not None and pi in by_email.get(email, ())):
        row.wrong("partner_email", "member_is_the_pi")
        return
    partner = person_like(row.values, "partner", by_email, {})
    if partner is not None and partner.pk in deciders:
        row.wrong("partner_email", "member_decides")


def person_like(
    values: Mapping[str, str],
    prefix: str,
    by_email: Mapping[str, Sequence[Person]],
    by_number: Mapping[str, Sequence[Person]],
) -> Person | None:
    """Somebody known who has this e-mail, else this e-Rad number, and whose name agrees with the one that was typed."""
    names = names_in(values, prefix)
    candidates = (
        *by_email.get(values.get(f"{prefix}_email", ""), ()),
        *by_number.get(values.get(f"{prefix}_erad", ""), ()),
    )
    return next(
        (one for one in candidates if same_name(names, {part: getattr(one, part) for part in PI_NAMES})), None
    )


def _refuse_worked_on(
    found: Sequence[tuple[int, str, RowRead, CollectedProposal | None]], lookups: Lookups
) -> None:
    """What somebody has worked on is changed on its own page; so is what this officer must not see, without a word of why."""
    changing = [
        (row, standing)
        for _number, _key, row, standing in found
        if standing is not None and not row.problems and row.values != standing.values
    ]
    fixed = worked_on([standing.proposal for _row, standing in changing], beside=FROM_ERAD) | lookups.hidden()
    for row, standing in changing:
        if standing.proposal_id in fixed:
            row.wrong("", "collected_worked_on")
