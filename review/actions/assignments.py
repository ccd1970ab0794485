"""Proposals given to reviewers, and what the reviewers declare of conflicts of interest."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from accounts.models import Person
from kernel import audit
from kernel.actions import action, require
from kernel.choices import label
from kernel.clock import today
from kernel.outbox import queue_mail
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from program.enums import CallState
from proposals.actions import access
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import AssignmentState, ConflictKind
from review.findings import findings_between
from review.models import Assignment, ConflictDeclaration, Reviewer
from review.permissions import identities, is_reviewer_of, may_assign
from review.queries import locks_in_force
from review.rules.scoring import LONGEST_COMMENT

# Why somebody reads a proposal, or must not: as `ProposalAccess.source`.
SOURCE = "review"


def locked_assignment(assignment: Assignment) -> Assignment:
    """The assignment as the database has it now, locked."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("reviewer__person", "reviewer__agency", "proposal__call__programme")
        .get(pk=assignment.pk)
    )


def lock_violation(assignment: Assignment) -> Violation | None:
    """Whether the reviewer's agency has locked its scores."""
    call, agency = assignment.proposal.call_id, assignment.reviewer.agency_id
    locked = locks_in_force().filter(call=call, agency=agency).exists()
    return Violation("scores_locked") if locked else None


def under_review_violation(proposal: Proposal) -> Violation | None:
    """Whether the proposal is one that is being scored."""
    if proposal.call.state == CallState.DECIDED:
        return Violation("call_decided")
    is_scored = proposal.state == ProposalState.ELIGIBLE and proposal.call.state == CallState.REVIEW
    return None if is_scored else Violation("proposal_not_under_review")


def closed_violations(assignments: Sequence[Assignment]) -> dict[int, Violation]:
    """Why nothing can be written into each of those that were not submitted, by its id; absent where it can.

    `assignments` are from `own_assignments`, which says of each whether its agency has locked.
    """
    found = {}
    for one in assignments:
        if one.state == AssignmentState.SUBMITTED:
            continue
        is_locked = one.is_locked  # type: ignore[attr-defined]  # annotated
        why = under_review_violation(one.proposal) or (Violation("scores_locked") if is_locked else None)
        if why is None and one.state == AssignmentState.CLOSED:
            why = Violation("review_not_open")
        if why is not None:
            found[one.pk] = why
    return found


@action
def assign_reviewer(*, proposal: Proposal, reviewer: Reviewer, by: Any, due_on: dt.date) -> Assignment:
    """Give a proposal to a reviewer of the officer's side, and write to them.

    Raises:
        RuleBroken: `reviewer_in_conflict` (declared, or found by the portal), `reviewer_of_other_call`,
            `proposal_not_under_review`, `scores_locked`, `assigned_already`, `due_in_the_past`, `reviewer_not_confirmed`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "pi", "institution")
        .get(pk=proposal.pk)
    )
    reviewer = Reviewer.objects.select_related("person", "agency").get(pk=reviewer.pk)
    require(may_assign(by, proposal, reviewer.agency))
    found = findings_between(proposal, [reviewer])[reviewer.pk]
    reasons = ", ".join(label(finding) for finding in found)
    refuse_if(
        under_review_violation(proposal),
        Violation("reviewer_of_other_call", "reviewer") if reviewer.call_id != proposal.call_id else None,
        Violation("reviewer_in_conflict", "reviewer", {"name": reviewer.person.name, "reasons": reasons})
        if found
        else None,
        None if reviewer.counts else Violation("reviewer_not_confirmed", "reviewer"),
        Violation("assigned_already", "reviewer")
        if Assignment.objects.filter(proposal=proposal, reviewer=reviewer).exists()
        else None,
        Violation("due_in_the_past", "due_on") if due_on < today(proposal.call.programme.zone) else None,
        lock_violation(Assignment(proposal=proposal, reviewer=reviewer)),
    )
    assignment = Assignment.objects.create(proposal=proposal, reviewer=reviewer, due_on=due_on)
    audit.record(
        "assigned",
        assignment,
        by=by,
        details={
            "proposal": proposal.public_id,
            "reviewer": reviewer.public_id,
            "due_on": due_on.isoformat(),
        },
    )
    _write_to(reviewer.person, assignment)
    return assignment


def _write_to(person: Person, assignment: Assignment) -> None:
    """Neither title nor team stands in the mail: an address may be read by others."""
    if person.email:
        queue_mail(
            "review_assigned",
            to=person.email,
            language=person.user.language if person.user else "en",
            values={"name": person, "due_on": assignment.due_on},
            about=assignment,
            key=f"review_assigned:{assignment.public_id}",
        )


@action
def withdraw_assignment(*, assignment: Assignment, by: Any, reason: str = "") -> Assignment:
    """Take a proposal back from a reviewer who has not submitted; they read it no more.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    assignment = locked_assignment(assignment)
    require(may_assign(by, assignment.proposal, assignment.reviewer.agency))
    apply_transition(assignment, "withdraw", by=by, reason=reason)
    access.stop_reading(proposal=assignment.proposal, person=assignment.reviewer.person, source=SOURCE, by=by)
    return assignment


