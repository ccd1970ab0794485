"""What is said of a proposal after its reviews, and how an officer moderates it."""

from typing import Any

from accounts.models import Organisation, Person
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.models import Proposal
from proposals.permissions import is_excluded
from review.actions.assignments import locked_assignment, under_review_violation
from review.enums import AssignmentState
from review.models import Assignment, DiscussionEntry
from review.permissions import is_reviewer_of, may_assign, may_moderate, root_of
from review.phases import phases_of
from review.rules.scoring import LONGEST_COMMENT, reason_violation


def _text_violation(text: str) -> Violation | None:
    if is_blank_text(text):
        return Violation("discussion_text_missing", "text")
    if len(text) > LONGEST_COMMENT:
        return Violation("text_too_long", "text", {"limit": LONGEST_COMMENT})
    return Violation("text_has_null", "text") if "\x00" in text else None


def _say(
    proposal: Proposal, agency: Organisation, person: Person, text: str, by: Any, *, is_officer: bool
) -> DiscussionEntry:
    is_open = phases_of(proposal.call).bundle(agency.pk).discusses
    refuse_if(
        under_review_violation(proposal)
        or (None if is_open else Violation("discussion_not_open"))
        or _text_violation(text)
    )
    entry = DiscussionEntry.objects.create(
        proposal=proposal, agency=agency, person=root_of(person), is_officer=is_officer, text=text
    )
    audit.record("discussed", entry, by=by, details={"proposal": proposal.public_id})
    return entry


@action
def say_as_reviewer(*, assignment: Assignment, by: Any, text: str) -> DiscussionEntry:
    """A reviewer who has submitted their review says something of the proposal.

    Raises:
        NotAllowed: it is not their review, it is not submitted, or they have a conflict of interest.
        RuleBroken: `discussion_not_open`, `discussion_text_missing`, `text_too_long`, `text_has_null`,
            `proposal_not_under_review`, `call_decided`.
    """
    assignment = locked_assignment(assignment)
    require(
        is_reviewer_of(by, assignment)
        and assignment.state == AssignmentState.SUBMITTED
        and not is_excluded(by, assignment.proposal)
    )
    reviewer = assignment.reviewer
    return _say(assignment.proposal, reviewer.agency, reviewer.person, text, by, is_officer=False)


@action
def say_as_officer(*, proposal: Proposal, agency: Organisation, by: Any, text: str) -> DiscussionEntry:
    """A programme officer says something for their agency, as its moderator.

    Raises:
        NotAllowed: as `may_assign`.
        RuleBroken: as `say_as_reviewer`.
    """
    proposal = Proposal.objects.select_related("call__programme").get(pk=proposal.pk)
    require(may_assign(by, proposal, agency))
    person = person_of(by)
    assert person is not None
    return _say(proposal, agency, person, text, by, is_officer=True)


@action
def hide_entry(*, entry: DiscussionEntry, by: Any, reason: str) -> DiscussionEntry:
    """An officer hides an entry from the reviewers, with a reason that they read in its place. It is not taken back.

    Raises:
        NotAllowed: as `may_moderate`.
        RuleBroken: `entry_hidden_already`, `reason_missing`.
    """
    entry = (
        DiscussionEntry.objects.select_for_update(of=("self",))
        .select_related("proposal__call__programme", "agency")
        .get(pk=entry.pk)
    )
    require(may_moderate(by, entry))
    refuse_if(
        Violation("entry_hidden_already") if entry.hidden_at else None,
        reason_violation(reason),
    )
    entry.hidden_at, entry.hidden_by, entry.hidden_reason = now(), by, reason
    entry.save(update_fields=["hidden_at", "hidden_by", "hidden_reason"])
    details = {"proposal": entry.proposal.public_id}
    audit.record("entry_hidden", entry, by=by, details=details, private={"reason": reason})
    return entry
