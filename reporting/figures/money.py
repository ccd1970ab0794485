"""What was allocated and paid, straight from the ledger's entries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from projects.enums import COMMITTING, EntryKind
from projects.models import LedgerEntry, Project

_SIDES = {
    **dict.fromkeys(COMMITTING, "allocated"),
    EntryKind.CARRY_IN: "carried_in",
    EntryKind.CARRY_OUT: "carried_out",
    EntryKind.RETURN: "returned",
    EntryKind.PAYMENT: "paid",
}
SIDES = ("allocated", "carried_in", "carried_out", "returned", "paid")


@dataclass
class Sums:
    """Sums of entries in minor units, and the public ids of the entries behind them."""

    allocated: int = 0
    carried_in: int = 0
    carried_out: int = 0
    returned: int = 0
    paid: int = 0
    entries: list[str] = field(default_factory=list)

    def take(self, entry: LedgerEntry) -> None:
        side = _SIDES[EntryKind(entry.kind)]
        setattr(self, side, getattr(self, side) + entry.amount)
        self.entries.append(entry.public_id)

    @property
    def available(self) -> int:
        """What may be spent: allocation + carried in − carried out − returned."""
        return self.allocated + self.carried_in - self.carried_out - self.returned

    @property
    def left(self) -> int:
        return self.available - self.paid


def entries_of(projects: Iterable[Project], *, until: int) -> list[LedgerEntry]:
    """The entries of `projects` that belong to the fiscal years up to `until`, in the order of the ledger. One query:
    whatever is summed from them belongs to one moment."""
    return list(
        LedgerEntry.objects.filter(project__in=[project.pk for project in projects], fiscal_year__lte=until)
        .select_related("project", "corrects")
        .order_by("id")
    )


def sums_by(entries: Iterable[LedgerEntry], key: Callable[[LedgerEntry], Any]) -> dict[Any, Sums]:
    """The entries' sums by `key`, in the order of the keys."""
    found: dict[Any, Sums] = {}
    for entry in entries:
        found.setdefault(key(entry), Sums()).take(entry)
    return dict(sorted(found.items()))


def sums_of(entries: Iterable[LedgerEntry]) -> Sums:
    """The sums of all of them."""
    whole = Sums()
    for entry in entries:
        whole.take(entry)
    return whole