@action
def declare_no_conflict(*, assignment: Assignment, by: Any) -> Assignment:
    """The reviewer declares that there is no conflict of interest, which opens the proposal.

    Raises:
        RuleBroken: `transition_not_allowed`, `proposal_not_under_review`.
    """
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment))
    refuse_if(under_review_violation(assignment.proposal))
    apply_transition(assignment, "begin", by=by)
    person = assignment.reviewer.person
    declaration = ConflictDeclaration.objects.create(
        proposal=assignment.proposal, person=person, kind=ConflictKind.NONE
    )
    audit.record("declared", declaration, by=by, details={"assignment": assignment.public_id, "kind": "none"})
    access.let_read(proposal=assignment.proposal, person=person, source=SOURCE, by=by)
    return assignment


@action
def declare_conflict(*, assignment: Assignment, by: Any, kind: str, words: str = "") -> Assignment:
    """The reviewer declares a conflict of interest, at whatever time: before reading, while reviewing, or after.

    The review leaves every figure, the reviewer's access ends with the next request, and both stay in the audit trail.

    Raises:
        RuleBroken: `conflict_kind_missing`, `conflict_words_missing`, `declared_already`, `text_too_long`,
            `text_has_null`.
    """
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment))
    kinds = [k.value for k in ConflictKind if k is not ConflictKind.NONE]
    refuse_if(
        Violation("conflict_kind_missing", "kind") if kind not in kinds else None,
        Violation("conflict_words_missing", "words")
        if kind == ConflictKind.OTHER and is_blank_text(words)
        else None,
        Violation("text_too_long", "words", {"limit": LONGEST_COMMENT})
        if len(words) > LONGEST_COMMENT
        else None,
        Violation("text_has_null", "words") if "\x00" in words else None,
        Violation("declared_already") if assignment.state == AssignmentState.CONFLICTED else None,
    )
    scores = {str(score.criterion_id): score.value for score in assignment.scores.all()}
    apply_transition(
        assignment,
        "declare_conflict",
        by=by,
        details={"kind": kind},
        private={"scores": scores} if scores else None,
    )
    person = assignment.reviewer.person
    declaration = ConflictDeclaration.objects.create(
        proposal=assignment.proposal, person=person, kind=kind, words=words
    )
    audit.record("declared", declaration, by=by, details={"assignment": assignment.public_id, "kind": kind})
    access.stop_reading(proposal=assignment.proposal, person=person, source=SOURCE, by=by)
    for one in Person.objects.filter(pk__in=identities(person)).order_by("pk"):
        access.exclude(proposal=assignment.proposal, person=one, source=SOURCE, by=by)
    return assignment
