"""How somebody answers an invitation: by their account, or by the link that came with the mail."""

from typing import Any

from accounts.actions.people import correct_names, link_account
from accounts.models import Person
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from proposals.actions.editing import draft_violation, touch
from proposals.actions.invitations import leave_team, use_up
from proposals.actions.mails import write_to_pi
from proposals.enums import InvitationState
from proposals.invited import invitations_of
from proposals.models import Invitation, OtherGrant, Proposal, StandingRecord, Statement, TeamMember
from proposals.permissions import ByLink
from proposals.rules.texts import REASON_LIMIT, text_violation


@action
def accept_invitation(*, invitation: Invitation, by: Any) -> Invitation:
    """Take part. The member is from now on the person of the account whose e-mail was invited; somebody who came by the
    link is the person that was named.

    Raises:
        NotAllowed: the invitation is somebody else's.
        RuleBroken: `invitation_not_open`; `deadline_passed`, `proposal_not_draft`; `invitation_person_on_team` where the
            account's person is on the team by another entry.
    """
    invitation = _answered(invitation, by)
    locked = _locked_draft(invitation)
    if invitation.state == InvitationState.ACCEPTED:
        return invitation  # a second click
    apply_transition(invitation, "accept", by=by)
    use_up(invitation)
    TeamMember.objects.filter(pk=invitation.member_id).update(joined_at=now())
    invitation.member.joined_at = now()
    if not isinstance(by, ByLink):
        _bind(invitation.member, locked, by)
    _tell_pi("invitation_accepted", invitation)
    return invitation


def _answered(invitation: Invitation, by: Any) -> Invitation:
    """The locked invitation, if it is the answerer's and may be answered."""
    if isinstance(by, ByLink):
        require(by.invitation.pk == invitation.pk)
    else:
        require(invitations_of(by).filter(pk=invitation.pk).exists())
    locked = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("member__person__user", "proposal__call", "proposal__pi__user")
        .get(pk=invitation.pk)
    )
    refuse_if(None if locked.is_open else Violation("invitation_not_open"))
    return locked


def _locked_draft(invitation: Invitation) -> Proposal:
    proposals = Proposal.objects.select_for_update(of=("self",)).select_related("call")
    locked = proposals.get(pk=invitation.proposal_id)
    refuse_if(draft_violation(locked))
    return locked


def _bind(member: TeamMember, proposal: Proposal, user: Any) -> None:
    """Let the member be the user's own person."""
    person, own = member.person, person_of(user)
    if person.user_id == user.pk:
        return
    if own is None:
        link_account(person=person, by=user)
        return
    others = TeamMember.objects.filter(proposal=proposal, person=own).exclude(pk=member.pk)
    refuse_if(Violation("invitation_person_on_team") if others.exists() else None)
    for model in (OtherGrant, StandingRecord, Statement):
        model.objects.filter(proposal=proposal, person=person).update(person=own)
    member.person = own
    member.save(update_fields=["person"])
    touch(proposal)
    audit.record("member_linked", proposal, by=user, details={"member": member.public_id})


@action
def decline_invitation(*, invitation: Invitation, by: Any, reason: str) -> Invitation:
    """Do not take part, with a reason that the principal investigator is told.

    Raises:
        NotAllowed: the invitation is somebody else's.
        RuleBroken: `invitation_not_open`; `reason_missing`, `text_over_limit`, `text_has_nul`.
    """
    invitation = _answered(invitation, by)
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    apply_transition(invitation, "decline", by=by, reason=reason.strip())
    invitation.reason = reason.strip()
    invitation.save(update_fields=["reason"])
    use_up(invitation)
    leave_team(invitation)
    _tell_pi("invitation_declined", invitation)
    return invitation


@action
def correct_own_names(*, by: ByLink, **names: str) -> Person:
    """Somebody who came by the link puts their own names right. What was signed under the old ones is signed again.

    Raises:
        NotAllowed: the person has an account.
        RuleBroken: `invitation_not_open`; as `lock_for_editing`; `name_missing`, `name_has_hidden_character`.
    """
    invitation = _answered(by.invitation, by)
    locked = _locked_draft(invitation)
    person = correct_names(person=invitation.member.person, by=by, **names)
    touch(locked)
    return person


def _tell_pi(template: str, invitation: Invitation) -> None:
    """Write to the principal investigator how an invitation was answered."""
    proposal = invitation.proposal
    user = proposal.pi.user
    write_to_pi(
        proposal,
        template,
        key=f"{template}:{invitation.public_id}",
        page="proposals:team",
        invitation=invitation,
        member=invitation.member.person.name_in(user.language if user else "en"),
    )
