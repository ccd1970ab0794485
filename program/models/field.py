from django.db import models
from simple_history.models import HistoricalRecords

from kernel.ids import PublicIdField
from program.models.programme import Programme


class Field(models.Model):
    """A strategic field (先端分野) that the government sets."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="fields")
    code = models.SlugField(max_length=40)
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    description_ja = models.TextField(blank=True, default="")
    description_en = models.TextField(blank=True, default="")
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="field_is_there_once")]
