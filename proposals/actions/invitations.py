"""Inviting members of the team by mail: the link that they are sent, sending it again, taking it back."""

import datetime as dt
from typing import Any

from django.conf import settings

from accounts.actions.people import path_in
from accounts.models import Person
from accounts.permissions import person_of
from accounts.rules.links import MOMENT, browser_mark, new_token, token_hash
from kernel import audit
from kernel.actions import action
from kernel.clock import now
from kernel.outbox import queue_mail
from kernel.outbox.models import OutboxMail
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.actions.editing import lock_for_editing
from proposals.actions.team import address_violation
from proposals.enums import InvitationState, ProposalState
from proposals.invited import has_account, still_open
from proposals.models import Invitation, TeamMember
from proposals.permissions import INVITED, ByLink

# So often may a mail of one kind go to one address.
PAUSE = dt.timedelta(minutes=1)


@action
def send_invitation(*, member: TeamMember, by: Any, language: str, email: str = "") -> Invitation:
    """Invite a member by mail, or send an invitation again that was not accepted: the new link replaces the one before.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `member_not_invited` by their role; `invitation_email_missing`, `email_twice`,
            `member_is_the_pi`; `invitation_accepted`; `mail_too_soon`.
    """
    locked = lock_for_editing(proposal=member.proposal, by=by, part=None)
    member = TeamMember.objects.select_related("person__user").get(pk=member.pk)
    refuse_if(Violation("member_not_invited") if member.role not in INVITED else None)
    address = address_of(member.person) or email.strip().lower()
    refuse_if(
        Violation("invitation_email_missing", "email") if not address else None,
        address_violation(locked, address, apart_from=member),
    )
    invitation = Invitation.objects.select_for_update().filter(member=member).order_by("-pk").first()
    if invitation is not None and invitation.state == InvitationState.ACCEPTED:
        raise RuleBroken(Violation("invitation_accepted"))
    refuse_too_soon(address, "invitation")
    if invitation is not None and invitation.standing != invitation.state:
        apply_transition(invitation, "expire", by=None)
    if invitation is None or invitation.state != InvitationState.PENDING:
        invitation = Invitation(proposal=locked, member=member)
    token = new_token()
    invitation.email, invitation.role, invitation.language = address, member.role, language
    invitation.invited_by, invitation.sent_at, invitation.opened_at = by, now(), None
    invitation.expires_at = now() + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation.token_hash = token_hash(token)
    invitation.save()
    audit.record("invited", locked, by=by, details={"role": str(member.role)}, private={"email": address})
    mail_invited("invitation", invitation, token)
    return invitation


def address_of(person: Person) -> str:
    """Where a person is written to: to their account, else to the address under which they are registered."""
    return (person.user.email if person.user else person.email).lower()


def refuse_too_soon(address: str, template: str) -> None:
    """Refuse a mail that would follow another one of its kind to this address within `PAUSE`.

    Raises:
        RuleBroken: `mail_too_soon`.
    """
    recent = OutboxMail.objects.filter(recipient=address, template=template, created_at__gt=now() - PAUSE)
    refuse_if(Violation("mail_too_soon") if recent.exists() else None)


def mail_invited(template: str, invitation: Invitation, token: str = "") -> None:
    """Write to the invited person; with a `token`, the link that lets them in, else the page for those who sign in."""
    proposal, language = invitation.proposal, invitation.language
    route, value = ("invitation_link", token) if token else ("own_invitation", invitation.public_id)
    inviter = person_of(invitation.invited_by)
    queue_mail(
        template,
        to=invitation.email,
        language=language,
        values={
            "invitation": invitation,
            "proposal": proposal,
            "call": proposal.call,
            "name": invitation.member.person.name_in(language),
            "inviter": inviter.name_in(language) if inviter else invitation.invited_by.email,
            "path": path_in(language, f"proposals:{route}", value),
        },
        about=proposal,
        key=f"{template}:{invitation.public_id}:{(invitation.token_hash or '')[:32]}",
    )


@action
def revoke_invitation(*, invitation: Invitation, by: Any) -> Invitation:
    """Take an invitation back: its link is dead, and the member is let in no more, by it or by an account.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `transition_not_allowed` where it is not open.
    """
    lock_for_editing(proposal=invitation.proposal, by=by, part=None)
    apply_transition(invitation, "revoke", by=by)
    use_up(invitation)
    leave_team(invitation)
    return invitation


def use_up(invitation: Invitation) -> None:
    invitation.token_hash, invitation.answered_at = None, now()
    invitation.save(update_fields=["token_hash", "answered_at"])


def leave_team(invitation: Invitation) -> None:
    """Let the member, who stays on the list until a writer takes them off it, take part no more."""
    TeamMember.objects.filter(pk=invitation.member_id).update(joined_at=None)


@action
def open_link(*, token: str, browser: str = "") -> Invitation | None:
    """Use a link up, which shows that its reader has the e-mail; None for a link that no invitation has, or no more.

    `browser` is a secret of the browser: for a moment it finds again what it has used up itself, and nothing is written.

    Raises:
        RuleBroken: `invitation_of_an_account`: they sign in instead, and the link stays as it is.
    """
    found = Invitation.objects.select_for_update(of=("self",)).select_related("member__person", "proposal")
    invitation = found.filter(token_hash=token_hash(token)).first()
    mark = browser_mark(token, browser)
    if invitation is None:
        again = found.filter(opened_by=mark, opened_at__gt=now() - dt.timedelta(seconds=MOMENT))
        invitation = again.first() if mark else None
        return invitation if invitation and invitation.is_open and not has_account(invitation) else None
    if not invitation.is_open:
        return None
    refuse_if(Violation("invitation_of_an_account") if has_account(invitation) else None)
    invitation.token_hash, invitation.opened_at, invitation.opened_by = None, now(), mark
    invitation.save(update_fields=["token_hash", "opened_at", "opened_by"])
    person = invitation.member.person
    if not person.email:
        person.email = invitation.email
        person.save(update_fields=["email"])
    audit.record("link_opened", invitation, by=ByLink(invitation))
    return invitation


@action
def send_new_link(*, email: str) -> int:
    """Send new links to somebody who has opened one before and has no account; how many went. Nobody is told whether
    there are any, and none goes twice within `PAUSE`."""
    email = email.strip().lower()
    recent = OutboxMail.objects.filter(
        recipient=email, template="invitation_link", created_at__gt=now() - PAUSE
    )
    if recent.exists():
        return 0
    opened = Invitation.objects.select_for_update(of=("self",)).filter(
        still_open(),
        email=email,
        opened_at__isnull=False,
        proposal__state=ProposalState.DRAFT,
    )
    count = 0
    for invitation in opened.select_related("member__person", "proposal__call", "invited_by__person"):
        if not has_account(invitation):
            renew_link(invitation, "invitation_link")
            count += 1
    return count


def renew_link(invitation: Invitation, template: str) -> None:
    """Write a mail with a new link, which replaces the one before; to somebody with an account the page to sign in for."""
    token = "" if has_account(invitation) else new_token()
    invitation.token_hash = token_hash(token) if token else None
    invitation.save(update_fields=["token_hash"])
    mail_invited(template, invitation, token)


@action
def expire_invitations() -> int:
    """Note which invitations nobody has answered in time; how many."""
    late = Invitation.objects.filter(state=InvitationState.PENDING, expires_at__lte=now())
    count = 0
    for invitation in late.select_for_update().order_by("pk"):
        apply_transition(invitation, "expire", by=None)
        invitation.token_hash = None
        invitation.save(update_fields=["token_hash"])
        count += 1
    return count
