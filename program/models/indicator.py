from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
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
    # Of figures that are entered: whether their years are fiscal ones. What is counted knows its own years.
    counts_fiscal_years = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        # Several may be counted from the same records, each with its own definition, baseline and targets.
        ordering = ["position", "id"]

    @property
    def takes_figures(self) -> bool:
        """Whether its figures are entered, nothing being counted for it."""
        return self.measure == IndicatorMeasure.ENTERED.value


class Baseline(models.Model):
    """A national total of one year, counted by the ministry's own survey: shown beside the programme's counts, never added."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="baselines")
    year = models.IntegerField()
    # False where the source counts calendar years.
    is_fiscal_year = models.BooleanField(default=True)
    value = models.DecimalField(max_digits=20, decimal_places=4)
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
    value = models.DecimalField(max_digits=20, decimal_places=4)
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "fiscal_year"], name="target_is_there_once_a_year")
        ]


class IndicatorValue(models.Model):
    """The programme's own figure of one year, typed or imported, with its source: of an indicator that is not counted here."""

    public_id = PublicIdField()
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    year = models.IntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=4)
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="indicator_value_is_there_once_a_year")
        ]
