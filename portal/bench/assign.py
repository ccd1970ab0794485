"""Assignments of made-up proposals to made-up reviewers: seconds, memory, how near to the bound, and every rule looked at again.

Who knows what is drawn from forty subjects, as in a real pool: some subjects are wanted by many proposals and known by few.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

from portal.bench import CannotMeasure, Figure, bench
from portal.bench.evidence import Watch, forget_memory, memory
from review.rules.matching.checking import faults, shortfalls
from review.rules.matching.optimise import optimise
from review.rules.matching.task import Limits, Task

SUBJECTS = 40
CONFLICTS = 0.05
# Every proposal: three reviewers, one of each of two agencies, one from outside both countries.
PLACES, AGENCIES, OUTSIDE = 3, 2, 0.45
MOST = 20_000


@dataclass(frozen=True)
class Case:
    """`candidates`: how many reviewers may review a proposal at all, the best by expertise; None for all."""

    name: str
    proposals: int
    reviewers: int
    load: int
    candidates: int | None = None
    has_floor: bool = False


CASES = (
    Case("1,000 × 600", 1_000, 600, 6),
    Case("1,000 × 600, worst served first", 1_000, 600, 6, has_floor=True),
    Case("5,000 × 3,000, 50 candidates", 5_000, 3_000, 6, 50),
    Case("5,000 × 3,000, 50 candidates, load 5", 5_000, 3_000, 5, 50),
)


def made_up(case: Case) -> Task:
    """The task of a case, the same every time."""
    random = np.random.default_rng(20_260)
    knows, asks = (
        random.dirichlet(np.full(SUBJECTS, 0.1), count) for count in (case.reviewers, case.proposals)
    )
    for one in (knows, asks):
        one /= np.linalg.norm(one, axis=1, keepdims=True)
    expertise = (asks @ knows.T + 0.1 * random.random((case.proposals, case.reviewers))).clip(0, 1)
    expertise = expertise.astype(np.float32)
    allowed = random.random(expertise.shape) >= CONFLICTS
    if case.candidates is not None and case.candidates < case.reviewers:
        ranked = np.where(allowed, -expertise, 1)
        best = np.argpartition(ranked, case.candidates - 1, axis=1)[:, : case.candidates]
        only = np.zeros_like(allowed)
        np.put_along_axis(only, best, True, axis=1)
        allowed &= only
    return Task(
        expertise=expertise,
        allowed=allowed,
        agency=np.arange(case.reviewers) % AGENCIES,
        outside=random.random(case.reviewers) < OUTSIDE,
        room=np.full(case.reviewers, case.load),
        places=np.full(case.proposals, PLACES),
        least=np.ones((case.proposals, AGENCIES), np.int64),
        least_outside=np.ones(case.proposals, np.int64),
        has_floor=case.has_floor,
    )


@bench("assign")
def assign(size: int | None) -> Iterator[Figure]:
    """The cases of docs/operating.md; with a size, as many proposals with six reviewers for every ten."""
    if size is not None and size > MOST:
        raise CannotMeasure(f"At most {MOST:,} proposals can be made up.")
    reviewers = max(3 * (size or 0) // 5, 6)
    cases = CASES if size is None else (Case(f"{size:,} × {reviewers:,}", size, reviewers, 6),)
    for case in cases:
        yield from _measured(case)


def _measured(case: Case) -> Iterator[Figure]:
    task = made_up(case)

    def figure(what: str, value: float, unit: str, digits: int = 2) -> Figure:
        return Figure("assign", f"{case.name}: {what}", round(value, digits), unit, case.proposals)

    forget_memory()
    watch = Watch()
    answer = optimise(task, Limits(seconds=60))
    clock, processor = watch.read()
    yield figure("assign", clock, "s")
    yield figure("assign: processor time", processor, "s")
    yield figure("peak memory", memory(), "MB")
    yield figure("share of the bound", 100 * (1 - answer.gap), "%", 4)
    yield figure("pairs", len(answer.pairs), "pairs")
    yield figure("rules broken", len(faults(task, answer.pairs)), "pairs")
    yield figure("missing", sum(one.missing for one in shortfalls(task, answer.pairs)), "reviewers")
    yield figure("missing in any assignment", answer.short_bound, "reviewers")


@bench("assign-milp")
def assign_milp(size: int | None) -> Iterator[Figure]:
    """The same tasks given whole to scipy's general solver: how fast this machine is, beside the figures of `assign`."""
    if size is not None and size > MOST:
        raise CannotMeasure(f"At most {MOST:,} proposals can be made up.")
    reviewers = max(3 * (size or 0) // 5, 6)
    cases = (CASES[0], CASES[2]) if size is None else (Case(f"{size:,} × {reviewers:,}", size, reviewers, 6),)
    for case in cases:
        task, watch = made_up(case), Watch()
        worth = _by_milp(task)
        clock, _processor = watch.read()
        yield Figure("assign-milp", f"{case.name}: assign", round(clock, 2), "s", case.proposals)
        yield Figure("assign-milp", f"{case.name}: expertise", round(worth, 3), "", case.proposals)


def _by_milp(task: Task) -> float:
    """The expertise of the best assignment to a hundredth of a per cent; 0 where there is none or 200 seconds were too few."""
    proposal, reviewer = np.nonzero(task.allowed)
    pairs = np.arange(len(proposal))

    def sums(rows: np.ndarray, count: int, of: np.ndarray) -> csr_matrix:
        return csr_matrix((np.ones(int(of.sum())), (rows[of], pairs[of])), shape=(count, len(pairs)))

    every, count = np.ones(len(pairs), bool), len(task.places)
    rules = [
        LinearConstraint(sums(proposal, count, every), task.places, task.places),
        LinearConstraint(sums(reviewer, len(task.room), every), -np.inf, task.room),
        LinearConstraint(sums(proposal, count, task.outside[reviewer]), task.least_outside, np.inf),
    ]
    for agency, least in enumerate(task.least.T):
        rules.append(LinearConstraint(sums(proposal, count, task.agency[reviewer] == agency), least, np.inf))
    found = milp(
        -task.expertise[proposal, reviewer].astype(float),
        integrality=np.ones(len(pairs)),
        bounds=Bounds(0, 1),
        constraints=rules,
        options={"time_limit": 200, "mip_rel_gap": 1e-4},
    )
    return 0.0 if found.fun is None else -float(found.fun)
