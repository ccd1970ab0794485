"""Effort (エフォート): nobody gives more than all of their working time in one fiscal year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kernel.violations import Violation

ALL = 100
Source = Literal["here", "elsewhere", "grant"]


@dataclass(frozen=True)
class Commitment:
    """Percent of a person's working time in the fiscal years from `first_year` to `last_year`: in this proposal (`here`),
    in another proposal or project of the portal (`elsewhere`), or in another grant that was declared (`grant`)."""

    person: int
    source: Source
    percent: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Load:
    """What a person's commitments come to in each of the fiscal years from `first_year` to `last_year`."""

    person: int
    first_year: int
    last_year: int
    here: int = 0
    elsewhere: int = 0
    grants: int = 0

    @property
    def total(self) -> int:
        return self.here + self.elsewhere + self.grants

    @property
    def sums(self) -> tuple[int, int, int]:
        return self.here, self.elsewhere, self.grants


def loads(commitments: Iterable[Commitment], years: Sequence[int]) -> list[Load]:
    """The loads of everybody who has a part in this proposal, in its fiscal years; years that follow each other and have the
    same sums are one load. By person in the order in which they come, then by year."""
    known = list(commitments)
    found: list[Load] = []
    for person in dict.fromkeys(c.person for c in known if c.source == "here"):
        own = [c for c in known if c.person == person]
        for year in years:
            load = _load(person, own, year)
            last = found[-1] if found else None
            if last and last.person == person and last.sums == load.sums:
                found[-1] = replace(last, last_year=year)
            else:
                found.append(load)
    return found


def _load(person: int, commitments: Sequence[Commitment], year: int) -> Load:
    def of(source: Source) -> int:
        return sum(
            c.percent for c in commitments if c.source == source and c.first_year <= year <= c.last_year
        )

    return Load(person, year, year, of("here"), of("elsewhere"), of("grant"))


def overload(load: Load, name: str) -> Violation | None:
    """`effort_over` with the sums, if the load is more than all of somebody's working time. Which other proposals it comes
    from is not said: not everybody on a team may see them."""
    if load.total <= ALL:
        return None
    params = {
        "name": name,
        "first": load.first_year,
        "last": load.last_year,
        "total": load.total,
        "here": load.here,
        "elsewhere": load.elsewhere,
        "grants": load.grants,
    }
    return Violation("effort_over" if load.first_year == load.last_year else "effort_over_years", "", params)


def grant_violations(first_year: int, last_year: int, effort_percent: int) -> list[Violation]:
    """What is wrong with another grant as it is declared."""
    return [
        *([Violation("ends_before_start", "last_year")] if last_year < first_year else []),
        *([Violation("effort_out_of_range", "effort_percent")] if not 0 <= effort_percent <= ALL else []),
    ]
