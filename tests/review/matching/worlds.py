"""Made-up assignments to be found, and the best one found by trying everything."""

import itertools
from typing import Any

import numpy as np

from review.rules.matching.checking import faults, shortfalls
from review.rules.matching.task import Pair, Task


def make_task(expertise: Any, **fields: Any) -> Task:
    """One place a proposal, room for everybody, one agency, everything allowed; unless told."""
    grid = np.asarray(expertise, np.float32)
    proposals, reviewers = grid.shape
    agencies = np.asarray(fields.pop("agency", [0] * reviewers))
    count = int(agencies.max(initial=0)) + 1
    arrays = {
        "allowed": np.ones((proposals, reviewers), bool),
        "outside": np.zeros(reviewers, bool),
        "room": np.full(reviewers, proposals),
        "places": np.ones(proposals, int),
        "least": np.zeros((proposals, count), int),
        "least_outside": np.zeros(proposals, int),
    }
    rest = {name: value for name, value in fields.items() if name not in arrays}
    given = {name: np.asarray(fields.get(name, value), value.dtype) for name, value in arrays.items()}
    return Task(expertise=grid, agency=agencies, **given, **rest)


def missing_in(task: Task, pairs: tuple[Pair, ...]) -> int:
    """How much is missing, but for loads that pinned pairs exceed in any case."""
    return sum(one.missing for one in shortfalls(task, pairs) if one.rule != "load")


def every_assignment(task: Task) -> list[tuple[Pair, ...]]:
    """All assignments without a fault. For tiny tasks only."""
    proposals, reviewers, _agencies = task.shape
    choices = []
    for p in range(proposals):
        most = max(int(task.places[p]), sum(one == p for one, _r in task.pinned))
        own = [r for r in range(reviewers) if task.allowed[p, r] or (p, r) in task.pinned]
        choices.append(
            [
                tuple((p, r) for r in some)
                for size in range(most + 1)
                for some in itertools.combinations(own, size)
            ]
        )
    found = [tuple(itertools.chain(*parts)) for parts in itertools.product(*choices)]
    return [pairs for pairs in found if not faults(task, pairs)]
