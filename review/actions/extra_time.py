"""More time for one review: a longer term before the lock, and one late review after it. Nobody else's rights change."""

import datetime as dt
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from review.actions.assignments import locked_assignment, under_review_violation
from review.actions.telling import tell_officers, tell_reviewer
from review.enums import AssignmentState, ConflictKind, DecisionState, ExtraTimeKind
from review.models import Assignment, ConflictDeclaration, Decision, ExtraTime
from review.permissions import identities, may_assign
from review.queries import UNFINISHED, locks_in_force, reviewing_agencies
from review.rules.scoring import reason_violation


def _is_locked(assignment: Assignment) -> bool:
    call, agency = assignment.proposal.call_id, assignment.reviewer.agency_id
    return locks_in_force().filter(call=call, agency=agency).exists()


def _give(assignment: Assignment, kind: ExtraTimeKind, until: dt.date, reason: str, by: Any) -> ExtraTime:
    assignment.due_on = until
    assignment.save(update_fields=["due_on", "extended_to", "reopened_to"])
    given = ExtraTime.objects.create(assignment=assignment, kind=kind, until=until, reason=reason, by=by)
    audit.record(
        "review_extended" if kind == ExtraTimeKind.EXTENSION else "review_reopened",
        assignment,
        by=by,
        details={"until": until.isoformat(), "call": assignment.proposal.call.public_id},
        private={"reason": reason},
    )
    return given


@action
def extend_review(*, assignment: Assignment, by: Any, until: dt.date, reason: str) -> ExtraTime:
    """Let one reviewer write until the end of a later day, past the close of the agency's reviews if need be.

    Raises:
        RuleBroken: `reason_missing`, `extra_time_not_later`, `day_in_the_past`, `review_not_open`, `scores_locked`,
            `proposal_not_under_review`.
    """
    assignment = locked_assignment(assignment)
    require(may_assign(by, assignment.proposal, assignment.reviewer.agency))
    refuse_if(
        under_review_violation(assignment.proposal),
        Violation("scores_locked") if _is_locked(assignment) else None,
        None if assignment.state in UNFINISHED else Violation("review_not_open"),
        Violation("extra_time_not_later", "until", {"day": assignment.due_on})
        if until <= assignment.due_on
        else None,
        Violation("day_in_the_past", "until")
        if until < today(assignment.proposal.call.programme.zone)
        else None,
        reason_violation(reason),
    )
    assignment.extended_to = until
    given = _give(assignment, ExtraTimeKind.EXTENSION, until, reason, by)
    tell_reviewer("review_extended", assignment, key=given.public_id, until=until)
    return given


@action
def reopen_review(*, assignment: Assignment, by: Any, until: dt.date, reason: str) -> ExtraTime:
    """Open one review that the lock has closed until the end of a day: it stands where it stood. The lock holds for all
    others; once the review is submitted, the figures follow. The other agencies' officers are told.

    Raises:
        RuleBroken: `reason_missing`, `day_in_the_past`, `reopening_before_lock`, `review_not_closed`, `decision_waits`,
            `proposal_not_under_review`.
    """
    assignment = locked_assignment(assignment)
    proposal = assignment.proposal
    require(may_assign(by, proposal, assignment.reviewer.agency))
    waits = Decision.objects.filter(call=proposal.call_id, state=DecisionState.PROPOSED).exists()
    refuse_if(
        under_review_violation(proposal),
        None if _is_locked(assignment) else Violation("reopening_before_lock"),
        None if assignment.state == AssignmentState.CLOSED else Violation("review_not_closed"),
        Violation("decision_waits") if waits else None,
        Violation("day_in_the_past", "until") if until < today(proposal.call.programme.zone) else None,
        reason_violation(reason),
    )
    declared = ConflictDeclaration.objects.filter(
        proposal=proposal, person__in=identities(assignment.reviewer.person), kind=ConflictKind.NONE
    ).exists()
    step = "reopen" if declared else "reopen_undeclared"
    apply_transition(assignment, step, by=by, reason=reason, details={"until": until.isoformat()})
    assignment.reopened_to = until
    given = _give(assignment, ExtraTimeKind.REOPENING, until, reason, by)
    tell_reviewer("review_reopened", assignment, key=given.public_id, until=until)
    for agency in reviewing_agencies(proposal.call):
        if agency.pk != assignment.reviewer.agency_id:
            tell_officers(
                "review_reopened_elsewhere",
                assignment,
                agency,
                route="review:board",
                key=given.public_id,
                until=until,
                reason=reason,
            )
    return given


def close_overdue_reopenings() -> int:
    """Close what was reopened after a lock and not submitted in its time; how many were closed."""
    open_still = Assignment.objects.filter(state__in=UNFINISHED, reopened_to__isnull=False)
    found = open_still.select_related("proposal__call__programme").order_by("pk")
    over = [
        one.pk
        for one in found
        if one.reopened_to and one.reopened_to < today(one.proposal.call.programme.zone)
    ]
    return sum(_close(pk) for pk in over)


@action
def _close(key: int) -> bool:
    assignment = locked_assignment(Assignment(pk=key))
    ended = assignment.reopened_to
    if assignment.state not in UNFINISHED or ended is None or not _is_locked(assignment):
        return False
    if ended >= today(assignment.proposal.call.programme.zone):
        return False  # given more time while we waited for the lock
    apply_transition(assignment, "close", by=None, details={"until": ended.isoformat()})
    return True
