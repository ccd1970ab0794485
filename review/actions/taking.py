"""Accepting what a search has found, by the ordinary actions, in the background; and undoing that while nothing was begun."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, QuerySet, When

from kernel import audit
from kernel.actions import action, require
from kernel.jobs import enqueue
from kernel.violations import NotAllowed, RuleBroken, Violation, refuse_if
from proposals.models import Proposal
from review.actions.assignments import assign_reviewer, due_violation, withdraw_assignment
from review.actions.telling import tell_taken_back
from review.enums import AssignmentState, PairKind, PairState
from review.matching import OPEN, agencies_to_assign, pairs_visible_to
from review.models import Assignment, AssignmentPair, AssignmentRun, Reviewer
from review.permissions import may_assign

JOB = "review.take"
AT_ONCE = 20
# Beyond so many, undoing would hold the database for long.
MOST_UNDONE = 10_000


@action
def accept_pairs(
    *, run: AssignmentRun, due_on: dt.date, by: Any, proposals: Collection[str] | None = None
) -> AssignmentRun:
    """Accept the open pairs of the officer's own side: all that they may see, or those of the proposals named by public id.

    They are given, and taken back, in the background; whatever cannot be is refused with its reason and holds up nothing else.

    Raises:
        NotAllowed: `by` gives no agency's reviewers anything in this call.
        RuleBroken: `nothing_to_accept`, `due_in_the_past`, `due_after_close`.
    """
    run = (
        AssignmentRun.objects.select_for_update(of=("self",))
        .select_related("call__programme", "call__lead_agency")
        .get(pk=run.pk)
    )
    agencies = agencies_to_assign(by, run.call)
    require(bool(agencies))
    pairs = pairs_visible_to(by).filter(OPEN, run=run, reviewer__agency__in=[a.pk for a in agencies])
    if proposals is not None:
        pairs = pairs.filter(proposal__public_id__in=proposals)
    keys = list(pairs.order_by("pk").values_list("pk", flat=True))
    first = AssignmentPair.objects.select_related("proposal__call__programme").filter(pk__in=keys[:1]).first()
    refuse_if(
        None if first else Violation("nothing_to_accept"),
        *([due_violation(first.proposal, a.pk, due_on) for a in agencies] if first else ()),
    )
    AssignmentPair.objects.filter(pk__in=keys).update(
        state=PairState.TAKING, due_on=due_on, taken_by=by, refusal=[]
    )
    run.taking = enqueue(JOB, {"run": run.public_id}, by=by)
    run.save(update_fields=["taking"])
    audit.record("match_accepted", run, by=by, details={"pairs": len(keys), "due_on": due_on.isoformat()})
    return run


@action
def take_next(*, run: AssignmentRun) -> int:
    """Give, or take back, some of the pairs that were accepted; returns how many were looked at, 0 at the end."""
    pairs = list(
        AssignmentPair.objects.select_for_update(of=("self",))
        .filter(run=run, state=PairState.TAKING)
        .select_related("proposal", "reviewer", "taken_by", "assignment")
        # What is taken back comes first: it makes room for what is given.
        .order_by(Case(When(kind=PairKind.REMOVE, then=0), default=1), "pk")[:AT_ONCE]
    )
    _lock_all(pairs)
    for pair in pairs:
        try:
            with transaction.atomic():
                _take(pair)
        except RuleBroken as broken:
            pair.state = PairState.REFUSED
            pair.refusal = [
                {"code": one.code, "params": {name: str(value) for name, value in one.params.items()}}
                for one in broken.violations
            ]
        except NotAllowed:
            pair.state, pair.refusal = PairState.REFUSED, [{"code": "taking_not_allowed", "params": {}}]
        pair.save(update_fields=["state", "refusal", "assignment"])
    return len(pairs)


def _lock_all(pairs: Sequence[AssignmentPair]) -> None:
    """Lock what the pairs touch, always in this order, so that nobody who assigns by hand meanwhile waits in a circle."""
    given = [pair.assignment_id for pair in pairs if pair.assignment_id]
    list(Assignment.objects.select_for_update().filter(pk__in=given).order_by("pk").values_list("pk"))
    proposals = Proposal.objects.select_for_update().filter(pk__in=[pair.proposal_id for pair in pairs])
    list(proposals.order_by("pk").values_list("pk"))
    reviewers = Reviewer.objects.select_for_update(no_key=True).filter(
        pk__in=[pair.reviewer_id for pair in pairs]
    )
    list(reviewers.order_by("pk").values_list("pk"))


def _take(pair: AssignmentPair) -> None:
    if pair.kind == PairKind.REMOVE:
        assert pair.assignment is not None
        withdraw_assignment(assignment=pair.assignment, by=pair.taken_by)
    else:
        assert pair.due_on is not None
        pair.assignment = assign_reviewer(
            proposal=pair.proposal,
            reviewer=pair.reviewer,
            by=pair.taken_by,
            due_on=pair.due_on,
            beyond=pair.beyond,
        )
    pair.state = PairState.TAKEN


def taken_by_now(run: AssignmentRun, user: Any) -> QuerySet[AssignmentPair]:
    """What was given out of a run, of the user's own side and as far as they may see it."""
    return pairs_visible_to(user).filter(
        run=run, kind=PairKind.ADD, state=PairState.TAKEN, assignment__isnull=False
    )


@action
def undo_taking(*, run: AssignmentRun, by: Any) -> int:
    """Undo what the officer's side was given out of a run, as long as nobody has begun: as if it had never been given. Mails that
    have not gone are stopped, and whoever has been told is told that it was taken back. What was taken back stays taken back.
    Returns how many were undone.

    Raises:
        NotAllowed: as `accept_pairs`.
        RuleBroken: `nothing_to_undo`, `review_begun`, `taking_goes_on`.
    """
    run = (
        AssignmentRun.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=run.pk)
    )
    agencies = agencies_to_assign(by, run.call)
    require(bool(agencies))
    pairs = list(
        taken_by_now(run, by).filter(reviewer__agency__in=[a.pk for a in agencies])[: MOST_UNDONE + 1]
    )
    given = Assignment.objects.select_for_update().filter(pk__in=[pair.assignment_id for pair in pairs])
    states = dict(given.values_list("pk", "state"))
    begun = sum(state != AssignmentState.ASSIGNED for state in states.values())
    going_on = pairs_visible_to(by).filter(run=run, state=PairState.TAKING).exists()
    refuse_if(
        None if pairs else Violation("nothing_to_undo"),
        Violation("taking_goes_on") if going_on else None,
        Violation("review_begun", params={"count": begun}) if begun else None,
    )
    for pair in pairs:
        assignment = pair.assignment
        require(assignment is not None and may_assign(by, pair.proposal, pair.reviewer.agency))
        assert assignment is not None
        details = {"proposal": pair.proposal.public_id, "reviewer": pair.reviewer.public_id}
        audit.record("assignment_undone", assignment, by=by, details=details)
    tell_taken_back([pair.assignment for pair in pairs if pair.assignment], about=run)
    AssignmentPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(
        state=PairState.UNDONE, assignment=None
    )
    Assignment.objects.filter(pk__in=list(states)).delete()
    audit.record("match_undone", run, by=by, details={"pairs": len(pairs)})
    return len(pairs)
