"""What a project's ledger adds up to, and how far money may move without approval. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from projects.enums import COMMITTING, EntryKind
from projects.rules.awarding import INDIRECT

# A published rule of the sister programmes: half of the year's direct cost, or ¥5M where that is more.
VIREMENT_SHARE = Fraction(1, 2)
VIREMENT_FLOOR = 5_000_000

Key = tuple[int, str]


@dataclass(frozen=True)
class Sums:
    """Sums of entries, in minor units: allocations with their changes, and what moved since."""

    allocated: int = 0
    changed: int = 0
    carried_in: int = 0
    carried_out: int = 0
    returned: int = 0
    paid: int = 0

    @property
    def available(self) -> int:
        """What may be spent, paid or not."""
        return self.allocated + self.carried_in - self.carried_out - self.returned

    @property
    def left(self) -> int:
        return self.available - self.paid

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.allocated + other.allocated,
            self.changed + other.changed,
            self.carried_in + other.carried_in,
            self.carried_out + other.carried_out,
            self.returned + other.returned,
            self.paid + other.paid,
        )


def summed(rows: Iterable[tuple[int, str, str, int]]) -> dict[Key, Sums]:
    """`(fiscal year, category, kind, amount)` of entries, or of groups of them, by year and category."""
    found: dict[Key, Sums] = {}
    for year, category, kind, amount in rows:
        one = Sums(
            allocated=amount if kind in COMMITTING else 0,
            changed=amount if kind == EntryKind.CHANGE else 0,
            carried_in=amount if kind == EntryKind.CARRY_IN else 0,
            carried_out=amount if kind == EntryKind.CARRY_OUT else 0,
            returned=amount if kind == EntryKind.RETURN else 0,
            paid=amount if kind == EntryKind.PAYMENT else 0,
        )
        found[year, category] = found.get((year, category), Sums()) + one
    return found


def of_year(sums: Mapping[Key, Sums], year: int) -> Sums:
    """All categories of a fiscal year together."""
    return sum((one for (own, _category), one in sums.items() if own == year), Sums())


def moved_between_categories(sums: Mapping[Key, Sums], year: int) -> int:
    """What went from one direct category of the year to another: the lesser of all that was added and all that was taken."""
    changes = [one.changed for (own, category), one in sums.items() if own == year and category != INDIRECT]
    return min(sum(c for c in changes if c > 0), -sum(c for c in changes if c < 0))


def with_move(sums: Mapping[Key, Sums], year: int, source: str, target: str, amount: int) -> dict[Key, Sums]:
    """The sums as they would be after `amount` moved from one category of the year to another."""
    moved = dict(sums)
    for category, change in ((source, -amount), (target, amount)):
        moved[year, category] = moved.get((year, category), Sums()) + Sums(allocated=change, changed=change)
    return moved


def virement_limit(sums: Mapping[Key, Sums], year: int) -> int:
    """Up to how much may move between direct categories of the year without approval, cut to the minor unit."""
    direct = sum(
        one.allocated for (own, category), one in sums.items() if own == year and category != INDIRECT
    )
    return max(int(direct * VIREMENT_SHARE), VIREMENT_FLOOR)


def share(part: int, whole: int) -> Fraction | None:
    """The share that `part` is of `whole`; None of nothing. So the money used for exchange is compared with its target."""
    return Fraction(part, whole) if whole else None
