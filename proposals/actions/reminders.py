"""Asking for signatures, and telling when they were voided or are complete."""

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef

from accounts.actions.people import path_in
from accounts.rules.links import new_token, token_hash
from kernel import audit
from kernel.actions import action
from kernel.clock import now
from kernel.outbox import MailKind, queue_mail
from kernel.outbox.models import OutboxMail
from kernel.violations import Violation, refuse_if
from proposals.actions.content import content_of
from proposals.actions.editing import draft_violation, lock_for_editing
from proposals.actions.invitations import address_of, refuse_too_soon, send_invitation
from proposals.actions.signing import Signed, signatures_of, tell_pi
from proposals.enums import InvitationState, ProposalState, TeamRole
from proposals.invited import has_account, newest_invitations
from proposals.models import Invitation, Proposal, Signature, TeamMember

# A draft that nobody has changed for so long has come to rest: whose signature a change has voided is told then, once.
QUIET = dt.timedelta(minutes=30)
ASKED = "signature_asked"


@action
def ask_for_signature(*, member: TeamMember, by: Any) -> None:
    """Ask one member to sign what stands now: by an invitation where there is none that is open, else by a reminder, which
    brings somebody without an account a new link.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `signature_not_missing`; `invitation_email_missing`; `mail_too_soon`.
    """
    locked = lock_for_editing(proposal=member.proposal, by=by, part=None)
    missing = [signed for signed in _missing(locked) if signed.member.pk == member.pk]
    refuse_if(None if missing else Violation("signature_not_missing"))
    _ask(locked, missing[0].member, by)


@action
def ask_for_signatures(*, proposal: Proposal, by: Any) -> int:
    """Ask everybody whose signature to what stands now is missing; how many were written to. Whoever was asked less than a
    minute ago, or has no address, is left out.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=None)
    count = 0
    for signed in _missing(locked):
        address = address_of(signed.member.person)
        recent = OutboxMail.objects.filter(
            recipient=address,
            template__in=(ASKED, "invitation"),
            created_at__gt=now() - dt.timedelta(minutes=1),
        )
        if address and not recent.exists():
            _ask(locked, signed.member, by)
            count += 1
    # They have been asked: nobody need be told besides that a change has voided what they signed.
    Proposal.objects.filter(pk=locked.pk).update(voided_told_at_version=F("version"))
    return count


def _missing(proposal: Proposal) -> list[Signed]:
    return [signed for signed in signatures_of(proposal, content_of(proposal)) if signed.at is None]


def _ask(proposal: Proposal, member: TeamMember, by: Any) -> None:
    person = member.person
    invitation = newest_invitations(proposal).get(member.pk)
    is_in = invitation is not None and invitation.standing == InvitationState.ACCEPTED
    if not is_in and (person.user is None or member.joined_at is None):
        usual = "en" if member.role == TeamRole.PARTNER_PI else "ja"
        send_invitation(member=member, by=by, language=invitation.language if invitation else usual)
        return
    refuse_too_soon(address_of(person), ASKED)
    audit.record("asked_to_sign", proposal, by=by, private={"person": person.public_id})
    write_to_signatory(ASKED, proposal, member, invitation, key=None)


def write_to_signatory(
    template: str,
    proposal: Proposal,
    member: TeamMember,
    invitation: Invitation | None,
    *,
    key: str | None,
    kind: MailKind = MailKind.REQUIRED,
    recheck: dict[str, Any] | None = None,
    **values: Any,
) -> None:
    """Write to a signatory where they sign: the page for those who sign in, else a new link, which kills the one before."""
    person = member.person
    if person.user is not None and member.joined_at is not None:
        address, language = address_of(person), person.user.language
        path = path_in(language, "proposals:sign", proposal.public_id)
    elif invitation is None or not invitation.is_open:
        return
    elif has_account(invitation):
        address, language = invitation.email, invitation.language
        path = path_in(language, "proposals:own_invitation", invitation.public_id)
    else:
        address, language, token = invitation.email, invitation.language, new_token()
        invitation.token_hash = token_hash(token)
        invitation.save(update_fields=["token_hash"])
        path = path_in(language, "proposals:invitation_link", token)
    queue_mail(
        template,
        to=address,
        language=language,
        values={"proposal": proposal, "name": person.name_in(language), "path": path, **values},
        about=proposal,
        key=key,
        kind=kind,
        recheck=recheck,
    )


def tell_voided_signatures() -> int:
    """Tell whose signature a change has voided, once for each signature, when the draft has come to rest; how many mails."""
    resting = Proposal.objects.filter(
        Exists(Signature.objects.filter(proposal=OuterRef("pk"))),
        state=ProposalState.DRAFT,
        changed_at__lte=now() - QUIET,
    ).exclude(voided_told_at_version=F("version"))
    return sum(_tell_voided(key) for key in resting.order_by("pk").values_list("pk", flat=True))


@action
def _tell_voided(key: int) -> int:
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "pi__user")
        .get(pk=key)
    )
    if draft_violation(proposal) is not None or proposal.changed_at > now() - QUIET:
        return 0
    Proposal.objects.filter(pk=proposal.pk).update(voided_told_at_version=F("version"))
    void = [signed for signed in _missing(proposal) if signed.is_void]
    invitations, count, newest = newest_invitations(proposal), 0, 0
    for signed in void:
        own = proposal.signatures.filter(person=signed.member.person).latest("pk").pk
        newest, mail_key = max(newest, own), f"signature-voided:{own}"
        if not OutboxMail.objects.filter(key=mail_key).exists():
            invitation = invitations.get(signed.member.pk)
            write_to_signatory("signature_voided", proposal, signed.member, invitation, key=mail_key)
            count += 1
    if count:
        tell_pi("signatures_voided", proposal, void, key=f"signatures-voided:{newest}")
    return count
