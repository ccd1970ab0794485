from django.conf import settings
from django.db import models

from kernel.files.models import StoredFile
from kernel.ids import PublicIdField
from proposals.models.proposal import Proposal


class Submission(models.Model):
    """A proposal as it was submitted: the whole of it, its digest, and the PDF that reviewers see."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    # SHA-256 of the content in canonical JSON.
    sha256 = models.CharField(max_length=64)
    # Made in the background; NULL until it is there.
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="submission_is_there_once")
        ]
