from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.ids import PublicIdField
from proposals.enums import CareerStage, ExchangeDirection
from proposals.models.proposal import Proposal


class ExchangePlan(models.Model):
    """One planned stay: who (or “to be named”), where, from when to when, and the degree sought."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="exchange")
    direction = models.CharField(max_length=10, choices=choices(ExchangeDirection))
    # Blank for somebody who is still to be named.
    person_name = models.CharField(max_length=200, blank=True, default="")
    career_stage = models.CharField(max_length=10, choices=choices(CareerStage))
    host = models.CharField(max_length=300)
    # Blank where the registry does not have it.
    host_ror_id = models.CharField(max_length=9, blank=True, default="")
    country_code = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    degree_sought = models.CharField(max_length=120, blank=True, default="")
    # What of the budget that is asked for goes into it (旅費・滞在費・人件費), in its minor units; NULL: not said.
    amount_yen = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="exchange_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(amount_yen=None) | Q(amount_yen__gte=0),
                name="exchange_costs_no_less_than_nothing",
            ),
        ]
