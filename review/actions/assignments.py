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
from review.actions.exclusion import SOURCE, declaration_violations, shut_out
from review.actions.telling import tell_taken_back
from review.enums import AssignmentState, ConflictKind, ReviewerState
from review.findings import findings_between, unavailable_violations
from review.invited import has_agreed
from review.loads import load_of, room_violations
from review.models import Assignment, ConflictDeclaration, Reviewer, ReviewPlan
from review.permissions import is_reviewer_of, may_assign
from review.queries import locks_in_force
from review.rules.availability import beyond_violation
from review.rules.phases import writing_violation


def locked_assignment(assignment: Assignment) -> Assignment:
    """The assignment as the database has it now, locked."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("reviewer__person", "reviewer__agency", "proposal__call__programme")
        .get(pk=assignment.pk)
    )


def closing_violation(assignment: Assignment) -> Violation | None:
    """Why the review can be written no more: the reviewer's agency has locked its scores, or its reviews have closed, and
    this one has no longer time."""
    call, agency = assignment.proposal.call, assignment.reviewer.agency_id
    plan = ReviewPlan.objects.filter(call=call, agency=agency).first()
    return writing_violation(
        today(call.programme.zone),
        is_locked=locks_in_force().filter(call=call, agency=agency).exists(),
        closes_on=plan.closes_on if plan else None,
        extended_to=assignment.extended_to,
        reopened_to=assignment.reopened_to,
    )


def under_review_violation(proposal: Proposal) -> Violation | None:
    """Whether the proposal is one that is being scored."""
    if proposal.call.state == CallState.DECIDED:
        return Violation("call_decided")
    is_scored = proposal.state == ProposalState.ELIGIBLE and proposal.call.state == CallState.REVIEW
    return None if is_scored else Violation("proposal_not_under_review")


def closed_violations(assignments: Sequence[Assignment]) -> dict[int, Violation]:
    """Why nothing can be written into each of those that were not submitted, by its id; absent where it can.

    `assignments` are from `own_assignments`, which says of each whether its agency has locked, and when its reviews close.
    """
    found = {}
    for one in assignments:
        if one.state == AssignmentState.SUBMITTED:
            continue
        why = under_review_violation(one.proposal) or writing_violation(
            today(one.proposal.call.programme.zone),
            is_locked=one.is_locked,  # type: ignore[attr-defined]  # annotated
            closes_on=one.closes_on,  # type: ignore[attr-defined]  # annotated
            extended_to=one.extended_to,
            reopened_to=one.reopened_to,
        )
        if why is None and one.state == AssignmentState.CLOSED:
            why = Violation("review_not_open")
        if why is not None:
            found[one.pk] = why
    return found


def due_violation(proposal: Proposal, agency_id: int, due_on: dt.date) -> Violation | None:
    """Whether a review can be due on that day: it is not past, and not after the agency's reviews close."""
    if due_on < today(proposal.call.programme.zone):
        return Violation("due_in_the_past", "due_on")
    plan = ReviewPlan.objects.filter(call=proposal.call_id, agency=agency_id).first()
    if plan is not None and plan.closes_on is not None and due_on > plan.closes_on:
        return Violation("due_after_close", "due_on", {"day": plan.closes_on})
    return None


