"""The table of a pool: its columns, somebody of the pool as a row, and what would become of a row."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kernel.choices import label
from kernel.violations import Violation
from program.enums import ImportedRow
from review.enums import Gender
from review.models import Reviewer
from review.profiles import profile_of
from review.rules.profiles import joined, period_words

NAMES = ("family_kanji", "given_kanji", "family_romaji", "given_romaji")
# Of each column: its name and its heading; a table is read by either language's headings, or by the names.
COLUMNS: dict[str, str | Promise] = {
    "email": _("E-mail of the person"),
    "family_kanji": _("Family name (kanji)"),
    "given_kanji": _("Given name (kanji)"),
    "family_romaji": _("Family name (Latin letters)"),
    "given_romaji": _("Given name (Latin letters)"),
    "orcid": _("ORCID iD"),
    "institution_name": _("Institution"),
    "institution_ror_id": _("ROR id of the institution"),
    "country_code": _("Country (two letters)"),
    "expertise": _("Expertise"),
    "keywords": _("Keywords"),
    "fields": _("Codes of the fields"),
    "dois": _("Publications (DOI)"),
    "languages": _("Languages (ISO 639-1)"),
    "max_load": _("Proposals at most"),
    "gender": _("Gender"),
    "absences": _("Days away"),
}
Problem = tuple[str, Violation]


@dataclass(frozen=True)
class PoolRow:
    """What would become of one row; `before` is the profile that stands, empty for somebody new."""

    number: int
    state: ImportedRow
    email: str
    values: dict[str, Any]
    names: dict[str, str]
    orcid: str = ""
    before: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    reviewer_id: int | None = None

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(name, before, after) of what the row would change, as text."""
        return [
            (name, as_cell(name, self.before.get(name)), as_cell(name, value))
            for name, value in self.values.items()
            if self.before.get(name) != value and (self.before or value)
        ]


@dataclass(frozen=True)
class PoolComparison:
    rows: list[PoolRow]

    def of(self, *states: ImportedRow) -> list[PoolRow]:
        return [row for row in self.rows if row.state in states]

    @property
    def digest(self) -> str:
        """Changes with anything that would be written."""
        told = [(r.number, r.state.value, r.email, r.values, r.names, r.orcid, r.before) for r in self.rows]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def as_cell(name: str, value: Any) -> str:
    """A profile's value as it stands in a cell."""
    if value is None:
        return ""
    if name == "absences":
        return period_words(value)
    if name == "gender":
        return label(Gender(value))
    return joined(value) if isinstance(value, list) else str(value)


def headings() -> list[str]:
    return [str(words) for words in COLUMNS.values()]


def row_of(reviewer: Reviewer) -> list[str]:
    """Somebody of the pool as a row of the table; prefetched by `with_profile`."""
    person, profile = reviewer.person, profile_of(reviewer)
    own = {"email": person.email or (person.user.email if person.user else ""), "orcid": person.orcid}
    own |= {name: getattr(person, name) for name in NAMES}
    return [own[name] if name in own else as_cell(name, profile[name]) for name in COLUMNS]
