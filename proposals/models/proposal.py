import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models

from accounts.models import Organisation, Person
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.models import Call, Designation, FormSection, FormVersion, SupportType
from proposals.models.notice import NoticeOfIntent
from proposals.states import PROPOSAL


class Proposal(models.Model):
    """A Japanese team's proposal to a call, linked to a partner agency's award."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    designation = models.ForeignKey(Designation, on_delete=models.PROTECT, null=True, related_name="+")
    # NULL where the call has none to choose from, or a draft has not chosen yet. One is taken away only while its call is
    # prepared, when nothing but a test of the form can have chosen it.
    support_type = models.ForeignKey(SupportType, on_delete=models.SET_NULL, null=True, related_name="+")
    # The notice of intent from which it was begun.
    notice = models.ForeignKey(NoticeOfIntent, on_delete=models.PROTECT, null=True, related_name="proposals")
    pi = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_proposals")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="proposals")
    title_ja = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")
    years = models.PositiveSmallIntegerField(default=5)
    # The calendar months in which the joint research begins in its first fiscal year and ends in its last; NULL: those
    # of the fiscal year, which is a whole one.
    first_month = models.PositiveSmallIntegerField(null=True)
    last_month = models.PositiveSmallIntegerField(null=True)
    state = StateField(PROPOSAL)
    # Counts every change of the whole. Each part that is saved as one keeps the number of its own last change, so that a
    # form made before another part's change is not stale.
    version = models.PositiveIntegerField(default=1)
    core_version = models.PositiveIntegerField(default=1)
    budget_version = models.PositiveIntegerField(default=1)
    # The version up to which signatories were told that a change has voided what they signed.
    voided_told_at_version = models.PositiveIntegerField(default=0)
    # An officer's test of a form that is being prepared. It stays a draft for good: received, counted and judged nowhere.
    is_test = models.BooleanField(default=False)
    # A later deadline that an officer gave to this proposal alone.
    extended_until = models.DateTimeField(null=True)
    # 0001, 0002, ... per call, given at the first submission and kept.
    receipt_number = models.CharField(max_length=30, null=True, unique=True)
    attachment = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    # Withdrawn before it was ever received at a deadline: no agency reads it, then or later.
    is_unreceived = models.BooleanField(default=False)
    # Where it was collected elsewhere: number, file, row, day of receipt there, by whom and when (`proposals.collected`).
    collected = models.JSONField(default=dict)
    # The version that was looked at for overlaps, and whether another proposal's look asks for one more.
    overlaps_seen = models.PositiveIntegerField(default=0)
    overlaps_due = models.BooleanField(default=False)
    # What was decided and is not published yet: since when, what its team is told instead of `state` until then (blank:
    # nothing is held back), and until when (NULL: the instant is not set). See `proposals.told`.
    decided_at = models.DateTimeField(null=True)
    told_state = models.CharField(max_length=20, blank=True, default="")
    told_from = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            state_is_known(PROPOSAL, "proposal_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(is_test=False) | models.Q(state="draft", receipt_number=None),
                name="test_proposal_stays_a_draft",
            ),
            # After a withdrawal another one may be begun from the same notice.
            models.UniqueConstraint(
                fields=["notice"],
                condition=~models.Q(state="withdrawn"),
                name="notice_has_one_proposal_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "id"], name="proposals_by_call"),
            models.Index(fields=["pi", "id"], name="proposals_by_pi"),
        ]

    # Set on a row that shows its reader an earlier state (`proposals.told`).
    is_as_told = False

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A row that shows an earlier state never puts it into the database."""
        assert not self.is_as_told or (update_fields is not None and "state" not in update_fields)
        super().save(*args, update_fields=update_fields, **kwargs)

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


class SectionRevision(models.Model):
    """What a section held when one writer's sitting ended, or when much of its text was about to go.

    Text saves itself every few seconds; so what one writer saves within a sitting replaces itself here.
    """

    section = models.ForeignKey(ProposalSection, on_delete=models.CASCADE, related_name="revisions")
    # The section's own revision when it was saved last.
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True, default="")
    answers = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="section_revision_is_there_once")
        ]
