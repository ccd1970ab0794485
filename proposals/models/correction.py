from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.models.proposal import Proposal


class Correction(models.Model):
    """A received proposal that an agency has returned for correction (差戻し): what is to be corrected, in which parts, until when.

    It is open until the proposal is locked again; as long as it is, nothing but these parts may be changed.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="corrections")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    until = models.DateTimeField()
    what = models.TextField()
    # Names of parts as `proposals.rules.correction` knows them.
    parts = models.JSONField(default=list)
    # The version that was returned; it stays valid unless another is submitted.
    submission_number = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=models.Q(ended_at=None),
                name="proposal_is_returned_once_at_a_time",
            )
        ]
