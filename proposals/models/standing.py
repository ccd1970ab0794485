from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.choices import choices
from kernel.ids import PublicIdField
from proposals.enums import StandingKind
from proposals.models.proposal import Proposal


class StandingRecord(models.Model):
    """One piece of evidence that a member of the partner team is a top researcher (トップ研究者): a post, a prize, a work, a
    membership, with its year and where it can be read.

    It stands in the shared core: what is said of a person is signed by that person.
    """

    public_id = PublicIdField()
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="standing")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(StandingKind))
    title = models.CharField(max_length=300)
    # Who appointed, awarded, published or elected.
    body = models.CharField(max_length=200, blank=True, default="")
    first_year = models.PositiveSmallIntegerField()
    # NULL: of one year, or to this day.
    last_year = models.PositiveSmallIntegerField(null=True)
    source_url = models.CharField(max_length=400, blank=True, default="")
    # Normalised; of a work alone.
    doi = models.CharField(max_length=255, blank=True, default="")
    # What the registry said of that DOI when it was entered (`proposals.rules.standing.Paper`); empty where it has none.
    paper = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="standing_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(source_url="") | ~Q(doi=""), name="standing_has_a_source"),
        ]
