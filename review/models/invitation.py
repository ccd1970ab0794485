from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from proposals.enums import InvitationState
from proposals.states import INVITATION
from review.models.reviewer import Reviewer

OPEN = Q(state__in=(InvitationState.PENDING.value, InvitationState.ACCEPTED.value))


class ReviewerInvitation(models.Model):
    """Somebody of a pool is asked by mail to review. The link of the mail works once; of its token the hash alone is kept,
    and none when the link is used up."""

    public_id = PublicIdField()
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    state = StateField(INVITATION)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    # When the link was opened, which shows that the address is the person's.
    opened_at = models.DateTimeField(null=True)
    # Of the link and the browser that has used it up (`accounts.rules.links.browser_mark`).
    opened_by = models.CharField(max_length=64, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    # Why somebody declined, and whom they would ask instead.
    reason = models.TextField(blank=True, default="")
    suggestion = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            state_is_known(INVITATION, "reviewer_invitation_state_is_known"),
            models.UniqueConstraint(
                fields=["reviewer"], condition=OPEN, name="reviewer_invitation_is_open_once"
            ),
        ]

    @property
    def standing(self) -> InvitationState:
        """The state as of this moment: one that nobody has answered in time has expired, whenever that is noted."""
        state = InvitationState(self.state)
        is_late = state == InvitationState.PENDING and self.expires_at <= now()
        return InvitationState.EXPIRED if is_late else state

    @property
    def is_open(self) -> bool:
        """Whether it may be answered, or was accepted."""
        return self.standing in (InvitationState.PENDING, InvitationState.ACCEPTED)


class ConfidentialityAgreement(models.Model):
    """A reviewer's word to keep what they read to themselves, by the version of the text that they had before them."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="agreements")
    version = models.CharField(max_length=20)
    at = models.DateTimeField(default=now)
    # By the link of the mail, without an account.
    by_link = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "version"], name="confidentiality_is_agreed_once")
        ]
