"""What an agency may commit, year by year, and why it is as much: reads, as far as a user may see them."""

import itertools
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import memberships_of, organisation_ids
from program.enums import EnvelopeEntryKind
from program.models import Envelope, EnvelopeEntry, Programme
from program.permissions import SEATS


@dataclass(frozen=True)
class EnvelopeRow:
    """One fiscal year of an agency's envelope, or their sum (year None), in the programme's minor units."""

    year: int | None
    public_id: str
    requested: int
    appropriated: int
    committed: int
    left: int


@dataclass(frozen=True)
class EnvelopeTable:
    """An agency's envelopes over the years, and their sum."""

    agency: Organisation
    rows: list[EnvelopeRow]
    total: EnvelopeRow


def envelopes_of_user(user: Any) -> QuerySet[Envelope]:
    """A programme's ministry sees every agency's envelopes, officers of a Japanese agency their own."""
    own = [
        m.organisation_id
        for m in memberships_of(user)
        if m.role in SEATS and m.organisation.country_code == "JP"
    ]
    return Envelope.objects.select_related("agency", "programme").filter(
        Q(programme__ministry__in=organisation_ids(user, Role.MINISTRY_OFFICER)) | Q(agency__in=own)
    )


def envelope_tables(user: Any, programme: Programme) -> list[EnvelopeTable]:
    """The envelopes that the user may see, a table an agency. A request stands beside, and appropriates nothing."""
    envelopes = (
        envelopes_of_user(user)
        .filter(programme=programme)
        .annotate(
            requested=Sum("entries__amount", filter=Q(entries__kind=EnvelopeEntryKind.REQUEST), default=0)
        )
        .order_by("agency__short_name", "agency_id", "fiscal_year")
    )
    tables = []
    for _agency, group in itertools.groupby(envelopes, key=lambda envelope: envelope.agency_id):
        found = list(group)
        rows = [
            EnvelopeRow(e.fiscal_year, e.public_id, e.requested, e.appropriated, e.committed, e.left)
            for e in found
        ]
        total = EnvelopeRow(
            None,
            "",
            sum(row.requested for row in rows),
            sum(row.appropriated for row in rows),
            sum(row.committed for row in rows),
            sum(row.left for row in rows),
        )
        tables.append(EnvelopeTable(found[0].agency, rows, total))
    return tables


@dataclass(frozen=True)
class EntryRow:
    """An entry, and what was appropriated after it: in its year, and to its agency over all years."""

    entry: EnvelopeEntry
    year_sum: int
    agency_sum: int


def entry_rows(user: Any, programme: Programme) -> list[EntryRow]:
    """Every entry of the programme's envelopes that the user may see, oldest first. A request adds nothing to a sum."""
    entries = (
        EnvelopeEntry.objects.filter(envelope__in=envelopes_of_user(user).filter(programme=programme))
        .select_related("envelope__agency", "envelope__programme", "by__person")
        .order_by("at", "id")
    )
    by_year: dict[int, int] = {}
    by_agency: dict[int, int] = {}
    rows = []
    for entry in entries:
        added = 0 if entry.kind == EnvelopeEntryKind.REQUEST else entry.amount
        envelope = entry.envelope
        by_year[envelope.pk] = by_year.get(envelope.pk, 0) + added
        by_agency[envelope.agency_id] = by_agency.get(envelope.agency_id, 0) + added
        rows.append(EntryRow(entry, by_year[envelope.pk], by_agency[envelope.agency_id]))
    return rows


@dataclass(frozen=True)
class YearChanges:
    """What was asked for, given at first, added and taken in one fiscal year of an agency, in minor units, none below zero."""

    year: int
    asked: int
    given: int
    added: int
    taken: int

    @property
    def stands(self) -> int:
        return self.given + self.added - self.taken


@dataclass(frozen=True)
class AgencyHistory:
    """The entries of one agency, oldest first, and what they come to in each fiscal year."""

    agency: Organisation
    entries: list[EntryRow]
    years: list[YearChanges]


def agency_histories(rows: list[EntryRow]) -> list[AgencyHistory]:
    """The entries by agency, in the order of their short names."""
    by_agency: dict[int, list[EntryRow]] = {}
    for row in rows:
        by_agency.setdefault(row.entry.envelope.agency_id, []).append(row)
    histories = [
        AgencyHistory(found[0].entry.envelope.agency, found, _years(found)) for found in by_agency.values()
    ]
    return sorted(histories, key=lambda history: (history.agency.short_name, history.agency.pk))


def _years(rows: list[EntryRow]) -> list[YearChanges]:
    sums: dict[int, dict[str, int]] = {}
    for row in rows:
        of_year = sums.setdefault(row.entry.envelope.fiscal_year, {})
        of_year[row.entry.kind] = of_year.get(row.entry.kind, 0) + abs(row.entry.amount)
    kinds = (
        EnvelopeEntryKind.REQUEST,
        EnvelopeEntryKind.APPROPRIATION,
        EnvelopeEntryKind.ADDITION,
        EnvelopeEntryKind.REDUCTION,
    )
    return [
        YearChanges(year, *(found.get(kind, 0) for kind in kinds)) for year, found in sorted(sums.items())
    ]
