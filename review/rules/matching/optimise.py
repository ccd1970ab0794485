"""An assignment that is as good as can be shown: the relaxation first, whole numbers only where it is fractional."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np

from review.rules.matching.candidates import columns, value_of
from review.rules.matching.checking import shortfalls
from review.rules.matching.relaxation import BELOW, MISSING, Relaxation, Solved
from review.rules.matching.task import Answer, Bools, FloatGrid, Floats, Ints, Limits, Pair, Task
from review.rules.matching.whole import whole_numbers

# Steps in which the floor is looked for, in expertise a proposal: what is finer than that nobody notices.
FLOOR_STEP = 0.01
NEAR_ENOUGH = 1e-6
Progress = Callable[[int, int, str], None]


@dataclass
class Watch:
    """The time that is left."""

    until: float

    def left(self) -> float:
        return self.until - time.perf_counter()


def optimise(
    task: Task, limits: Limits | None = None, progress: Progress = lambda done, total, step: None
) -> Answer:
    """The best assignment that could be found within the limits, and how good it is at the least.

    There always is one: what cannot be met is missing in it, as little of it as can be shown.
    `progress` is called with (done, of how many, which step).
    """
    limits = limits or Limits()
    since = time.perf_counter()
    watch = Watch(since + limits.seconds)
    # The solver's threads are the process's: a number of them that another run has begun with would be refused.
    highspy.Highs.resetGlobalScheduler(True)
    progress(0, 5, "candidates")
    value = value_of(task)
    if not len(task.agency) or not len(task.places):
        short = shortfalls(task, ())
        return Answer((), 0.0, 0.0, short, float(sum(s.missing for s in short)), True, 0.0, 0, 0, 0.0)
    relaxation = Relaxation(task, value, columns(task, value, limits), limits.threads)
    progress(1, 5, "relaxation")
    solved, bound, rounds = _relaxed(relaxation, watch)
    floor = 0.0
    if task.has_floor and solved is not None:
        progress(2, 5, "floor")
        if task.floor_keeps:
            relaxation.hold(_staying(relaxation, solved))
        # The floor may take half of what is left: without whole numbers it would be worth nothing.
        half = Watch(time.perf_counter() + watch.left() / 2)
        floor, solved, bound, more = _floored(relaxation, solved, bound, half)
        rounds += more
    progress(3, 5, "whole")
    chosen, is_integral = whole_numbers(relaxation, solved, bound, watch)
    progress(4, 5, "checks")
    chosen_pairs = tuple(
        sorted(
            (int(p), int(r))
            for p, r in zip(relaxation.proposal[chosen], relaxation.reviewer[chosen], strict=True)
        )
    )
    short = shortfalls(task, chosen_pairs)
    missing = float(solved.missing.sum()) if solved is not None else 0.0
    short_bound = max(0.0, missing - 1e-6)
    worth = worth_of(task, value, chosen_pairs)
    # Both sides of the gap are without the cost of what is missing in the relaxation itself.
    in_all = bound + MISSING * missing + (BELOW * float(solved.below.sum()) if solved is not None else 0.0)
    return Answer(
        pairs=chosen_pairs,
        value=worth,
        bound=max(in_all, worth) if not short else in_all,
        short=short,
        short_bound=short_bound,
        is_integral=is_integral,
        floor=floor,
        rounds=rounds,
        columns=len(relaxation.proposal),
        seconds=time.perf_counter() - since,
    )


def worth_of(task: Task, value: FloatGrid, pairs: tuple[Pair, ...]) -> float:
    """Expertise, what is kept, and balance of an assignment."""
    total = sum(float(value[p, r]) for p, r in pairs)
    if task.balance:
        load = np.bincount([r for _p, r in pairs], minlength=len(task.room))
        most = max(int(task.room.max(initial=1)), 1)
        total -= float(task.balance * (load * (load - 1) / 2).sum() / most)
    return total


def _relaxed(relaxation: Relaxation, watch: Watch) -> tuple[Solved | None, float, int]:
    """Solve, add what is worth it, and again, until nothing is: then the bound is the optimum of all pairs."""
    solved = relaxation.solve(watch.left(), anew=True)
    bound, rounds, best = np.inf, 0, solved
    while solved is not None:
        best = solved
        found, proposals, reviewers = relaxation.priced(solved.dual)
        bound = min(bound, found)
        if (
            not len(proposals)
            or bound - _worth(relaxation, solved) <= NEAR_ENOUGH * max(abs(bound), 1)
            or watch.left() <= 0
        ):
            break
        relaxation.grow(proposals, reviewers)
        rounds += 1
        solved = relaxation.solve(watch.left(), anew=False)
    return best, bound, rounds


def _worth(relaxation: Relaxation, solved: Solved) -> float:
    """The value of a relaxed solution, with what is missing taken off at its cost."""
    return -float(relaxation.highs.getInfo().objective_function_value)


def _staying(relaxation: Relaxation, solved: Solved) -> Ints:
    """The positions of the kept pairs that stay in a relaxed solution."""
    pairs = zip(relaxation.proposal.tolist(), relaxation.reviewer.tolist(), strict=True)
    is_kept = np.array([pair in relaxation.task.kept for pair in pairs], bool)
    return np.flatnonzero(is_kept & (solved.x > 1 - NEAR_ENOUGH))


def _alone(relaxation: Relaxation) -> Floats:
    """The most expertise that each proposal could have if it were alone (P), with what is held in it: no floor can be higher."""
    task = relaxation.task
    found = np.zeros(len(task.places))
    for number, places in enumerate(relaxation.places):
        held = relaxation.pinned[number]
        own = np.where(task.allowed[number] & ~held, task.expertise[number], 0)
        count = min(int(places) - int(held.sum()), len(own))
        found[number] = float(task.expertise[number][held].sum())
        if count > 0:
            found[number] += float(-np.partition(-own, count - 1)[:count].sum())
    return found


def _floored(
    relaxation: Relaxation, solved: Solved, bound: float, watch: Watch
) -> tuple[float, Solved, float, int]:
    """Raise the floor under the proposal that is served worst as high as it goes, in steps; those that lack reviewers in any
    case, or could have no more alone, are no measure for the others.

    Rows are given a floor only once they fall below it, so that the program stays small.
    """
    task, rounds = relaxation.task, 0
    count = len(task.places)
    complete = relaxation_missing(relaxation, solved) <= NEAR_ENOUGH
    if task.floor_keeps:
        # Of what is held in all its places nothing can be raised: it is no measure for the others.
        complete &= relaxation.pinned.sum(axis=1) < relaxation.places
    alone = _alone(relaxation)
    if not complete.any():
        return 0.0, solved, bound, 0
    best_floor = max(0.0, float(_served(relaxation, solved)[complete].min()))
    best = (best_floor, solved, bound)
    low, high = best_floor, float(alone[complete].min())
    rows: Bools = np.zeros(count, bool)
    trial = high  # very often the worst proposal alone decides, and the first trial is the last
    standing = np.zeros(count)  # the floors of the program as it stands, solved
    while high - low > FLOOR_STEP and watch.left() > 0:
        found: Solved | None = solved if not standing.any() and not rows.any() else None
        its_bound = bound
        while True:
            if found is not None:
                below = complete & (_served(relaxation, found) < trial - NEAR_ENOUGH) & ~rows
                if not below.any() or found.below.sum() > NEAR_ENOUGH:
                    break
                rows |= below
            standing = np.where(rows, trial, 0.0)
            relaxation.raise_floor(standing)
            found, its_bound, more = _relaxed(relaxation, watch)
            rounds += more
            if found is None or watch.left() <= 0:
                break
        if (
            found is not None
            and found.below.sum() <= 1e-5
            and found.missing.sum() <= solved.missing.sum() + 1e-5
        ):
            low, best = trial, (trial, found, its_bound)
        else:
            high = trial
        trial = (low + high) / 2
    wanted = np.where(rows, best[0], 0.0)
    if np.array_equal(wanted, standing):
        return (*best, rounds)
    relaxation.raise_floor(wanted)
    again, its_bound, more = _relaxed(relaxation, watch)
    if again is None:
        return best[0], best[1], best[2], rounds
    return best[0], again, its_bound, rounds + more


def relaxation_missing(relaxation: Relaxation, solved: Solved) -> Floats:
    """What is missing of each proposal (P) in a relaxed solution."""
    total: Floats = solved.missing.reshape(relaxation.rules, -1).sum(axis=0)
    return total


def _served(relaxation: Relaxation, solved: Solved) -> Floats:
    """The expertise that each proposal has in a relaxed solution (P)."""
    share = relaxation.task.expertise[relaxation.proposal, relaxation.reviewer] * solved.x
    served: Floats = np.bincount(relaxation.proposal, weights=share, minlength=len(relaxation.places)).astype(
        np.float64
    )
    return served
