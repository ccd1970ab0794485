from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from proposals.enums import InvitationState, TeamRole
from proposals.models.proposal import Proposal
from proposals.models.team import TeamMember
from proposals.states import INVITATION

OPEN = Q(state__in=(InvitationState.PENDING.value, InvitationState.ACCEPTED.value))


class Invitation(models.Model):
    """A member of the team is asked by mail to take part and to sign. The link of the mail works once; of its token the
    hash alone is kept, and none when the link is used up."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=20, choices=choices(TeamRole))
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
    # Why somebody declined.
    reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            state_is_known(INVITATION, "invitation_state_is_known"),
            models.UniqueConstraint(
                fields=["member"], condition=OPEN, name="invitation_is_open_once_a_member"
            ),
        ]
        indexes = [models.Index(fields=["email", "state"], name="invitations_by_email")]

    @property
    def standing(self) -> InvitationState:
        """The state as of this moment: one that nobody has answered in time has expired, whenever that is noted."""
        state = InvitationState(self.state)
        is_late = state == InvitationState.PENDING and self.expires_at <= now()
        return InvitationState.EXPIRED if is_late else state

    @property
    def is_open(self) -> bool:
        """Whether it may be answered, or lets somebody in."""
        return self.standing in (InvitationState.PENDING, InvitationState.ACCEPTED)
