"""What a reviewer writes: saved as often as one likes, submitted once."""

from collections.abc import Mapping
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.permissions import is_excluded
from review.actions.assignments import lock_violation, locked_assignment, under_review_violation
from review.enums import AssignmentState
from review.figures import scale_of
from review.models import Assignment, Score
from review.permissions import is_reviewer_of
from review.rules.means import Scale
from review.rules.scoring import draft_violations, missing_scores


def scales_of(assignment: Assignment) -> dict[int, Scale]:
    """The criteria by which the proposal is scored, in their order, by their ids."""
    return {c.pk: scale_of(c) for c in assignment.proposal.form_version.criteria.all()}


def _own(assignment: Assignment, by: Any) -> Assignment:
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment) and not is_excluded(by, assignment.proposal))
    refuse_if(
        under_review_violation(assignment.proposal)
        or lock_violation(assignment)
        or (Violation("review_not_open") if assignment.state != AssignmentState.IN_PROGRESS else None)
    )
    return assignment


@action
def save_review(
    *,
    assignment: Assignment,
    by: Any,
    revision: int,
    scores: Mapping[int, int | None],
    comment_to_applicant: str = "",
    comment_to_agency: str = "",
) -> Assignment:
    """Keep what the reviewer has written so far; it need not be complete.

    `scores` by the criterion's id: a number, or None for “not applicable”; a criterion that is not named has no answer.
    `revision` is the one that the reviewer's page was made from.

    Raises:
        RuleBroken: `review_changed_elsewhere`, `review_not_open`, `scores_locked`, `proposal_not_under_review`, and what
            `draft_violations` says.
    """
    assignment = _own(assignment, by)
    refuse_if(Violation("review_changed_elsewhere") if revision != assignment.revision else None)
    comments = {"comment_to_applicant": comment_to_applicant, "comment_to_agency": comment_to_agency}
    violations = draft_violations(scores, scales_of(assignment), comments)
    if violations:
        raise RuleBroken(violations)
    assignment.scores.all().delete()
    Score.objects.bulk_create(
        Score(assignment=assignment, criterion_id=criterion, value=value)
        for criterion, value in scores.items()
    )
    assignment.comment_to_applicant = comment_to_applicant
    assignment.comment_to_agency = comment_to_agency
    assignment.revision += 1
    assignment.save(update_fields=["comment_to_applicant", "comment_to_agency", "revision"])
    audit.record("saved", assignment, by=by, details={"revision": assignment.revision})
    return assignment


@action
def submit_review(*, assignment: Assignment, by: Any) -> Assignment:
    """Submit what was saved: every criterion has a score or “not applicable”. It cannot be changed afterwards.

    Raises:
        RuleBroken: `score_missing`, `review_not_open`, `scores_locked`, `proposal_not_under_review`.
    """
    assignment = _own(assignment, by)
    given = dict(assignment.scores.values_list("criterion", "value"))
    missing = missing_scores(given, scales_of(assignment))
    if missing:
        raise RuleBroken(missing)
    apply_transition(assignment, "submit", by=by, details={"revision": assignment.revision})
    assignment.submitted_at = now()
    assignment.save(update_fields=["submitted_at"])
    return assignment
