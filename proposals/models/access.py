from django.db import models

from accounts.models import Person
from kernel.choices import choices
from proposals.enums import AccessKind
from proposals.models.proposal import Proposal


class ProposalAccess(models.Model):
    """Who else may read a proposal (a reviewer without a conflict), or must not (anyone with one).

    Written by review's actions, read by `proposals_visible_to`. An exclusion outweighs every role.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="access")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=choices(AccessKind))
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person", "kind", "source"], name="access_is_there_once"
            )
        ]
