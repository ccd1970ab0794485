"""Asking somebody of a pool to review: the mail with its link, sending it again, taking it back."""

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.actions.people import path_in
from accounts.rules.links import MOMENT, browser_mark, new_token, token_hash
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.outbox import queue_mail
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from proposals.actions.invitations import PAUSE, address_of, refuse_too_soon
from proposals.enums import InvitationState
from review.enums import ReviewerState
from review.invited import ByReviewLink, signs_in, still_open
from review.models import Reviewer, ReviewerInvitation
from review.permissions import may_keep_pool

INVITABLE = (ReviewerState.NAMED, ReviewerState.INVITED, ReviewerState.DECLINED)


def _locked(reviewer: Reviewer, by: Any) -> Reviewer:
    found = (
        Reviewer.objects.select_for_update(of=("self",))
        .select_related("call__programme", "agency", "person__user")
        .get(pk=reviewer.pk)
    )
    require(may_keep_pool(by, found.call, found.agency))
    return found


@action
def invite_reviewer(*, reviewer: Reviewer, by: Any, language: str, email: str = "") -> ReviewerInvitation:
    """Ask somebody of the pool by mail, or once more: the new link replaces the one before.

    Raises:
        NotAllowed: `by` does not keep this pool.
        RuleBroken: `reviewer_not_confirmed`, `reviewer_not_invitable` (has accepted, or is retired),
            `invitation_email_missing`, `mail_too_soon`.
    """
    reviewer = _locked(reviewer, by)
    address = address_of(reviewer.person) or email.strip().lower()
    refuse_if(
        None if reviewer.counts else Violation("reviewer_not_confirmed"),
        None if reviewer.state in INVITABLE else Violation("reviewer_not_invitable"),
        None if address else Violation("invitation_email_missing", "email"),
    )
    refuse_too_soon(address, "review_invitation")
    invitation = (
        ReviewerInvitation.objects.select_for_update().filter(reviewer=reviewer).order_by("-pk").first()
    )
    if invitation is not None and invitation.standing != invitation.state:
        apply_transition(invitation, "expire", by=None)
    if invitation is None or invitation.state != InvitationState.PENDING:
        invitation = ReviewerInvitation(reviewer=reviewer)
    token = new_token()
    invitation.email, invitation.language = address, language
    invitation.invited_by, invitation.sent_at, invitation.opened_at = by, now(), None
    invitation.expires_at = now() + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation.token_hash = token_hash(token)
    invitation.save()
    apply_transition(reviewer, "invite", by=by, private={"email": address})
    _mail(invitation, token)
    return invitation


def _mail(invitation: ReviewerInvitation, token: str) -> None:
    """Neither a title nor a team stands in the mail: an address may be read by others."""
    language, reviewer = invitation.language, invitation.reviewer
    route, value = ("invitation_link", token) if token else ("own_invitation", invitation.public_id)
    queue_mail(
        "review_invitation",
        to=invitation.email,
        language=language,
        values={
            "invitation": invitation,
            "call": reviewer.call,
            "agency": reviewer.agency,
            "name": reviewer.person.name_in(language),
            "path": path_in(language, f"review:{route}", value),
        },
        about=reviewer,
        key=f"review_invitation:{invitation.public_id}:{(invitation.token_hash or '')[:32]}",
    )


@action
def revoke_invitation(*, invitation: ReviewerInvitation, by: Any) -> ReviewerInvitation:
    """Take an invitation back that nobody has answered: its link is dead.

    Raises:
        NotAllowed: `by` does not keep this pool.
        RuleBroken: `transition_not_allowed` where it is answered, or was taken back.
    """
    reviewer = _locked(invitation.reviewer, by)
    refuse_if(None if invitation.state == InvitationState.PENDING else Violation("transition_not_allowed"))
    apply_transition(invitation, "revoke", by=by)
    use_up(invitation)
    apply_transition(reviewer, "revoke", by=by)
    return invitation


def use_up(invitation: ReviewerInvitation) -> None:
    invitation.token_hash, invitation.answered_at = None, now()
    invitation.save(update_fields=["token_hash", "answered_at"])


@action
def open_link(*, token: str, browser: str = "") -> ReviewerInvitation | None:
    """Use a link up, which shows that its reader has the e-mail; None for a link that no invitation has, or no more, and
    where the person has an account: they sign in instead, and the link stays as it is.

    `browser` is a secret of the browser: for a moment it finds again what it has used up itself, and nothing is written.
    """
    found = ReviewerInvitation.objects.select_for_update(of=("self",)).select_related("reviewer__person")
    invitation = found.filter(token_hash=token_hash(token)).first()
    mark, is_again = browser_mark(token, browser), False
    if invitation is None and mark:
        is_again = True
        since = now() - dt.timedelta(seconds=MOMENT)
        invitation = found.filter(opened_by=mark, opened_at__gt=since).first()
    if invitation is None or not invitation.is_open or signs_in(invitation):
        return None
    if is_again:
        return invitation
    invitation.token_hash, invitation.opened_at, invitation.opened_by = None, now(), mark
    invitation.save(update_fields=["token_hash", "opened_at", "opened_by"])
    person = invitation.reviewer.person
    if not person.email:
        person.email = invitation.email
        person.save(update_fields=["email"])
    audit.record("link_opened", invitation, by=ByReviewLink(invitation))
    return invitation


@action
def send_new_link(*, email: str) -> int:
    """Send new links to somebody who has opened one before; how many went. Nobody is told whether there are any, and none
    goes twice within a minute."""
    email = email.strip().lower()
    opened = ReviewerInvitation.objects.select_for_update(of=("self",)).filter(
        still_open(), email=email, opened_at__isnull=False, sent_at__lte=now() - PAUSE
    )
    count = 0
    for invitation in opened.select_related("reviewer__person__user", "reviewer__call", "reviewer__agency"):
        token = "" if signs_in(invitation) else new_token()
        invitation.token_hash = token_hash(token) if token else None
        invitation.sent_at = now()
        invitation.save(update_fields=["token_hash", "sent_at"])
        _mail(invitation, token)
        count += 1
    return count
