"""Reads of invitations: whose they are, and whom a link's session lets in."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.rules.links import token_hash
from kernel.clock import now
from proposals.enums import InvitationState
from proposals.models import Invitation, Proposal

WITH_ALL = ("member__person__user", "proposal__call__programme", "proposal__pi__user", "invited_by__person")


def still_open() -> Q:
    """Invitations that may be answered, or were accepted."""
    return Q(state=InvitationState.ACCEPTED) | Q(state=InvitationState.PENDING, expires_at__gt=now())


def invitations_of(user: Any) -> QuerySet[Invitation]:
    """The invitations of an account: of its own person, and of anybody without an account under a verified e-mail of its."""
    if not user.is_authenticated:
        return Invitation.objects.none()
    verified = EmailAddress.objects.filter(user=user, verified=True).annotate(lower=Lower("email"))
    return (
        Invitation.objects.select_related(*WITH_ALL)
        .filter(
            Q(member__person__user=user)
            | Q(member__person__user=None, email__in=verified.order_by().values("lower"))
        )
        .order_by("-pk")
    )


def pending_invitations(user: Any) -> QuerySet[Invitation]:
    """Those of `invitations_of` that wait for an answer, the newest first."""
    return invitations_of(user).filter(state=InvitationState.PENDING, expires_at__gt=now())


def has_account(invitation: Invitation) -> bool:
    """Whether the invited person signs in: the member has an account, or the e-mail is an account's verified one."""
    return (
        invitation.member.person.user_id is not None
        or EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).exists()
    )


def invitation_of_token(token: str) -> Invitation | None:
    """The open invitation whose unused link this is."""
    found = Invitation.objects.select_related(*WITH_ALL).filter(still_open(), token_hash=token_hash(token))
    return found.first()


def invitation_let_in(public_id: Any) -> Invitation | None:
    """The open invitation by whose link somebody came, as long as they have no account."""
    if not isinstance(public_id, str):
        return None
    found = Invitation.objects.select_related(*WITH_ALL)
    invitation = found.filter(still_open(), public_id=public_id, opened_at__isnull=False).first()
    return None if invitation is None or has_account(invitation) else invitation


def newest_invitations(proposal: Proposal) -> dict[int, Invitation]:
    """The newest invitation of each member, by the member's key."""
    return {invitation.member_id: invitation for invitation in proposal.invitations.order_by("pk")}
