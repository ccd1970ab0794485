from django.db import models
from simple_history.models import HistoricalRecords

from accounts.enums import OrganisationKind
from kernel.choices import choices
from kernel.ids import PublicIdField


class Organisation(models.Model):
    """A ministry, a funding agency or a research institution that people belong to."""

    public_id = PublicIdField()
    kind = models.CharField(max_length=25, choices=choices(OrganisationKind))
    name_ja = models.CharField(max_length=200, blank=True, default="")
    name_en = models.CharField(max_length=200, blank=True, default="")
    # What everyone calls it: JST, NSF, 東大.
    short_name = models.CharField(max_length=40)
    country_code = models.CharField(max_length=2)
    # The full ROR address's last part, e.g. 057zh3y96; NULL where there is none.
    ror_id = models.CharField(max_length=9, null=True, blank=True, unique=True)
    erad_code = models.CharField(max_length=10, blank=True, default="")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_ja="", name_en=""), name="organisation_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.short_name
