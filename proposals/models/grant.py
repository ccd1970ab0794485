from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.choices import choices
from kernel.ids import PublicIdField
from proposals.enums import GrantStatus
from proposals.models.proposal import Proposal


class OtherGrant(models.Model):
    """A grant outside this portal that somebody of the team holds or has applied for (他制度の応募・受入状況)."""

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="grants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=7, choices=choices(GrantStatus))
    funder = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    # The person's own part in whole yen, in all of its fiscal years; NULL where it is not told.
    amount_yen = models.BigIntegerField(null=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    effort_percent = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="other_grant_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(effort_percent__lte=100), name="other_grant_effort_at_most_all"
            ),
            models.CheckConstraint(
                condition=Q(amount_yen=None) | Q(amount_yen__gte=0), name="other_grant_not_below_zero"
            ),
        ]
