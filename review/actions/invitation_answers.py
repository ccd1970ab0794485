"""How somebody answers an invitation to review, and agrees to confidentiality: by their account, or by the link that came with the
mail."""

from typing import Any

from accounts.actions.people import link_account, path_in
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.outbox import queue_mail
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.actions import access
from proposals.enums import InvitationState
from review.actions.exclusion import SOURCE
from review.actions.invitations import use_up
from review.confidentiality import VERSION
from review.enums import AssignmentState
from review.invited import ByReviewLink, has_agreed, is_own, review_invitations_of, still_open
from review.models import ConfidentialityAgreement, Reviewer, ReviewerInvitation
from review.rules.scoring import LONGEST_COMMENT


def _answered(invitation: ReviewerInvitation, by: Any) -> ReviewerInvitation:
    """The locked invitation, if it is the answerer's and may be answered."""
    if isinstance(by, ByReviewLink):
        require(by.invitation.pk == invitation.pk)
    else:
        require(review_invitations_of(by).filter(pk=invitation.pk).exists())
    locked = (
        ReviewerInvitation.objects.select_for_update(of=("self",))
        .select_related("reviewer__person__user", "reviewer__call", "reviewer__agency", "invited_by__person")
        .get(pk=invitation.pk)
    )
    refuse_if(None if locked.is_open else Violation("invitation_not_open"))
    return locked


@action
def agree_to_confidentiality(*, reviewer: Reviewer, by: Any, version: str) -> ConfidentialityAgreement:
    """Record that the reviewer agrees to the text of `version`, before anything of a proposal opens. Doing it twice
    changes nothing.

    Raises:
        NotAllowed: the reviewer is somebody else.
        RuleBroken: `confidentiality_changed` where another text holds by now; `invitation_not_open`.
    """
    reviewer = Reviewer.objects.select_related("person", "call").get(pk=reviewer.pk)
    if isinstance(by, ByReviewLink):
        require(by.invitation.reviewer_id == reviewer.pk)
        _answered(by.invitation, by)
    else:
        theirs = review_invitations_of(by).filter(still_open(), reviewer=reviewer)
        require(is_own(by, reviewer) or theirs.exists())
    refuse_if(None if version == VERSION else Violation("confidentiality_changed"))
    made, created = ConfidentialityAgreement.objects.get_or_create(
        reviewer=reviewer, version=version, defaults={"by_link": isinstance(by, ByReviewLink)}
    )
    if created:
        audit.record("agreed_confidentiality", reviewer, by=by, details={"version": version})
    return made


@action
def accept_invitation(*, invitation: ReviewerInvitation, by: Any) -> ReviewerInvitation:
    """Review. The reviewer is from now on the person of the account whose e-mail was invited; somebody who came by the link
    is the person that was named. A second click changes nothing.

    Raises:
        NotAllowed: the invitation is somebody else's.
        RuleBroken: `invitation_not_open`, `confidentiality_missing`, `reviewer_in_pool_already` where the account's person
            is in a pool of the call by another entry.
    """
    invitation = _answered(invitation, by)
    if invitation.state == InvitationState.ACCEPTED:
        return invitation
    reviewer = Reviewer.objects.select_for_update(of=("self",)).get(pk=invitation.reviewer_id)
    refuse_if(None if has_agreed(reviewer) else Violation("confidentiality_missing"))
    apply_transition(invitation, "accept", by=by)
    use_up(invitation)
    if not isinstance(by, ByReviewLink):
        _bind(reviewer, by)
    apply_transition(reviewer, "accept", by=by)
    _tell(invitation, "review_accepted")
    return invitation


def _bind(reviewer: Reviewer, user: Any) -> None:
    """Let the reviewer be the user's own person."""
    own = person_of(user)
    if reviewer.person.user_id == user.pk:
        return
    if own is None:
        link_account(person=reviewer.person, by=user)
        return
    others = Reviewer.objects.filter(call=reviewer.call_id, person=own).exclude(pk=reviewer.pk)
    refuse_if(Violation("reviewer_in_pool_already") if others.exists() else None)
    reviewer.person = own
    reviewer.save(update_fields=["person"])


@action
def decline_invitation(
    *, invitation: ReviewerInvitation, by: Any, reason: str = "", suggestion: str = ""
) -> ReviewerInvitation:
    """Do not review, with whom one would ask instead. What was given to them already is taken back.

    Raises:
        NotAllowed: the invitation is somebody else's.
        RuleBroken: `invitation_not_open`, `transition_not_allowed` (once accepted), `text_too_long`, `text_has_null`.
    """
    invitation = _answered(invitation, by)
    for name, text in (("reason", reason), ("suggestion", suggestion)):
        refuse_if(
            Violation("text_too_long", name, {"limit": LONGEST_COMMENT})
            if len(text) > LONGEST_COMMENT
            else None,
            Violation("text_has_null", name) if "\x00" in text else None,
        )
    if invitation.state != InvitationState.PENDING:
        raise RuleBroken(Violation("transition_not_allowed"))
    reviewer = Reviewer.objects.select_for_update(of=("self",)).get(pk=invitation.reviewer_id)
    apply_transition(invitation, "decline", by=by, reason=reason.strip())
    invitation.reason = "" if is_blank_text(reason) else reason.strip()
    invitation.suggestion = "" if is_blank_text(suggestion) else suggestion.strip()
    invitation.save(update_fields=["reason", "suggestion"])
    use_up(invitation)
    apply_transition(reviewer, "decline", by=by)
    _take_back_open(reviewer, by)
    _tell(invitation, "review_declined")
    return invitation


def _take_back_open(reviewer: Reviewer, by: Any) -> None:
    """Take back what a reviewer was given and has not submitted."""
    given = reviewer.assignments.select_related("proposal").filter(
        state__in=(AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS)
    )
    for assignment in given.order_by("pk"):
        apply_transition(assignment, "withdraw", by=by)
        access.stop_reading(proposal=assignment.proposal, person=reviewer.person, source=SOURCE, by=by)


def _tell(invitation: ReviewerInvitation, template: str) -> None:
    """Write to the officer who invited how it was answered."""
    user, reviewer = invitation.invited_by, invitation.reviewer
    person = person_of(user)
    queue_mail(
        template,
        to=user.email,
        language=user.language,
        values={
            "name": person.name_in(user.language) if person else user.email,
            "reviewer": reviewer.person.name_in(user.language),
            "call": reviewer.call,
            "path": path_in(user.language, "review:pool", reviewer.call.public_id),
        },
        about=reviewer,
        key=f"{template}:{invitation.public_id}",
    )
