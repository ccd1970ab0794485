"""Which pairs are looked at first: the best of each proposal, at prices that spread the reviewers' room.

A pair that is left out here is no less possible: what the linear program shows to be worth it is added to it afterwards.
"""

import numpy as np
import numpy.typing as npt

from review.rules.matching.task import Bools, FloatGrid, Floats, Ints, Limits, Task

NOTHING = np.float32(-9.0)
BLOCK = 500  # proposals at a time, so that memory does not grow with their number
STEPS = 120


def value_of(task: Task) -> FloatGrid:
    """What each pair is worth (P × R): its expertise, and what keeping it is worth."""
    if not task.kept:
        return task.expertise
    value = task.expertise.copy()
    for (proposal, reviewer), worth in task.kept.items():
        value[proposal, reviewer] += worth
    return value


def groups_of(task: Task) -> list[tuple[Bools, int]]:
    """The reviewers whom some rule asks for, each with the greatest number asked for of them by any proposal."""
    found = [(np.ones(len(task.agency), bool), int(task.places.max(initial=0)))]
    for agency in range(task.shape[2]):
        of_agency = task.agency == agency
        found.append((of_agency, int(task.least[:, agency].max(initial=0))))
        found.append((of_agency & task.outside, int(task.least_outside.max(initial=0))))
    return [(group, asked) for group, asked in found if asked and group.any()]


def best_of(task: Task, value: FloatGrid, most: int) -> npt.NDArray[np.int32]:
    """The reviewers of each proposal to begin with (P × K, −1 where there are fewer): the best, and enough of every group."""
    wanted = [
        (group, most if place == 0 else 4 * asked) for place, (group, asked) in enumerate(groups_of(task))
    ]
    rows: list[npt.NDArray[np.int32]] = []
    width = 1
    for start in range(0, len(value), BLOCK):
        part = np.where(task.allowed[start : start + BLOCK], value[start : start + BLOCK], NOTHING)
        taken = np.zeros(part.shape, bool)
        for group, count in wanted:
            mark_best(part if group.all() else np.where(group, part, NOTHING), count, taken)
        for row in taken:
            rows.append(np.flatnonzero(row).astype(np.int32))
            width = max(width, len(rows[-1]))
    found = np.full((len(value), width), -1, np.int32)
    for number, row in enumerate(rows):
        found[number, : len(row)] = row
    return found


def mark_best(part: npt.NDArray[np.floating], count: int, taken: Bools) -> None:
    """Mark in `taken` the `count` best of each row that are there at all."""
    count = min(count, part.shape[1])
    if count < part.shape[1]:
        places = np.argpartition(-part, count - 1, axis=1)[:, :count]
    else:
        places = np.broadcast_to(np.arange(count), part.shape)
    is_there = np.take_along_axis(part, places, 1) > NOTHING
    rows = np.broadcast_to(np.arange(len(part))[:, None], places.shape)
    taken[rows[is_there], places[is_there]] = True


def columns(task: Task, value: FloatGrid, limits: Limits) -> tuple[Ints, Ints]:
    """The pairs of the first linear program: (proposals, reviewers), with all that are pinned or kept."""
    _proposals, reviewers, _agencies = task.shape
    if task.allowed.size <= limits.whole:
        every = task.allowed.copy()
        for p, r in task.pinned:
            every[p, r] = True
        proposal, reviewer = np.nonzero(every)
        return proposal.astype(np.int64), reviewer.astype(np.int64)
    most = limits.candidates
    near = best_of(task, value, most)
    known = near >= 0
    own = np.where(known, np.take_along_axis(value, np.maximum(near, 0), 1), NOTHING)
    price = _prices(task, near, own)
    worth = np.where(known, own - price[np.maximum(near, 0)], NOTHING)
    taken = np.zeros(near.shape, bool)
    for group, asked in groups_of(task):
        inside = known & group[np.maximum(near, 0)]
        mark_best(np.where(inside, worth, NOTHING), 3 * asked, taken)
    row, column = np.nonzero(taken)
    keys = {int(p) * reviewers + int(r) for p, r in task.pinned}
    keys |= {int(p) * reviewers + int(r) for p, r in task.kept if task.allowed[p, r]}
    found = np.union1d(row * reviewers + near[row, column], np.array(sorted(keys), np.int64))
    return found // max(reviewers, 1), found % max(reviewers, 1)


def _prices(task: Task, near: npt.NDArray[np.int32], own: npt.NDArray[np.floating]) -> Floats:
    """Prices of the reviewers' room (R): whoever is wanted beyond it becomes dearer, step by step smaller."""
    count = min(int(task.places.max(initial=1)) or 1, near.shape[1])
    ranked = -np.sort(-own, axis=1)
    far = min(2 * count, near.shape[1] - 1)
    step = max(float(np.mean(ranked[:, 0] - np.maximum(ranked[:, far], 0))), 1e-3) / 4
    reviewer = np.maximum(near, 0)
    price = np.zeros(len(task.room))
    for turn in range(STEPS):
        worth = own - price[reviewer]
        worth[near < 0] = NOTHING
        load = np.zeros(len(price))
        for group, asked in _shares(task, reviewer):
            part = worth if group is None else np.where(group, worth, NOTHING)
            asked = min(asked, part.shape[1])
            places = np.argpartition(-part, asked - 1, axis=1)[:, :asked]
            is_there = np.take_along_axis(part, places, 1) > NOTHING
            chosen = np.take_along_axis(reviewer, places, 1)[is_there]
            load += np.bincount(chosen, minlength=len(price))
            np.put_along_axis(worth, places, NOTHING, 1)
        change = np.clip(load - task.room, -3, 6)
        price = np.maximum(0, price + step / (1 + turn / 10) * change)
    return price


def _shares(task: Task, reviewer: npt.NDArray[np.integer]) -> list[tuple[Bools | None, int]]:
    """How a proposal's places are taken in `_prices`: those from outside, those of each agency, and whoever is best."""
    left = int(task.places.max(initial=1))
    found: list[tuple[Bools | None, int]] = []
    outside = int(task.least_outside.max(initial=0))
    shares: list[tuple[Bools, int]] = [(task.outside, outside)]
    for agency in range(task.shape[2]):
        shares.append((task.agency == agency, int(task.least[:, agency].max(initial=0))))
    for group, asked in shares:
        asked = min(asked, left)
        if asked:
            found.append((group[reviewer], asked))
            left -= asked
    return [*found, (None, left)] if left else found
