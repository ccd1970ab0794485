"""The joint decision: what a ranked list must be like, and when the agencies have adopted it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Extra:
    """What a decision says of a proposal beside its place: the award by fiscal year in minor units where it is less than
    asked, conditions, and the panel's words to the applicants, each in both languages."""

    awarded: Mapping[int, int] = field(default_factory=dict)
    conditions_ja: str = ""
    conditions_en: str = ""
    words_ja: str = ""
    words_en: str = ""


PLAIN = Extra()
BILINGUAL = ("conditions", "words")


def extra_violations(key: str, outcome: str, extra: Extra) -> list[Violation]:
    """What is wrong with the words of an item's extra, beside the fields `conditions_ja_<key>` and so on: each stands in both
    languages or in none, and only what is adopted has conditions and an award of its own."""
    found = []
    for name in BILINGUAL:
        texts = {language: getattr(extra, f"{name}_{language}") for language in ("ja", "en")}
        for language, text in texts.items():
            where = f"{name}_{language}_{key}"
            if is_blank_text(text) and not all(is_blank_text(one) for one in texts.values()):
                found.append(Violation("item_in_one_language", where))
            if len(text) > LONGEST_REASON:
                found.append(Violation("text_too_long", where, {"limit": LONGEST_REASON}))
    if outcome == Outcome.REJECT:
        if extra.awarded:
            found.append(Violation("award_without_adoption", f"awarded_{key}_{min(extra.awarded)}"))
        if not is_blank_text(extra.conditions_ja + extra.conditions_en):
            found.append(Violation("conditions_without_adoption", f"conditions_ja_{key}"))
    return found


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
        elif is_blank_text(item.reason) and loses_tie(item, known):
            found.append(Violation("reason_for_tie", f"reason_{item.key}", {"rank": item.rank}))
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


def loses_tie(item: Item, items: Iterable[Item]) -> bool:
    """Whether somebody who shares its rank has a better outcome."""
    own = ORDER.index(Outcome(item.outcome))
    return any(other.rank == item.rank and ORDER.index(Outcome(other.outcome)) < own for other in items)


def correction_violations(items: Sequence[Item], before: Mapping[str, str]) -> list[Violation]:
    """What is wrong with the correction of an adopted decision, which lists only what it changes. `before` are the outcomes that
    stand, by key. What an adopted proposal has is a project's, and is taken away by no correction."""
    found = [] if items else [Violation("correction_changes_nothing")]
    for item in items:
        stands = before.get(item.key)
        if stands is None:
            found.append(Violation("decision_has_another_proposal"))
        elif stands == Outcome.ADOPT:
            found.append(Violation("correction_takes_from_project", f"outcome_{item.key}"))
        elif stands == item.outcome:
            found.append(Violation("correction_keeps_outcome", f"outcome_{item.key}"))
        if item.outcome not in list(Outcome):
            found.append(Violation("outcome_unknown", f"outcome_{item.key}"))
        if not 1 <= item.rank <= 10_000:
            found.append(Violation("rank_below_one", f"rank_{item.key}"))
        if len(item.reason) > LONGEST_REASON:
            found.append(Violation("text_too_long", f"reason_{item.key}", {"limit": LONGEST_REASON}))
        if is_blank_text(item.reason):
            found.append(Violation("reason_for_correction_missing", f"reason_{item.key}"))
    return found


def reserve_violation(until: dt.date | None, *, has_reserve: bool, today: dt.date) -> Violation | None:
    """A reserve list ends on a day that lies ahead; without a list there is none to end."""
    if until is None:
        return None
    if not has_reserve:
        return Violation("no_reserve_list", "reserve_until")
    return Violation("reserve_until_passed", "reserve_until") if until <= today else None
