from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import FormSection
from proposals.enums import ChangeTarget
from proposals.models.proposal import Proposal
from proposals.states import CHANGE


class ProposedChange(models.Model):
    """Another text for a title or a section of the shared core, which the partner's principal investigator proposes and a
    writer accepts or declines."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="proposed_changes")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    target = models.CharField(max_length=10, choices=choices(ChangeTarget))
    section = models.ForeignKey(FormSection, on_delete=models.PROTECT, null=True, related_name="+")
    # The section's revision, or the proposal's version, that the proposed text was made from.
    revision = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    comment = models.TextField(blank=True, default="")
    state = StateField(CHANGE)
    made_at = models.DateTimeField(default=now)
    answer = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            state_is_known(CHANGE, "proposed_change_state_is_known"),
            models.CheckConstraint(
                condition=Q(target="section", section__isnull=False)
                | (~Q(target="section") & Q(section__isnull=True)),
                name="proposed_change_has_its_target",
            ),
        ]
