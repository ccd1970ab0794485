"""How many proposals reviewers have, as far as an officer may see them, and whether there is room for one more.

A proposal with which the officer has a conflict of interest is not counted, as in the pool and in the searches: a refusal
would tell who reviews it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kernel.clock import today
from kernel.violations import Violation
from review.enums import PairKind, PairState
from review.matching import pairs_visible_to
from review.models import Assignment, AssignmentRun, Reviewer, ReviewerAbsence
from review.queries import OUT_OF_SIGHT, proposals_under_review
from review.rules.availability import Period, away_violation, load_violation

COMING = (PairState.PROPOSED, PairState.TAKING)


def _live(by: Any, reviewers: Iterable[int]) -> Any:
    """(reviewer's id, proposal's id) of what each has, submitted or not."""
    return (
        Assignment.objects.filter(
            reviewer__in=list(reviewers), proposal__in=proposals_under_review(by).order_by().values("pk")
        )
        .exclude(state__in=OUT_OF_SIGHT)
        .values_list("reviewer", "proposal")
    )


def load_of(reviewer: Reviewer, by: Any) -> int:
    """How many proposals the reviewer has that `by` may see."""
    return len(_live(by, [reviewer.pk]))


def proposed_loads(run: AssignmentRun, by: Any, reviewers: Iterable[int]) -> dict[int, set[int]]:
    """The proposals (ids) that each reviewer (id) would have if what `by` may see of a search were taken."""
    found: dict[int, set[int]] = defaultdict(set)
    keys = list(reviewers)
    for reviewer, proposal in _live(by, keys):
        found[reviewer].add(proposal)
    coming = pairs_visible_to(by).filter(run=run, reviewer__in=keys, state__in=COMING).order_by()
    rows = list(coming.values_list("reviewer", "proposal", "kind"))
    for reviewer, proposal, kind in rows:
        if kind == PairKind.REMOVE:
            found[reviewer].discard(proposal)
    for reviewer, proposal, kind in rows:
        if kind == PairKind.ADD:
            found[reviewer].add(proposal)
    return found


def days_away(reviewers: Iterable[int], *, first: dt.date, last: dt.date) -> dict[int, list[Period]]:
    """The days away that touch those from `first` to `last`, by the reviewer's id."""
    found: dict[int, list[Period]] = defaultdict(list)
    rows = ReviewerAbsence.objects.filter(reviewer__in=list(reviewers), from_day__lte=last, to_day__gte=first)
    for reviewer, begins, ends in rows.values_list("reviewer", "from_day", "to_day"):
        found[reviewer].append((begins, ends))
    return found


def room_violations(
    reviewers: Sequence[Reviewer], *, loads: dict[int, int], due_on: dt.date
) -> dict[int, list[Violation]]:
    """Why each of `reviewers` should not be given one more, by id: `reviewer_load_reached`, `reviewer_away`; one query.

    `loads`: how many each has. The reviewers' `person` and `call.programme` are read with them.
    """
    if not reviewers:
        return {}
    day = today(reviewers[0].call.programme.zone)
    away = days_away([one.pk for one in reviewers], first=day, last=due_on)
    found = {}
    for one in reviewers:
        name = one.person.name
        both = (
            load_violation(name, loads.get(one.pk, 0), one.max_load),
            away_violation(name, away.get(one.pk, ()), day, due_on),
        )
        found[one.pk] = [violation for violation in both if violation is not None]
    return found
