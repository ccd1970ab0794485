from django.db import models
from django.db.models import Q

from kernel.choices import choices
from kernel.ids import PublicIdField
from registries.enums import RateBasis


class ExchangeRate(models.Model):
    """How many yen one unit of a currency is worth, on a day or on a year's average, and who says so."""

    public_id = PublicIdField()
    currency = models.CharField(max_length=3)
    basis = models.CharField(max_length=15, choices=choices(RateBasis))
    # The day of a daily rate; 31 December of the year of a yearly average.
    on = models.DateField()
    yen_per_unit = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "basis", "on", "source"], name="rate_is_there_once"),
            models.CheckConstraint(condition=Q(yen_per_unit__gt=0), name="rate_is_above_zero"),
        ]
