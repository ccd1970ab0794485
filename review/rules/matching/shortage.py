"""Why a rule cannot be met: the proposals that compete, and the room of all who may review them, added up."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from review.rules.matching.task import Bools, Ints, Pair, Rule, Shortfall, Task


@dataclass(frozen=True)
class Bottleneck:
    """A proof by counting: these proposals need `needed` reviewers of a kind, and the `reviewers` of that kind who may
    review any of them have room for `room` of these proposals at the most."""

    rule: Rule
    agency: int | None
    proposals: tuple[int, ...]
    reviewers: tuple[int, ...]
    needed: int
    room: int


def bottlenecks(task: Task, pairs: Sequence[Pair], short: Sequence[Shortfall]) -> tuple[Bottleneck, ...]:
    """For each kind of rule that is not met, what proves that it cannot be; only what the counting confirms.

    A shortfall without one comes of several rules together, none of which is to blame alone.
    """
    found = []
    kinds: list[tuple[Rule, int | None]] = [(Rule.REVIEWERS, None)]
    kinds += [(Rule.AGENCY, agency) for agency in range(task.shape[2])]
    kinds += [(Rule.OUTSIDE, None)]
    for rule, agency in kinds:
        lacking = [one.of for one in short if one.rule == rule and one.agency == agency]
        if lacking:
            found += _of_kind(task, pairs, rule, agency, lacking)
    return tuple(found)


def _of_kind(
    task: Task, pairs: Sequence[Pair], rule: Rule, agency: int | None, lacking: Sequence[int]
) -> list[Bottleneck]:
    proposals, reviewers, _agencies = task.shape
    group = np.ones(reviewers, bool)
    need = task.places
    if rule == Rule.AGENCY and agency is not None:
        group, need = task.agency == agency, task.least[:, agency]
    elif rule == Rule.OUTSIDE:
        group, need = task.outside, task.least_outside
    possible = task.allowed & group
    for p, r in task.pinned:
        possible[p, r] = group[r]
    has_at = np.zeros((proposals, reviewers), bool)
    for p, r in pairs:
        has_at[p, r] = group[r]
    found: list[Bottleneck] = []
    seen = np.zeros(proposals, bool)
    for start in lacking:
        if seen[start]:
            continue
        inside = _competing(possible, has_at, start)
        seen |= inside
        one = _counted(task, possible, inside, need, rule, agency)
        if one is not None:
            found.append(one)
    return found


def _competing(possible: Bools, has_at: Bools, start: int) -> Bools:
    """The proposals that share reviewers with a lacking one, those that share with them, and so on."""
    inside = np.zeros(len(possible), bool)
    inside[start] = True
    while True:
        able = possible[inside].any(axis=0)
        grown = inside | has_at[:, able].any(axis=1)
        if (grown == inside).all():
            return inside
        inside = grown


def _counted(
    task: Task, possible: Bools, inside: Bools, need: Ints, rule: Rule, agency: int | None
) -> Bottleneck | None:
    able = possible[inside].any(axis=0)
    room = int(np.minimum(task.room, possible[inside].sum(axis=0))[able].sum())
    needed = int(need[inside].sum())
    if needed <= room:
        return None
    who = tuple(int(r) for r in np.flatnonzero(able))
    return Bottleneck(rule, agency, tuple(int(p) for p in np.flatnonzero(inside)), who, needed, room)
