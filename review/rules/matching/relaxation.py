"""The linear program of an assignment, in HiGHS: elastic, so that it always has a solution, and growing by what is worth it."""

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from review.rules.matching.candidates import BLOCK
from review.rules.matching.task import FloatGrid, Floats, Ints, Task

# What a missing reviewer costs, in units of expertise: more than any chain of changes could bring. And what a unit of
# expertise below the floor costs: more than it could bring, but less than a missing reviewer.
MISSING = 1_000.0
BELOW = 200.0
WORTH = 1e-6
MOST_NEW = 6  # columns a proposal and round


class SolverFailed(Exception):
    """HiGHS ended with an error: not that there is no solution, which the elastic program always has."""


class _Silent(highspy.Highs):
    """The solver writes its name on standard output as soon as it listens: be silent before that."""

    def enableCallbacks(self) -> None:  # noqa: N802  the library's name
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()


def solver(threads: int) -> highspy.Highs:
    """A silent solver that gives the same answer every time."""
    highs = _Silent()
    highs.setOptionValue("threads", threads)
    highs.setOptionValue("random_seed", 1)
    return highs


def run(highs: highspy.Highs) -> None:
    """Solve what the solver holds.

    Raises:
        SolverFailed: it could not even begin.
    """
    if highs.run() == highspy.HighsStatus.kError:
        raise SolverFailed(highs.modelStatusToString(highs.getModelStatus()))


@dataclass(frozen=True, eq=False)
class Solved:
    """The relaxation's solution: how much of each column, what is missing in each row, and the prices of the rows."""

    x: Floats
    missing: Floats
    below: Floats
    dual: Floats


