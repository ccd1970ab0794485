"""A reviewer who drops out, and who takes their place."""

import datetime as dt
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from proposals.actions import access
from review.actions.assignments import (
    SOURCE,
    assign_reviewer,
    closing_violation,
    locked_assignment,
    under_review_violation,
    withdraw_assignment,
)
from review.actions.telling import tell_officers
from review.enums import AssignmentState
from review.models import Assignment, Reviewer
from review.permissions import is_reviewer_of, may_assign
from review.queries import UNFINISHED
from review.rules.scoring import reason_violation


def _written(assignment: Assignment) -> dict[str, Any]:
    """What was written so far, for the trail: it is shown nowhere else."""
    scores = {str(score.criterion_id): score.value for score in assignment.scores.all()}
    texts = {
        "comment_to_applicant": assignment.comment_to_applicant,
        "comment_to_agency": assignment.comment_to_agency,
    }
    return {**({"scores": scores} if scores else {}), **{name: text for name, text in texts.items() if text}}


@action
def hand_back(*, assignment: Assignment, by: Any, reason: str) -> Assignment:
    """The reviewer gives a proposal back that they cannot finish. They read it no more, what they wrote stays in the trail
    only, and the officers of their agency are told.

    Raises:
        RuleBroken: `reason_missing`, `review_not_open`, `scores_locked`, `reviews_closed_on`, `proposal_not_under_review`.
    """
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment))
    refuse_if(
        under_review_violation(assignment.proposal)
        or closing_violation(assignment)
        or (None if assignment.state in UNFINISHED else Violation("review_not_open")),
        reason_violation(reason),
    )
    apply_transition(assignment, "hand_back", by=by, reason=reason, private=_written(assignment))
    person = assignment.reviewer.person
    access.stop_reading(proposal=assignment.proposal, person=person, source=SOURCE, by=by)
    tell_officers(
        "review_handed_back",
        assignment,
        assignment.reviewer.agency,
        route="review:progress",
        key=assignment.public_id,
        reviewer=person,
        reason=reason,
    )
    return assignment


@action
def reassign(
    *,
    assignment: Assignment,
    reviewer: Reviewer,
    by: Any,
    due_on: dt.date,
    reason: str = "",
    beyond: str = "",
) -> Assignment:
    """Give to somebody else what a reviewer has handed back, or has not finished, in one step: both, or neither.

    `beyond` as in `assign_reviewer`.

    Raises:
        RuleBroken: `reassign_not_possible`, and what `assign_reviewer` says of the new reviewer.
    """
    before = locked_assignment(assignment)
    require(may_assign(by, before.proposal, before.reviewer.agency))
    if before.state in UNFINISHED:
        kept = _written(before)
        withdraw_assignment(assignment=before, by=by, reason=reason)
        if kept:
            audit.record("kept_in_trail", before, by=by, private=kept)
    elif before.state not in (AssignmentState.HANDED_BACK, AssignmentState.WITHDRAWN):
        refuse_if(Violation("reassign_not_possible"))
    made = assign_reviewer(proposal=before.proposal, reviewer=reviewer, by=by, due_on=due_on, beyond=beyond)
    details = {"before": before.public_id, "after": made.public_id}
    audit.record("reassigned", made, by=by, details=details, private={"reason": reason} if reason else None)
    return made
