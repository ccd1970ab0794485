"""The joint decision: what a ranked list must be like, and when the agencies have adopted it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kernel.text import is_blank_text
from kernel.violations import Violation
from review.enums import Outcome

# The better outcome first.
ORDER = (Outcome.ADOPT, Outcome.RESERVE, Outcome.REJECT)
LONGEST_REASON = 2_000


class Joint(StrEnum):
    """What the agencies' answers come to."""

    OPEN = "open"
    ADOPTED = "adopted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Given:
    """One agency's answer. One on its behalf counts only once a second officer has confirmed it."""

    agency: int
    yes: bool
    counts: bool = True


def joint_result(required: Collection[int], given: Iterable[Given]) -> Joint:
    """Adopted once every required agency has said yes; refused as soon as one of them has said no."""
    votes = {answer.agency: answer.yes for answer in given if answer.counts and answer.agency in required}
    if not all(votes.values()):
        return Joint.REFUSED
    return Joint.ADOPTED if required and set(votes) == set(required) else Joint.OPEN


@dataclass(frozen=True)
class Item:
    """A proposal's place in the list; `key` names it in fields (`rank_<key>`, `outcome_<key>`, `reason_<key>`)."""

    key: str
    rank: int
    outcome: str
    reason: str = ""


def item_violations(items: Sequence[Item], expected: Mapping[str, str]) -> list[Violation]:
    """What is wrong with a ranked list. `expected` are the keys of the proposals to be decided, with their numbers."""
    found = []
    keys = [item.key for item in items]
    for key, number in expected.items():
        if key not in keys:
            found.append(Violation("decision_lacks_proposal", params={"number": number}))
    if len(set(keys)) != len(keys) or set(keys) - set(expected):
        found.append(Violation("decision_has_another_proposal"))
    known = [item for item in items if item.outcome in list(Outcome)]
    for item in items:
        if item not in known:
            found.append(Violation("outcome_unknown", f"outcome_{item.key}"))
        if item.rank < 1 or item.rank > 10_000:
            found.append(Violation("rank_below_one", f"rank_{item.key}"))
        if len(item.reason) > LONGEST_REASON:
            found.append(Violation("text_too_long", f"reason_{item.key}", {"limit": LONGEST_REASON}))
    for item in known:
        if is_blank_text(item.reason) and is_passed_over(item, known):
            found.append(Violation("reason_for_rank_passed_over", f"reason_{item.key}", {"rank": item.rank}))
    return found


def call_up_violations(items: Sequence[Item], ranks: Mapping[str, int]) -> list[Violation]:
    """What is wrong with moving up from the reserve list (補欠からの繰上げ), besides `item_violations`: it keeps the ranks that
    the decision on the call gave, by key, and it moves somebody."""
    found = [
        Violation("rank_of_reserve_list", f"rank_{item.key}", {"rank": ranks[item.key]})
        for item in items
        if item.rank != ranks.get(item.key, item.rank)
    ]
    moves = any(item.outcome != Outcome.RESERVE for item in items)
    return found if moves else [*found, Violation("call_up_moves_nobody")]


def is_passed_over(item: Item, items: Iterable[Item]) -> bool:
    """Whether somebody of a lower rank has a better outcome."""
    own = ORDER.index(Outcome(item.outcome))
    return any(other.rank > item.rank and ORDER.index(Outcome(other.outcome)) < own for other in items)
