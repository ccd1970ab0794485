from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call
from program.models.answer import AnsweredOnBehalf, on_behalf_constraints
from proposals.models import Proposal


class AgencyList(AnsweredOnBehalf):
    """What one agency says of all proposals of a call before the decision: which it recommends, or in which order it has them.

    For an agency that does not sign in it is recorded from its letter, and counts once a second officer confirms it.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="agency_lists")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "agency"], name="agency_has_one_list_a_call"),
            *on_behalf_constraints("agency_list"),
        ]


class AgencyListItem(models.Model):
    """A proposal in an agency's list: whether it is recommended, or its rank, and what the agency says of it."""

    agency_list = models.ForeignKey(AgencyList, on_delete=models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    is_recommended = models.BooleanField(null=True)
    rank = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_list", "proposal"], name="agency_lists_a_proposal_once"),
            models.CheckConstraint(
                condition=Q(is_recommended__isnull=False, rank=None) | Q(is_recommended=None, rank__gte=1),
                name="agency_list_item_is_of_one_kind",
            ),
        ]


class NegotiationNote(models.Model):
    """What an agency said of a proposal while the agencies negotiated. Kept for good: a later note adds to it."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="negotiation")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["at", "id"]
