from django.conf import settings
from django.db import models

from accounts.enums import RequestState, Role
from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.person import Person
from accounts.states import REQUEST
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.languages import localized
from kernel.transitions import StateField, state_is_known


class MembershipRequest(models.Model):
    """A person asks for a role at an institution: at one that the portal works with, or at one as it was typed."""

    public_id = PublicIdField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="membership_requests")
    role = models.CharField(max_length=25, choices=choices(Role))
    # NULL where the portal does not work with the institution yet; then staff answer.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="membership_requests"
    )
    institution_name = models.CharField(max_length=300)
    ror_id = models.CharField(max_length=9, blank=True, default="")
    # Department and post: by what the officers may know the person.
    note = models.CharField(max_length=300, blank=True, default="")
    state = StateField(REQUEST)
    asked_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Why it was refused; the person reads it.
    reason = models.CharField(max_length=300, blank=True, default="")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            state_is_known(REQUEST, "membership_request_state_is_known"),
            models.UniqueConstraint(
                fields=["person", "role", "institution_name"],
                condition=models.Q(state=RequestState.WAITING.value),
                name="membership_is_asked_for_once",
            ),
        ]

    @property
    def institution(self) -> str:
        """The institution's name in the reader's language; as it was typed where the portal does not know it."""
        return localized(self.organisation, "name") if self.organisation else self.institution_name

    @property
    def is_waiting(self) -> bool:
        return bool(self.state == RequestState.WAITING)
