"""Whether an assignment keeps to what was asked: looked at pair by pair, in plain loops, knowing nothing of how it was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review.rules.matching.task import Below, BelowWhy, Pair, Rule, Shortfall, Task

# What is nearer to the floor than this is on it: the solver's own tolerance.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Fault:
    """Something that no assignment may do: which, and of which pair."""

    code: str
    proposal: int
    reviewer: int


def faults(task: Task, pairs: Sequence[Pair]) -> list[Fault]:
    """What is wrong whatever is missing: a pair twice, one that is not allowed, one beyond a reviewer's room or a proposal's
    places, a pinned one that is not there. Pinned pairs stand although they are not allowed, and make room and places."""
    found = [Fault("twice", p, r) for (p, r), times in Counter(pairs).items() if times > 1]
    load: Counter[int] = Counter()
    taken: Counter[int] = Counter()
    for p, r in pairs:
        if not task.allowed[p, r] and (p, r) not in task.pinned:
            found.append(Fault("not_allowed", p, r))
        load[r] += 1
        taken[p] += 1
    pinned_of_reviewer = Counter(r for _p, r in task.pinned)
    pinned_of_proposal = Counter(p for p, _r in task.pinned)
    for r, count in load.items():
        if count > max(int(task.room[r]), pinned_of_reviewer[r]):
            found.append(Fault("over_room", -1, r))
    for p, count in taken.items():
        if count > max(int(task.places[p]), pinned_of_proposal[p]):
            found.append(Fault("over_places", p, -1))
    there = set(pairs)
    found += [Fault("pinned_missing", p, r) for p, r in task.pinned if (p, r) not in there]
    return found


def shortfalls(task: Task, pairs: Sequence[Pair]) -> tuple[Shortfall, ...]:
    """Every rule that the assignment does not meet, and by how much: proposals in order, then reviewers beyond their load."""
    of_proposal: dict[int, list[int]] = {}
    load: Counter[int] = Counter()
    for p, r in pairs:
        of_proposal.setdefault(p, []).append(r)
        load[r] += 1
    found: list[Shortfall] = []
    for p in range(len(task.places)):
        mine = of_proposal.get(p, [])
        if (missing := int(task.places[p]) - len(mine)) > 0:
            found.append(Shortfall(Rule.REVIEWERS, p, missing))
        for agency in range(task.least.shape[1]):
            has = sum(int(task.agency[r]) == agency for r in mine)
            if (missing := int(task.least[p, agency]) - has) > 0:
                found.append(Shortfall(Rule.AGENCY, p, missing, agency))
        has = sum(bool(task.outside[r]) for r in mine)
        if (missing := int(task.least_outside[p]) - has) > 0:
            found.append(Shortfall(Rule.OUTSIDE, p, missing))
    for r in sorted(load):
        if (beyond := load[r] - int(task.room[r])) > 0:
            found.append(Shortfall(Rule.LOAD, r, beyond))
    return tuple(found)


def served(task: Task, pairs: Sequence[Pair]) -> list[float]:
    """The expertise that each proposal has in an assignment, in order."""
    found = [0.0] * len(task.places)
    for p, r in pairs:
        found[p] += float(task.expertise[p, r])
    return found


def below_floor(task: Task, pairs: Sequence[Pair], floor: float) -> tuple[Below, ...]:
    """The proposals that an assignment serves below a floor, by how much, and why; in order."""
    lacking = {one.of for one in shortfalls(task, pairs) if one.rule is not Rule.LOAD}
    found: list[Below] = []
    for p, has in enumerate(served(task, pairs)):
        if floor - has <= TOLERANCE:
            continue
        stands = {r for q, r in task.pinned if q == p}
        stays = stands | {r for q, r in pairs if q == p and (q, r) in task.kept}
        if p in lacking:
            why = BelowWhy.MISSING
        elif _best(task, p, stands) < floor - TOLERANCE:
            why = BelowWhy.ALONE
        elif _best(task, p, stays) < floor - TOLERANCE:
            why = BelowWhy.KEPT
        else:
            why = BelowWhy.SHARED
        found.append(Below(p, floor - has, why))
    return tuple(found)


def _best(task: Task, p: int, stands: set[int]) -> float:
    """The most expertise that a proposal could have if nobody else needed anybody, with whoever stands in it already."""
    others = [
        float(task.expertise[p, r])
        for r in range(len(task.agency))
        if r not in stands and task.allowed[p, r] and task.room[r] > 0
    ]
    free = max(int(task.places[p]) - len(stands), 0)
    return sum(float(task.expertise[p, r]) for r in stands) + sum(sorted(others, reverse=True)[:free])
