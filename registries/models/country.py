from django.db import models
from simple_history.models import HistoricalRecords


class Country(models.Model):
    """A country or territory of ISO 3166-1, with its names from CLDR. One that no longer exists is kept, with its day."""

    code = models.CharField(max_length=2, primary_key=True)
    code3 = models.CharField(max_length=3, blank=True, default="")
    name_ja = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    ended_on = models.DateField(null=True, blank=True)
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.code
