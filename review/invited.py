"""Reads of invitations to review: whose they are, and whom a link's session lets in."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person
from accounts.permissions import person_of
from accounts.rules.links import token_hash
from kernel.audit import BY_LINK
from kernel.clock import now
from proposals.enums import InvitationState
from review.confidentiality import VERSION
from review.models import ConfidentialityAgreement, Reviewer, ReviewerInvitation
from review.permissions import identities

WITH_ALL = (
    "reviewer__person__user",
    "reviewer__call__programme",
    "reviewer__agency",
    "invited_by__person",
)


@dataclass(frozen=True)
class ByReviewLink:
    """Somebody without an account who came by the link of an invitation to review: for its pages alone they are the person
    who was invited."""

    invitation: ReviewerInvitation
    is_authenticated = False

    @property
    def recorded_as(self) -> dict[str, dict[str, str]]:
        """Whom the audit trail names."""
        person = self.invitation.reviewer.person
        return {BY_LINK: {"invitation": self.invitation.public_id, "person": person.public_id}}


def still_open() -> Q:
    """Invitations that may be answered, or were accepted."""
    return Q(state=InvitationState.ACCEPTED) | Q(state=InvitationState.PENDING, expires_at__gt=now())


def review_invitations_of(user: Any) -> QuerySet[ReviewerInvitation]:
    """The invitations of an account: of its own person, and of anybody without an account under a verified e-mail of its."""
    if not user.is_authenticated:
        return ReviewerInvitation.objects.none()
    verified = EmailAddress.objects.filter(user=user, verified=True).annotate(lower=Lower("email"))
    return (
        ReviewerInvitation.objects.select_related(*WITH_ALL)
        .filter(
            Q(reviewer__person__user=user)
            | Q(reviewer__person__user=None, email__in=verified.order_by().values("lower"))
        )
        .order_by("-pk")
    )


def pending_review_invitations(user: Any) -> QuerySet[ReviewerInvitation]:
    """Those of `review_invitations_of` that wait for an answer, the newest first."""
    return review_invitations_of(user).filter(state=InvitationState.PENDING, expires_at__gt=now())


def signs_in(invitation: ReviewerInvitation) -> bool:
    """Whether the invited person has an account: their own, or one whose verified e-mail was invited."""
    return (
        invitation.reviewer.person.user_id is not None
        or EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).exists()
    )


def invitation_of_token(token: str) -> ReviewerInvitation | None:
    """The open invitation whose unused link this is."""
    found = ReviewerInvitation.objects.select_related(*WITH_ALL)
    return found.filter(still_open(), token_hash=token_hash(token)).first()


def invitation_let_in(public_id: Any) -> ReviewerInvitation | None:
    """The invitation by whose link somebody came, as long as it is open and they have no account."""
    if not isinstance(public_id, str):
        return None
    found = ReviewerInvitation.objects.select_related(*WITH_ALL)
    invitation = found.filter(public_id=public_id, opened_at__isnull=False).first()
    if invitation is None or not invitation.is_open or signs_in(invitation):
        return None
    return invitation


def has_agreed(reviewer: Reviewer) -> bool:
    """Whether the reviewer has agreed to confidentiality as its text stands now."""
    return ConfidentialityAgreement.objects.filter(reviewer=reviewer, version=VERSION).exists()


def is_own(user: Any, reviewer: Reviewer) -> bool:
    """Whether the reviewer is the user's own person, under any of their ids."""
    person: Person | None = person_of(user)
    return person is not None and reviewer.person_id in identities(person)
