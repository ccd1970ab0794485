"""Searches for an assignment, as far as a user may see them: of their own side's reviewers, and of no proposal with which they
have a conflict of interest. Whatever a page counts is counted from these."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import Organisation
from accounts.permissions import is_agency_officer
from program.models import Call
from review.enums import AssignmentState, PairKind, PairState
from review.models import AssignmentPair, AssignmentRun, PairWish
from review.permissions import may_keep_pool
from review.queries import (
    calls_under_review,
    locked_agencies,
    of_own_side,
    proposals_under_review,
    reviewing_agencies,
)

# Pairs that would stand if everything that is proposed were taken.
STANDS = (PairState.PROPOSED, PairState.TAKING, PairState.TAKEN)
# What can be proposed by hand once more.
ADDABLE = (PairState.DROPPED, PairState.REFUSED)
OPEN = Q(kind__in=[PairKind.ADD, PairKind.REMOVE], state=PairState.PROPOSED)


def due_of(run: AssignmentRun) -> dt.date:
    """The day on which a search's reviews are to be due."""
    return dt.date.fromisoformat(run.wanted["due_on"])


def runs_visible_to(user: Any) -> QuerySet[AssignmentRun]:
    """The searches in the officer's calls, the newest first."""
    runs = AssignmentRun.objects.select_related(
        "call__programme", "call__lead_agency", "asked_by__person", "job", "taking"
    )
    if not is_agency_officer(user):
        return runs.none()
    return runs.filter(call__in=calls_under_review(user).values("pk")).order_by("-pk")


def pairs_visible_to(user: Any) -> QuerySet[AssignmentPair]:
    """The pairs of the officer's own side's reviewers, of proposals that they may see, by receipt number."""
    pairs = AssignmentPair.objects.select_related(
        "proposal", "reviewer__person", "reviewer__agency", "assignment"
    )
    if not is_agency_officer(user):
        return pairs.none()
    return pairs.filter(
        of_own_side(user, "run__call", "reviewer__agency"),
        proposal__in=proposals_under_review(user).values("pk"),
    ).order_by("proposal__receipt_number", "-expertise", "pk")


def wishes_visible_to(user: Any) -> QuerySet[PairWish]:
    """As `pairs_visible_to`."""
    wishes = PairWish.objects.select_related("proposal", "reviewer__person", "reviewer__agency")
    if not is_agency_officer(user):
        return wishes.none()
    return wishes.filter(
        of_own_side(user, "proposal__call", "reviewer__agency"),
        proposal__in=proposals_under_review(user).values("pk"),
    ).order_by("pk")


def agencies_to_assign(user: Any, call: Call) -> list[Organisation]:
    """The agencies whose reviewers the user gives proposals to: those whose pool they keep, and that have not locked."""
    locked = locked_agencies(call)
    return [a for a in reviewing_agencies(call) if a.pk not in locked and may_keep_pool(user, call, a)]


@dataclass
class Counts:
    """What the reader may see of a search, counted: pairs by what becomes of them, the mean expertise of those that would stand, and
    how many reviewers would have how many proposals."""

    add: int = 0
    keep: int = 0
    remove: int = 0
    taken: int = 0
    refused: int = 0
    undoable: int = 0
    mean: float | None = None
    loads: dict[int, int] = field(default_factory=dict)


def counts_of(own: Any) -> Counts:
    """All of it in one query, a row a reviewer and state."""
    rows = own.order_by().values_list("reviewer", "kind", "state", "assignment__state")
    counts, expertise = Counts(), 0.0
    load: dict[int, int] = defaultdict(int)
    for reviewer, kind, state, of_assignment, n, total in rows.annotate(
        n=Count("pk"), total=Sum("expertise")
    ):
        is_open = state == PairState.PROPOSED
        counts.keep += n if kind == PairKind.KEEP else 0
        counts.add += n if kind == PairKind.ADD and is_open else 0
        counts.remove += n if kind == PairKind.REMOVE and is_open else 0
        counts.taken += n if state == PairState.TAKEN else 0
        counts.refused += n if state == PairState.REFUSED else 0
        is_given = kind == PairKind.ADD and state == PairState.TAKEN
        counts.undoable += n if is_given and of_assignment == AssignmentState.ASSIGNED else 0
        if kind == PairKind.KEEP or (kind == PairKind.ADD and state in STANDS):
            load[reviewer] += n
            expertise += total
    if load:
        counts.mean = expertise / sum(load.values())
    for number in sorted(load.values()):
        counts.loads[number] = counts.loads.get(number, 0) + 1
    return counts
