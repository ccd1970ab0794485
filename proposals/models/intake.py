from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from program.models import Call
from proposals.enums import CollectionKey
from proposals.models.proposal import Proposal
from proposals.models.submission import Submission


class Intake(models.Model):
    """A table of proposals that were collected elsewhere, as it was taken into a call."""

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="intakes")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # By which of its columns a proposal is found again when a table comes a second time: one for all tables of a call.
    key = models.CharField(max_length=20, choices=choices(CollectionKey))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    unchanged = models.PositiveIntegerField(default=0)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)


class IntakeRow(models.Model):
    """What one row of a table made of a proposal. `before` is empty where the row made the proposal itself.

    Values are those of `proposals.intake_columns`, canonical and without a language.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="rows")
    # NULL once the intake was undone that had made it.
    proposal = models.ForeignKey(Proposal, on_delete=models.SET_NULL, null=True, related_name="intake_rows")
    submission = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, related_name="+")
    # As a spreadsheet counts, the heading being row 1.
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    receipt_number = models.CharField(max_length=30)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # The people whom the row has made known, so that undoing leaves none behind.
    people = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "number"], name="intake_row_is_there_once"),
        ]


class CollectedProposal(models.Model):
    """That a proposal was collected elsewhere: under which key, and what the last table says of it."""

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="collection")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    values = models.JSONField(default=dict)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="collected_proposal_is_there_once_a_call")
        ]
