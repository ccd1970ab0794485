"""A table held against a pool: what it would change, row by row. Writes nothing."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.models import Organisation, Person
from accounts.rules.numbers import orcid_violation, plain_orcid, ror_id_in
from kernel.choices import label
from kernel.documents.uploads import UploadedTable, as_text
from kernel.text import hidden_violation, without_debris
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import ImportedRow
from program.models import Call, Field
from proposals.rules.cells import CellField, CellKind, read_cell
from registries.models import Country
from review.enums import Gender
from review.models import Reviewer
from review.permissions import root_of
from review.pool_columns import COLUMNS, NAMES, PoolComparison, PoolRow, Problem
from review.profiles import profile_of, read_absences, read_codes, read_dois, with_profile
from review.queries import proposals_under_review
from review.rules.profiles import parts_of, profile_violations

MOST_ROWS = 2_000


def _columns(header: list[str]) -> list[str]:
    """The names of the columns in their order; "" for one that is not read.

    Raises:
        RuleBroken: `pool_column_twice`, `pool_without_email`.
    """
    known = {_folded(name): name for name in COLUMNS}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {_folded(str(words)): name for name, words in COLUMNS.items()}
    found = [known.get(_folded(cell), "") for cell in header]
    twice = next((name for name in found if name and found.count(name) > 1), None)
    refuse_if(
        Violation("pool_column_twice", "file", {"column": COLUMNS[twice]}) if twice else None,
        None if "email" in found else Violation("pool_without_email", "file", {"column": COLUMNS["email"]}),
    )
    return found


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def compare(*, call: Call, agency: Organisation, table: UploadedTable, by: Any) -> PoolComparison:
    """What a table would do to an agency's pool of a call; a number of queries that does not grow with its rows.

    Raises:
        RuleBroken: the table as a whole cannot be used: `pool_column_twice`, `pool_without_email`, `import_without_rows`.
    """
    names = _columns(table.header)
    refuse_if(None if table.rows else Violation("import_without_rows", "file"))
    emails = _plain_cells(table, names, "email")
    lookups = _Lookups(
        call, agency, by, emails, {plain_orcid(o) for o in _plain_cells(table, names, "orcid")}
    )
    seen: set[str] = set()
    rows = []
    for number, cells in table.rows:
        row = _Row(dict(zip(names, cells, strict=False)), lookups)
        if row.email and row.email in seen:
            row.wrong("email", Violation("pool_row_twice", "email"))
        seen.add(row.email)
        rows.append(row.found(number))
    return PoolComparison(rows)


def _plain_cells(table: UploadedTable, names: list[str], name: str) -> set[str]:
    """The cells of one column, as addresses are compared."""
    if name not in names:
        return set()
    at = names.index(name)
    texts = (as_text(cells[at]) for _number, cells in table.rows if at < len(cells))
    return {unicodedata.normalize("NFKC", without_debris(text)).lower() for text in texts}


class _Lookups:
    """What rows are held against, read once."""

    def __init__(self, call: Call, agency: Organisation, by: Any, emails: set[str], orcids: set[str]) -> None:
        codes = Field.objects.filter(programme=call.programme_id).values_list("code", flat=True)
        self.fields = {code.casefold(): code for code in codes}
        self.countries = set(Country.objects.values_list("code", flat=True))
        people = Person.objects.filter(merged_into=None, email__in=emails - {""}).select_related("user")
        self.people: dict[str, Person] = {}
        for person in people.order_by("-pk"):
            self.people[person.email.lower()] = person
        self.orcids = dict(Person.objects.filter(orcid__in=orcids - {""}).values_list("orcid", "pk"))
        pool = with_profile(
            Reviewer.objects.filter(call=call).select_related("person__merged_into", "agency")
        )
        self.pool: dict[int, Reviewer] = {root_of(one.person).pk: one for one in pool}
        self.agency = agency
        seen = proposals_under_review(by).filter(call=call)
        self.applicants = set(seen.values_list("pi", flat=True)) | set(
            seen.values_list("team__person", flat=True)
        )
        self.genders = {gender.value: gender.value for gender in Gender}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                self.genders |= {_folded(label(gender)): gender.value for gender in Gender}


class _Row:
    """One row as it is read."""

    def __init__(self, cells: Mapping[str, Any], lookups: _Lookups) -> None:
        self.cells, self.lookups = cells, lookups
        self.problems: list[Problem] = []
        self.email = self._cell("email", CellKind.EMAIL, 254)
        if not self.email and not self.problems:
            self.wrong("email", Violation("pool_row_without_email", "email"))
        self.person = lookups.people.get(self.email)
        self.reviewer = lookups.pool.get(self.person.pk) if self.person else None
        self.before = profile_of(self.reviewer) if self.reviewer else {}
        self.names = {name: self._name(name) for name in NAMES if name in cells}
        self.orcid = self._orcid()
        self.values = self._values()
        self._check()

    def wrong(self, name: str, violation: Violation) -> None:
        self.problems.append((name, violation))

    def _cell(self, name: str, kind: CellKind, limit: int) -> str:
        try:
            return read_cell(CellField(name, kind, limit), self.cells.get(name))
        except RuleBroken as broken:
            self.problems += [(name, violation) for violation in broken.violations]
            return ""

    def _name(self, name: str) -> str:
        text = self._cell(name, CellKind.NAME, 100)
        own = getattr(self.person, name) if self.person else ""
        if self.person and text and own and without_debris(own) != text:
            self.wrong(name, Violation("pool_name_differs", name, {"name": self.person.name}))
        return text

    def _orcid(self) -> str:
        orcid = plain_orcid(as_text(self.cells.get("orcid")))
        if not orcid:
            return ""
        owner = self.lookups.orcids.get(orcid)
        violation = orcid_violation(orcid)
        if violation is None and (
            (owner is not None and (self.person is None or owner != self.person.pk))
            or (self.person is not None and self.person.orcid not in ("", orcid))
        ):
            violation = Violation("orcid_taken", "orcid")
        if violation:
            self.wrong("orcid", violation)
        return orcid

    def _values(self) -> dict[str, Any]:
        """The profile on top of what stands: a column that is left out changes nothing, a blank cell clears."""
        blank: dict[str, Any] = {
            **dict.fromkeys(("institution_name", "institution_ror_id", "country_code", "expertise"), ""),
            "max_load": None,
            "gender": Gender.NOT_STATED.value,
            **{name: [] for name in ("keywords", "languages", "dois", "fields", "absences")},
        }
        values = {**blank, **self.before}
        readers: dict[str, Callable[[], Any]] = {
            "institution_name": lambda: self._cell("institution_name", CellKind.TEXT, 300),
            "institution_ror_id": self._ror,
            "country_code": self._country,
            "expertise": lambda: self._cell("expertise", CellKind.TEXT, 300),
            "max_load": self._load,
            "gender": self._gender,
            "keywords": lambda: parts_of(self._cell("keywords", CellKind.TEXT, 4000)),
            "languages": lambda: read_codes(self._cell("languages", CellKind.TEXT, 400)),
            "fields": self._fields,
            "dois": lambda: self._parts("dois", read_dois, "doi_not_read"),
            "absences": lambda: self._parts("absences", read_absences, "absence_not_read"),
        }
        for name, read in readers.items():
            if name in self.cells:
                values[name] = read()
        return values

    def _ror(self) -> str:
        text = self._cell("institution_ror_id", CellKind.CODE, 100)
        found = ror_id_in(text)
        if text and not found:
            self.wrong("institution_ror_id", Violation("ror_not_read", "institution_ror_id"))
        return found

    def _country(self) -> str:
        code = self._cell("country_code", CellKind.CODE, 60).upper()
        if code and code not in self.lookups.countries:
            self.wrong("country_code", Violation("country_not_known", "country_code", {"value": code[:60]}))
        return code

    def _load(self) -> int | None:
        text = self._cell("max_load", CellKind.NUMBER, 9)
        return int(text) if text else None

    def _gender(self) -> str:
        text = self._cell("gender", CellKind.TEXT, 60)
        found = self.lookups.genders.get(_folded(text)) if text else Gender.NOT_STATED.value
        if found is None:
            self.wrong("gender", Violation("gender_not_known", "gender"))
        return found or Gender.NOT_STATED.value

    def _fields(self) -> list[str]:
        codes = read_codes(self._cell("fields", CellKind.TEXT, 2000))
        strange = next((code for code in codes if code.casefold() not in self.lookups.fields), None)
        if strange:
            self.wrong("fields", Violation("field_not_of_programme", "fields", {"value": strange[:40]}))
        return sorted(self.lookups.fields[c.casefold()] for c in codes if c.casefold() in self.lookups.fields)

    def _parts(self, name: str, read: Callable[[str], tuple[list[Any], list[str]]], code: str) -> list[Any]:
        found, wrong = read(self._cell(name, CellKind.TEXT, 20_000))
        if wrong:
            self.wrong(name, Violation(code, name, {"value": wrong[0][:60]}))
        return found

    def _check(self) -> None:
        self.problems += [(violation.field, violation) for violation in profile_violations(self.values)]
        for name in ("institution_name", "expertise"):
            hidden = hidden_violation(self.values[name], name)
            if hidden:
                self.wrong(name, hidden)
        if self.person is None and self.email and not any(self.names.values()):
            self.wrong("family_romaji", Violation("name_missing", "family_romaji"))
        if self.reviewer is not None and self.reviewer.agency_id != self.lookups.agency.pk:
            self.wrong("email", Violation("reviewer_in_pool_already", "email"))
        if self.reviewer is None and self.person and self.person.pk in self.lookups.applicants:
            self.wrong("email", Violation("reviewer_is_applicant", "email"))

    def found(self, number: int) -> PoolRow:
        gives_orcid = bool(self.orcid) and self.person is not None and not self.person.orcid
        state = ImportedRow.NEW
        if self.problems:
            state = ImportedRow.WRONG
        elif self.reviewer is not None:
            is_same = self.values == self.before and not gives_orcid
            state = ImportedRow.UNCHANGED if is_same else ImportedRow.CHANGED
        return PoolRow(
            number,
            state,
            self.email,
            self.values,
            self.names,
            self.orcid,
            self.before,
            tuple(self.problems),
            self.reviewer.pk if self.reviewer else None,
        )
