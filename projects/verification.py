"""Whether every account says what its entries add up to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, Sum

from program.models import Envelope
from projects.enums import COMMITTING, EntryKind
from projects.models import CapAccount, LedgerEntry, SpendAccount
from projects.queries import AMOUNT_AVAILABLE
from proposals.enums import BudgetCategory

# What holds the ledger together in the database. SQLite loses a table's triggers when a migration builds it anew.
TRIGGERS = frozenset(
    {
        "program_envelope_entry_counts",
        "program_envelope_entry_stays",
        "projects_cap_begins",
        "projects_cap_keeps_its_place",
        "projects_cap_stays",
        "projects_cap_total_by_entries",
        "projects_envelope_begins",
        "projects_envelope_keeps_its_place",
        "projects_envelope_stays",
        "projects_envelope_total_by_entries",
        "projects_ledger_admits",
        "projects_ledger_counts",
        "projects_ledger_stays",
        "projects_project_keeps_its_envelopes",
        "projects_spend_begins",
        "projects_spend_keeps_its_place",
        "projects_spend_stays",
        "projects_spend_total_by_entries",
    }
)
# SQLite has one trigger an event.
TRIGGERS_OF_SQLITE = frozenset({"program_envelope_entry_stays_unchanged", "projects_ledger_stays_unchanged"})
TRIGGERS_THERE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal",
}


def missing_triggers() -> list[str]:
    """The triggers of the ledger that the database does not have, by name."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS_THERE[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    wanted = TRIGGERS | TRIGGERS_OF_SQLITE if connection.vendor == "sqlite" else TRIGGERS
    return sorted(wanted - there)


@dataclass(frozen=True)
class Difference:
    """An account (`what`, its key and figure) that says `found` where its entries add up to `expected`, in yen."""

    what: str
    expected: int
    found: int


def ledger_differences() -> Iterator[Difference]:
    """Add up the whole ledger and name each account that says otherwise, has another limit than its cap and its exceptions give it, or is beyond it."""
    committing = LedgerEntry.objects.filter(kind__in=COMMITTING)
    for envelope in Envelope.objects.select_related("agency").order_by("pk"):
        entries = committing.filter(
            project__programme=envelope.programme_id,
            project__agency=envelope.agency_id,
            fiscal_year=envelope.fiscal_year,
        )
        name = f"envelope {envelope.agency.short_name} FY{envelope.fiscal_year} committed"
        yield from _compared(name, entries.aggregate(sum=Sum("amount"))["sum"] or 0, envelope.committed)
        counted = envelope.entries.exclude(kind="request").aggregate(sum=Sum("amount"))["sum"] or 0
        yield from _compared(name.replace("committed", "appropriated"), counted, envelope.appropriated)
    raised = Sum("exceptions__amount", filter=Q(exceptions__is_approved=True), default=0)
    accounts = CapAccount.objects.annotate(raised=raised)
    for account in accounts.select_related("project", "cap").order_by("pk"):
        which = Q(project=account.project_id)
        if account.fiscal_year:
            which &= Q(fiscal_year=account.fiscal_year)
        if not account.counts_indirect:
            which &= ~Q(category=BudgetCategory.INDIRECT)
        total = committing.filter(which).aggregate(sum=Sum("amount"))["sum"] or 0
        name = f"cap of {account.project.number} FY{account.fiscal_year or 'all'}"
        yield from _compared(name, total, account.total)
        yield from _compared(f"{name} limit", (account.cap.limit_yen or 0) + account.raised, account.limit)
        if total > account.limit:
            yield Difference(f"{name} above its limit", account.limit, total)
    for spend in SpendAccount.objects.select_related("project").order_by("pk"):
        entries = LedgerEntry.objects.filter(project=spend.project_id, fiscal_year=spend.fiscal_year)
        sums = entries.aggregate(
            available=Sum(AMOUNT_AVAILABLE), paid=Sum("amount", filter=Q(kind=EntryKind.PAYMENT))
        )
        name = f"{spend.project.number} FY{spend.fiscal_year}"
        yield from _compared(f"{name} available", sums["available"] or 0, spend.available)
        yield from _compared(f"{name} paid", sums["paid"] or 0, spend.paid)


def _compared(what: str, expected: int, found: int) -> Iterator[Difference]:
    if expected != found:
        yield Difference(what, expected, found)
