"""Whether an assignment keeps to what was asked: looked at pair by pair, in plain loops, knowing nothing of how it was found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review.rules.matching.task import Pair, Rule, Shortfall, Task


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
