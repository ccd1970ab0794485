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
    country_code = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    degree_sought = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="exchange_ends_after_it_starts"
            )
        ]
