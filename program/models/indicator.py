from django.db import models

from kernel.choices import choices
from kernel.ids import PublicIdField
from program.enums import IndicatorKind, IndicatorMeasure
from program.models.programme import Programme


class Indicator(models.Model):
    """What the programme is measured by (成果指標・活動指標)."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="indicators")
    kind = models.CharField(max_length=8, choices=choices(IndicatorKind))
    measure = models.CharField(max_length=20, choices=choices(IndicatorMeasure))
    title_ja = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    unit_ja = models.CharField(max_length=20)
    unit_en = models.CharField(max_length=20)
    definition_ja = models.TextField(blank=True, default="")
    definition_en = models.TextField(blank=True, default="")
    source_ja = models.CharField(max_length=300, blank=True, default="")
    source_en = models.CharField(max_length=300, blank=True, default="")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "measure"], name="indicator_is_there_once")
        ]


class Baseline(models.Model):
    """A national total of one year, counted by the ministry's own survey: shown beside the programme's counts, never added."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="baselines")
    year = models.IntegerField()
    # False where the source counts calendar years.
    is_fiscal_year = models.BooleanField(default=True)
    value = models.BigIntegerField()
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="baseline_is_there_once_a_year")
        ]


class IndicatorTarget(models.Model):
    """What the programme is to reach in a fiscal year by an indicator, and who set it. A target is no baseline, and no count."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    fiscal_year = models.IntegerField()
    value = models.BigIntegerField()
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="target_is_there_once_a_year")
        ]
