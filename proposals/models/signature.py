from django.db import models

from accounts.models import Person
from kernel.clock import now
from proposals.models.proposal import Proposal


class Signature(models.Model):
    """Somebody of either team has read the shared core and agrees to it: to this very content, by its SHA-256.

    Nothing takes it back. It counts as long as the core is what was signed, and counts again when it is so again.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="signatures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person", "sha256"], name="a_content_is_signed_once_a_person"
            )
        ]
