"""What a reviewer writes: saved as often as one likes, submitted once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.permissions import is_excluded
from review.actions.assignments import closing_violation, locked_assignment, under_review_violation
from review.enums import AssignmentState, DecisionState
from review.figures import scale_of
from review.models import Assignment, Decision, ReviewVersion, Score
from review.permissions import is_reviewer_of
from review.phases import phases_of
from review.rules.means import Scale
from review.rules.scoring import draft_violations, gaps, reason_violation

SITTING = dt.timedelta(minutes=10)


def scales_of(assignment: Assignment) -> dict[int, Scale]:
    """The criteria by which the proposal is scored, in their order, by their ids."""
    return {c.pk: scale_of(c) for c in assignment.proposal.form_version.criteria.all()}


def _own(assignment: Assignment, by: Any) -> Assignment:
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment) and not is_excluded(by, assignment.proposal))
    refuse_if(
        under_review_violation(assignment.proposal)
        or closing_violation(assignment)
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
    confidence: str = "",
) -> Assignment:
    """Keep what the reviewer has written so far; it need not be complete.

    `scores` by the criterion's id: a number, or None for “not applicable”; a criterion that is not named has no answer.
    `revision` is the one that the reviewer's page was made from. Saving again what is saved changes nothing.

    Raises:
        RuleBroken: `review_changed_elsewhere`, `review_not_open`, `proposal_not_under_review`, what `writing_violation` and
            what `draft_violations` say.
    """
    assignment = _own(assignment, by)
    comments = {"comment_to_applicant": comment_to_applicant, "comment_to_agency": comment_to_agency}
    violations = draft_violations(scores, scales_of(assignment), comments, confidence)
    if violations:
        raise RuleBroken(violations)
    saved = (assignment.comment_to_applicant, assignment.comment_to_agency, assignment.confidence)
    if saved == (comment_to_applicant, comment_to_agency, confidence) and dict(scores) == given(assignment):
        return assignment
    refuse_if(Violation("review_changed_elsewhere") if revision != assignment.revision else None)
    _put(assignment, scores, confidence=confidence, **comments)
    assignment.revision += 1
    assignment.save(update_fields=["revision"])
    if not _is_same_sitting(assignment, by):
        # One entry for each sitting, not one for each pause.
        audit.record("saved", assignment, by=by, details={"revision": assignment.revision})
    return assignment


def _is_same_sitting(assignment: Assignment, by: Any) -> bool:
    entries = AuditEntry.objects.filter(
        subject_type=assignment._meta.label_lower, subject_id=assignment.public_id, verb="saved", actor=by
    )
    return entries.filter(at__gt=now() - SITTING).exists()


def given(assignment: Assignment) -> dict[int, int | None]:
    """The scores as they are kept, by the criterion's id."""
    return dict(assignment.scores.values_list("criterion", "value"))


def _put(assignment: Assignment, scores: Mapping[int, int | None], **written: str) -> None:
    """Write what a review holds in the place of what it held: `scores`, and the fields that are named."""
    assignment.scores.all().delete()
    Score.objects.bulk_create(
        Score(assignment=assignment, criterion_id=criterion, value=value)
        for criterion, value in scores.items()
    )
    for name, value in written.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=list(written))


@action
def submit_review(*, assignment: Assignment, by: Any) -> Assignment:
    """Submit what was saved: every criterion has a score or “not applicable”, and the reviewer has said how confident they
    are. It cannot be changed afterwards, but where the plan allows it to be amended in the discussion.

    Raises:
        RuleBroken: `score_missing`, `confidence_missing`, `review_not_open`, `proposal_not_under_review`, what
            `writing_violation` says.
    """
    assignment = _own(assignment, by)
    missing = gaps(given(assignment), scales_of(assignment), assignment.confidence)
    if missing:
        raise RuleBroken(missing)
    apply_transition(assignment, "submit", by=by, details={"revision": assignment.revision})
    assignment.submitted_at = now()
    assignment.save(update_fields=["submitted_at"])
    return assignment


@action
def amend_review(
    *,
    assignment: Assignment,
    by: Any,
    revision: int,
    scores: Mapping[int, int | None],
    comment_to_applicant: str = "",
    comment_to_agency: str = "",
    confidence: str = "",
    reason: str,
) -> Assignment:
    """Change a submitted review in the discussion, where the agency's plan lets its reviewers. What stood before stays
    beside it; the figures follow.

    Raises:
        NotAllowed: it is not their review, it is not submitted, or they have a conflict of interest.
        RuleBroken: `amending_not_open`, `decision_waits`, `review_changed_elsewhere`, `amending_changes_nothing`,
            `reason_missing`, what `draft_violations` and `gaps` say, `proposal_not_under_review`.
    """
    assignment = locked_assignment(assignment)
    proposal = assignment.proposal
    require(
        is_reviewer_of(by, assignment)
        and assignment.state == AssignmentState.SUBMITTED
        and not is_excluded(by, proposal)
    )
    comments = {"comment_to_applicant": comment_to_applicant, "comment_to_agency": comment_to_agency}
    waits = Decision.objects.filter(call=proposal.call_id, state=DecisionState.PROPOSED).exists()
    is_open = phases_of(proposal.call).may_amend(assignment.reviewer.agency_id)
    refuse_if(
        under_review_violation(proposal)
        or (None if is_open else Violation("amending_not_open"))
        or (Violation("decision_waits") if waits else None)
        or (Violation("review_changed_elsewhere") if revision != assignment.revision else None)
    )
    scales, before = scales_of(assignment), given(assignment)
    saved = {name: getattr(assignment, name) for name in (*comments, "confidence")}
    is_same = saved == {**comments, "confidence": confidence} and dict(scores) == before
    refuse_if(
        *draft_violations(scores, scales, comments, confidence),
        *gaps(scores, scales, confidence),
        Violation("amending_changes_nothing") if is_same else None,
        reason_violation(reason),
    )
    number = assignment.versions.count() + 1
    keys = dict(proposal.form_version.criteria.values_list("pk", "public_id"))
    ReviewVersion.objects.create(
        assignment=assignment,
        number=number,
        scores=[{"criterion": keys[key], "value": before[key]} for key in scales if key in before],
        submitted_at=assignment.amended_at or assignment.submitted_at,
        reason=reason,
        **saved,
    )
    _put(assignment, scores, confidence=confidence, **comments)
    assignment.revision += 1
    assignment.amended_at = now()
    assignment.save(update_fields=["revision", "amended_at"])
    audit.record(
        "review_amended",
        assignment,
        by=by,
        details={"revision": assignment.revision, "number": number},
        private={"reason": reason, "scores": {str(key): value for key, value in before.items()}},
    )
    return assignment
