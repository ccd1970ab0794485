from django.db import models
from django.db.models import F, Q

from kernel.ids import PublicIdField
from registries.models.import_run import ImportRun


class RegisteredAward(models.Model):
    """An award that a partner agency has published, read from its file. What an applicant claims is compared with it."""

    public_id = PublicIdField()
    # The agency's ROR id and its award number together name an award.
    agency_ror_id = models.CharField(max_length=9)
    agency_name = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    title = models.TextField(blank=True, default="")
    abstract = models.TextField(blank=True, default="")
    pi_name = models.CharField(max_length=200, blank=True, default="")
    pi_email = models.EmailField(blank=True, default="")
    institution_name = models.CharField(max_length=300, blank=True, default="")
    country_code = models.CharField(max_length=2)
    # In minor units of `currency`; NULL where the file gives none.
    amount = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    source_url = models.URLField(max_length=400, blank=True, default="")
    imported_by_run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_ror_id", "number"], name="registered_award_is_there_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="registered_award_ends_after_it_starts",
            ),
        ]