@action
def assign_reviewer(
    *, proposal: Proposal, reviewer: Reviewer, by: Any, due_on: dt.date, beyond: str = ""
) -> Assignment:
    """Give a proposal to a reviewer of the officer's side, and write to them.

    `beyond` is the officer's reason for going beyond the reviewer's own limit or days away; it is kept in the trail.

    Raises:
        RuleBroken: `reviewer_in_conflict` (declared, or found by the portal), `reviewer_of_other_call`,
            `proposal_not_under_review`, `scores_locked`, `assigned_already`, `due_in_the_past`, `reviewer_not_confirmed`,
            `reviews_closed_on`, `due_after_close`, `reviewer_load_reached`, `reviewer_away`,
            `reviewer_not_available` (has declined, or is retired).
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "pi", "institution")
        .get(pk=proposal.pk)
    )
    # Locked, so that two officers who give the same person something at once do not both find the last place free.
    reviewer = (
        Reviewer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("person", "agency", "call__programme")
        .get(pk=reviewer.pk)
    )
    require(may_assign(by, proposal, reviewer.agency))
    load = load_of(reviewer, by)
    full = room_violations([reviewer], loads={reviewer.pk: load}, due_on=due_on)[reviewer.pk]
    goes_beyond = bool(full) and not is_blank_text(beyond)
    found = findings_between(proposal, [reviewer])[reviewer.pk]
    reasons = ", ".join(label(finding) for finding in found)
    refuse_if(
        under_review_violation(proposal),
        Violation("reviewer_of_other_call", "reviewer") if reviewer.call_id != proposal.call_id else None,
        Violation("reviewer_in_conflict", "reviewer", {"name": reviewer.person.name, "reasons": reasons})
        if found
        else None,
        *unavailable_violations(reviewer),
        Violation("assigned_already", "reviewer")
        if Assignment.objects.filter(proposal=proposal, reviewer=reviewer).exists()
        else None,
        closing_violation(Assignment(proposal=proposal, reviewer=reviewer)),
        due_violation(proposal, reviewer.agency_id, due_on),
        *([] if goes_beyond else full),
        beyond_violation(beyond),
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
            **({"beyond": [one.code for one in full], "load": load} if goes_beyond else {}),
        },
        private={"beyond": beyond} if goes_beyond else None,
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
    """Take a proposal back from a reviewer who has not submitted; they read it no more, and are told, unless the mail by
    which it was given had not gone yet.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    assignment = locked_assignment(assignment)
    require(may_assign(by, assignment.proposal, assignment.reviewer.agency))
    apply_transition(assignment, "withdraw", by=by, reason=reason)
    tell_taken_back([assignment], about=assignment)
    access.stop_reading(proposal=assignment.proposal, person=assignment.reviewer.person, source=SOURCE, by=by)
    return assignment


@action
def declare_no_conflict(*, assignment: Assignment, by: Any) -> Assignment:
    """The reviewer declares that there is no conflict of interest, which opens the proposal.

    Raises:
        RuleBroken: `transition_not_allowed`, `proposal_not_under_review`, `confidentiality_missing`.
    """
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment))
    reviewer = assignment.reviewer
    refuse_if(
        under_review_violation(assignment.proposal),
        None if has_agreed(reviewer) else Violation("confidentiality_missing"),
    )
    apply_transition(assignment, "begin", by=by)
    person = assignment.reviewer.person
    declaration = ConflictDeclaration.objects.create(
        proposal=assignment.proposal, person=person, kind=ConflictKind.NONE
    )
    audit.record("declared", declaration, by=by, details={"assignment": assignment.public_id, "kind": "none"})
    if reviewer.state in (ReviewerState.NAMED, ReviewerState.INVITED):
        apply_transition(reviewer, "accept", by=by)  # whoever begins has accepted
    access.let_read(proposal=assignment.proposal, person=person, source=SOURCE, by=by)
    return assignment


@action
def declare_conflict(
    *,
    assignment: Assignment,
    by: Any,
    kind: str,
    words: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Assignment:
    """The reviewer declares a conflict of interest, at whatever time: before reading, while reviewing, or after.

    The review leaves every figure, the reviewer's access ends with the next request, and both stay in the audit trail.

    Raises:
        RuleBroken: `conflict_kind_missing`, `conflict_words_missing`, `conflict_ends_before_start`, `declared_already`,
            `text_too_long`, `text_has_null`.
    """
    assignment = locked_assignment(assignment)
    require(is_reviewer_of(by, assignment))
    refuse_if(
        *declaration_violations(kind, words, since, until),
        Violation("declared_already") if assignment.state == AssignmentState.CONFLICTED else None,
    )
    shut_out(
        proposal=assignment.proposal,
        person=assignment.reviewer.person,
        kind=kind,
        by=by,
        words=words,
        since=since,
        until=until,
    )
    assignment.refresh_from_db()
    return assignment