class Relaxation:
    """Columns are pairs; rows are, of each proposal, its places, each agency's and outside's least and its floor; and the
    reviewers' rooms. What is missing has columns of its own."""

    def __init__(self, task: Task, value: FloatGrid, pairs: tuple[Ints, Ints], threads: int) -> None:
        self.task, self.value = task, value
        proposals, reviewers, agencies = task.shape
        self.proposal, self.reviewer = (np.asarray(one, np.int64) for one in pairs)
        self.rules = 1 + agencies + 1  # a proposal's rows before its floor
        self.rooms = proposals * (self.rules + 1)
        self.pinned = np.zeros((proposals, reviewers), bool)
        for one, other in task.pinned:
            self.pinned[one, other] = True
        held = self.pinned.sum(axis=0)
        self.room = np.maximum(task.room, held)
        self.places = np.maximum(task.places, self.pinned.sum(axis=1))
        self.floor = np.zeros(proposals)
        self.threads = threads
        self.highs = solver(threads)
        self._rows()
        self._elastic()
        self._slots()
        self.first = self.highs.getNumCol()
        self._add(self.proposal, self.reviewer)

    # --- the model

    def _rows(self) -> None:
        task, (proposals, reviewers, agencies) = self.task, self.task.shape
        low = [
            self.places,
            *task.least.T,
            task.least_outside,
            np.zeros(proposals),
            np.full(reviewers, -np.inf),
        ]
        infinite = np.full(proposals, np.inf)
        room = self.room if not task.balance else np.zeros(reviewers)
        high = [self.places, *([infinite] * (agencies + 2)), room]
        self.low = np.concatenate([np.asarray(one, float) for one in low])
        self.high = np.concatenate([np.asarray(one, float) for one in high])
        count = len(self.low)
        empty = np.zeros(count, np.int32)
        none = (np.zeros(0, np.int32), np.zeros(0))
        self.highs.addRows(count, self.low, self.high, 0, empty, *none)

    def _columns(
        self, cost: Floats, low: Floats, high: Floats, starts: Ints, rows: Ints, entries: Floats
    ) -> None:
        self.highs.addCols(
            len(cost), cost, low, high, len(rows), starts.astype(np.int32), rows.astype(np.int32), entries
        )

    def _elastic(self) -> None:
        """A column for what each row of the proposals misses; the floor's is cheaper."""
        proposals = len(self.places)
        cost = np.concatenate([np.full(proposals * self.rules, MISSING), np.full(proposals, BELOW)])
        rows = np.arange(self.rooms)
        zero, infinite = np.zeros(self.rooms), np.full(self.rooms, np.inf)
        self._columns(cost, zero, infinite, rows, rows, np.ones(self.rooms))

    def _slots(self) -> None:
        """With balance, a reviewer's room is places each of which costs more than the one before."""
        if not self.task.balance:
            self.slot_cost, self.slot_of = np.zeros(0), np.zeros(0, np.int64)
            return
        self.slot_of = np.repeat(np.arange(len(self.room)), self.room)
        starts = np.cumsum(self.room) - self.room
        number = np.arange(len(self.slot_of)) - np.repeat(starts, self.room)
        self.slot_cost = self.task.balance * number / max(int(self.room.max(initial=1)), 1)
        one, zero = np.ones(len(number)), np.zeros(len(number))
        self._columns(self.slot_cost, zero, one, np.arange(len(number)), self.rooms + self.slot_of, -one)

    def _add(self, proposal: Ints, reviewer: Ints) -> None:
        """Columns for pairs: each stands in the rows of its places, its agency, perhaps outside, its floor, and its reviewer's room."""
        task, count = self.task, len(self.places)
        agencies = task.shape[2]
        outside = task.outside[reviewer]
        entries = 4 + outside.astype(np.int64)
        starts = np.cumsum(entries) - entries
        rows = np.empty(int(entries.sum()), np.int64)
        factors = np.ones(len(rows))
        rows[starts] = proposal
        rows[starts + 1] = (1 + task.agency[reviewer]) * count + proposal
        rows[starts + 2] = self.rules * count + proposal
        factors[starts + 2] = task.expertise[proposal, reviewer]
        rows[starts + 3] = self.rooms + reviewer
        rows[starts[outside] + 4] = (1 + agencies) * count + proposal[outside]
        low = self.pinned[proposal, reviewer].astype(float)
        cost = -self.value[proposal, reviewer].astype(float)
        self._columns(cost, low, np.ones(len(proposal)), starts, rows, factors)

    def grow(self, proposal: Ints, reviewer: Ints) -> None:
        self._add(proposal, reviewer)
        self.proposal = np.concatenate([self.proposal, proposal])
        self.reviewer = np.concatenate([self.reviewer, reviewer])

    def hold(self, columns: Ints) -> None:
        """Have these columns (positions) chosen whatever they cost, as if they were pinned. A solution with all of them at 1 was
        found, so that there is room and place for them."""
        for column in columns:
            self.highs.changeColBounds(int(self.first + column), 1.0, 1.0)
        self.pinned[self.proposal[columns], self.reviewer[columns]] = True

    def raise_floor(self, floor: Floats) -> None:
        """Ask for so much expertise of each proposal (P)."""
        count = len(self.places)
        rows = np.flatnonzero(floor != self.floor)
        for row in rows:
            self.highs.changeRowBounds(int(self.rules * count + row), float(floor[row]), np.inf)
        self.floor = floor.copy()
        self.low[self.rules * count : (self.rules + 1) * count] = floor

    # --- solving

    def solve(self, seconds: float, *, anew: bool) -> Solved | None:
        """The optimum, or None where time ran out. The first time by the interior point method, then from where it stood."""
        self.highs.setOptionValue("solver", "ipm" if anew and len(self.proposal) > 20_000 else "choose")
        self.highs.setOptionValue("time_limit", float(self.highs.getRunTime() + max(seconds, 0.1)))
        run(self.highs)
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self.highs.getSolution()
        values, dual = np.array(found.col_value), np.array(found.row_dual)
        missing = values[: len(self.places) * self.rules]
        below = values[len(self.places) * self.rules : self.rooms]
        return Solved(values[self.first :], missing, below, dual)

    def priced(self, dual: Floats, most_new: int = MOST_NEW) -> tuple[float, Ints, Ints]:
        """What no assignment can be worth more than (with what is missing taken off at its cost), as these prices prove over all
        pairs that are allowed; and the pairs that are not in the program yet and would make it better."""
        task, (proposals, reviewers, agencies) = self.task, self.task.shape
        of_places, of_room = dual[:proposals], dual[self.rooms :]
        of_agency = dual[proposals : proposals * (1 + agencies)].reshape(agencies, proposals)
        of_outside = dual[proposals * (1 + agencies) : proposals * self.rules]
        of_floor = dual[proposals * self.rules : self.rooms]
        held = np.zeros((BLOCK, reviewers), bool)
        order = np.argsort(self.proposal, kind="stable")
        ends = np.searchsorted(self.proposal[order], np.arange(proposals + 1))
        new: list[tuple[Ints, Ints]] = []
        # Prices may be off by the solver's tolerance; with their signs as they must be, the bound holds whatever they are.
        of_room = np.minimum(of_room, 0)
        of_places = np.minimum(of_places, MISSING)
        of_agency, of_outside = np.clip(of_agency, 0, MISSING), np.clip(of_outside, 0, MISSING)
        of_floor = np.clip(of_floor, 0, BELOW)
        bound = -float(
            of_places @ self.places + (of_agency * task.least.T).sum() + of_outside @ task.least_outside
        )
        bound -= float(of_floor @ self.floor)
        if task.balance:
            bound -= float(np.minimum(0, self.slot_cost + of_room[self.slot_of]).sum())
        else:
            bound -= float(of_room @ self.room)
        for start in range(0, proposals, BLOCK):
            part = slice(start, min(start + BLOCK, proposals))
            gain = self.value[part] * 1.0 + of_room + of_places[part, None]
            gain = gain + of_agency.T[part][:, task.agency] + np.outer(of_outside[part], task.outside)
            if of_floor[part].any():
                gain = gain + task.expertise[part] * of_floor[part, None]
            pinned = self.pinned[part]
            bound += float(gain[pinned].sum())
            gain[~task.allowed[part] | pinned] = -1.0
            free = self.places[part] - pinned.sum(axis=1)
            bound += _best_sum(gain, free)
            held[:] = False
            inside = order[ends[part.start] : ends[part.stop]]
            held[self.proposal[inside] - start, self.reviewer[inside]] = True
            new.append(_worth_adding(np.where(held[: len(gain)], -1.0, gain), start, most_new))
        return bound, np.concatenate([n[0] for n in new]), np.concatenate([n[1] for n in new])


def _best_sum(gain: npt.NDArray[np.floating], free: Ints) -> float:
    """The sum of the `free` greatest gains above 0 of each row."""
    most = min(int(free.max(initial=0)), gain.shape[1])
    if most <= 0:
        return 0.0
    best = -np.sort(np.partition(-gain, most - 1, axis=1)[:, :most], axis=1)
    best = np.where(np.arange(most) < free[:, None], np.maximum(best, 0), 0)
    return float(best.sum(dtype=float))


def _worth_adding(gain: npt.NDArray[np.floating], start: int, most_new: int) -> tuple[Ints, Ints]:
    count = min(most_new, gain.shape[1])
    places = np.argpartition(-gain, count - 1, axis=1)[:, :count]
    rows, columns = np.nonzero(np.take_along_axis(gain, places, 1) > WORTH)
    return rows + start, places[rows, columns].astype(np.int64)
