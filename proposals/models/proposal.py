import datetime as dt

from django.conf import settings
from django.db import models

from accounts.models import Organisation, Person
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call, Designation, FormSection, FormVersion
from proposals.states import PROPOSAL


class Proposal(models.Model):
    """A Japanese team's proposal to a call, linked to a partner agency's award."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, null=True, related_name="+")
    pi = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_proposals")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    title_ja = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    years = models.PositiveSmallIntegerField(default=5)
    state = StateField(PROPOSAL)
    # Counts every change of the whole. Each part that is saved as one keeps the number of its own last change, so that a
    # form made before another part's change is not stale.
    version = models.PositiveIntegerField(default=1)
    core_version = models.PositiveIntegerField(default=1)
    budget_version = models.PositiveIntegerField(default=1)
    # An officer's test of a form that is being prepared. It stays a draft for good: received, counted and judged nowhere.
    is_test = models.BooleanField(default=False)
    # A later deadline that an officer gave to this proposal alone.
    extended_until = models.DateTimeField(null=True)
    # 0001, 0002, ... per call, given at the first submission and kept.
    receipt_number = models.CharField(max_length=30, null=True, unique=True)
    attachment = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            state_is_known(PROPOSAL, "proposal_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(is_test=False) | models.Q(state="draft", receipt_number=None),
                name="test_proposal_stays_a_draft",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "id"], name="proposals_by_call"),
            models.Index(fields=["pi", "id"], name="proposals_by_pi"),
        ]

    @property
    def deadline_at(self) -> dt.datetime:
        """From this instant on a change or a submission is late."""
        return max(self.call.deadline_at, self.extended_until or self.call.deadline_at)

    @property
    def fiscal_years(self) -> range:
        """The fiscal years for which money is asked."""
        return range(self.call.first_year, self.call.first_year + self.years)


class ProposalSection(models.Model):
    """What was written in one section, and who wrote it last. `revision` is what a save must know."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="sections")
    section = models.ForeignKey(FormSection, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True, default="")
    # The answers to the section's fields by their keys; `proposals.rules.answers` says of what shape.
    answers = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "section"], name="proposal_section_is_there_once")
        ]
