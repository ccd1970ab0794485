"""What is asked of an assignment, and what an answer is: arrays and plain values, positions in place of keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

FloatGrid = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Pair = tuple[int, int]


class BelowWhy(StrEnum):
    """Why a proposal is served below the floor."""

    # Reviewers are missing whoever is chosen.
    MISSING = "missing"
    # Nobody who may review it knows more.
    ALONE = "alone"
    # What was given stays, and leaves no place for who knows more.
    KEPT = "kept"
    # Who knows more is needed elsewhere.
    SHARED = "shared"


class Rule(StrEnum):
    """What a proposal may lack, and the one thing that a reviewer may have too much of."""

    REVIEWERS = "reviewers"
    AGENCY = "agency"
    OUTSIDE = "outside"
    LOAD = "load"


@dataclass(frozen=True, eq=False)
class Task:
    """An assignment to be found, for P proposals, R reviewers and A agencies.

    `expertise` (P × R, 0 to 1) says how well a reviewer knows a proposal's subject; `allowed` (P × R) which pairs may be made at
    all: no conflict, a language in common, nobody's veto. `pinned` pairs stand whatever they cost, allowed or not.
    `agency` (R) is each reviewer's agency, 0 to A − 1; `outside` (R) whether they come from none of the agencies' countries;
    `room` (R) the most proposals each takes, the pinned ones among them.
    `places` (P) is how many reviewers each proposal needs, `least` (P × A) how many of each agency at the least,
    `least_outside` (P) how many from outside.
    `kept` are pairs that should not be changed without need: what keeping each is worth, in units of expertise.
    `balance` is what a reviewer's last place costs more than the first, in units of expertise; 0 lets loads fall as they may.
    `has_floor`: first the proposal that is served worst is served as well as can be, then the sum is made as great as can be.
    `floor_keeps`: but no kept pair that would stay without a floor is changed for its sake.
    """

    expertise: FloatGrid
    allowed: Bools
    agency: Ints
    outside: Bools
    room: Ints
    places: Ints
    least: Ints
    least_outside: Ints
    pinned: frozenset[Pair] = frozenset()
    kept: Mapping[Pair, float] = field(default_factory=dict)
    balance: float = 0.0
    has_floor: bool = False
    floor_keeps: bool = False

    @property
    def shape(self) -> tuple[int, int, int]:
        """P, R, A."""
        proposals, agencies = self.least.shape
        return proposals, len(self.agency), agencies


@dataclass(frozen=True)
class Limits:
    """How long and how widely to look: seconds in all, threads, the best candidates of a proposal to begin with; a task of up
    to `whole` pairs is looked at with all of them from the beginning."""

    seconds: float = 60.0
    threads: int = 2
    candidates: int = 50
    whole: int = 20_000


@dataclass(frozen=True)
class Shortfall:
    """A rule that cannot be met: of which proposal (for a load: of which reviewer), by how many, of which agency."""

    rule: Rule
    of: int
    missing: int
    agency: int | None = None


@dataclass(frozen=True)
class Below:
    """A proposal that is served below the floor: by how much expertise, and why."""

    of: int
    by: float
    why: BelowWhy


@dataclass(frozen=True)
class Answer:
    """Pairs in order, and what is known of how good they are.

    `value` is the sum of expertise with what keeping and balance are worth; `bound` is the most that any assignment of the same
    shortfall could have, as the linear relaxation proves; `gap` is their difference as a share of the bound. `short_bound`: at least so
    much is missing in every assignment. `is_integral`: the relaxation had no fractions. `floor` is the expertise that the
    worst served proposal was to have, 0 where none was asked for; `rounds` how often columns were added.
    """

    pairs: tuple[Pair, ...]
    value: float
    bound: float
    short: tuple[Shortfall, ...]
    short_bound: float
    is_integral: bool
    floor: float
    rounds: int
    columns: int
    seconds: float

    @property
    def gap(self) -> float:
        return max(0.0, self.bound - self.value) / self.bound if self.bound > 0 else 0.0
