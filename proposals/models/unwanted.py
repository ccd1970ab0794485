from django.db import models

from kernel.clock import now
from kernel.ids import PublicIdField
from proposals.models.proposal import Proposal


class UnwantedReviewer(models.Model):
    """Somebody by whom the applicants ask not to be reviewed (審査を希望しない者), and why.

    For the officers alone: it stands in no PDF, no file, and on no page that a reviewer reads.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="unwanted_reviewers")
    name = models.CharField(max_length=200)
    institution_name = models.CharField(max_length=300, blank=True, default="")
    # By which the person is known for certain; the name alone may be somebody else's.
    email = models.EmailField(blank=True, default="")
    reason = models.TextField()
    at = models.DateTimeField(default=now)
