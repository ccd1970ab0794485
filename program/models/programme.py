from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.choices import choices
from kernel.ids import PublicIdField
from kernel.years import FiscalCalendar
from program.enums import EvaluationKind, FundModel, Tier


class Programme(models.Model):
    """A programme of joint research over fiscal years, with its own currency and its own calendar."""

    public_id = PublicIdField()
    code = models.SlugField(max_length=40, unique=True)
    title_ja = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    purpose_ja = models.TextField(blank=True, default="")
    purpose_en = models.TextField(blank=True, default="")
    outline_ja = models.TextField(blank=True, default="")
    outline_en = models.TextField(blank=True, default="")
    issues_ja = models.TextField(blank=True, default="")
    issues_en = models.TextField(blank=True, default="")
    ministry = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first_year = models.IntegerField()
    last_year = models.IntegerField()
    currency = models.CharField(max_length=3, default="JPY")
    year_begins_in_month = models.PositiveSmallIntegerField(default=4)
    zone = models.CharField(max_length=60, default="Asia/Tokyo")
    fund_model = models.CharField(max_length=12, choices=choices(FundModel), default=FundModel.MULTI_YEAR)
    default_tier = models.CharField(max_length=1, choices=choices(Tier), default=Tier.BOTH_AGENCIES)
    # Its number in the ministry's review record (予算事業ID), where it is in it.
    review_number = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="programme_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(year_begins_in_month__gte=1, year_begins_in_month__lte=12),
                name="programme_month_exists",
            ),
        ]

    @property
    def calendar(self) -> FiscalCalendar:
        return FiscalCalendar(self.year_begins_in_month, self.zone)

    @property
    def years(self) -> range:
        """Its fiscal years, first to last."""
        return range(self.first_year, self.last_year + 1)


class SourcedFact(models.Model):
    """What one source says of a programme (its years, an amount). Sources differ; all are kept, dated."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    about = models.CharField(max_length=40)
    value_ja = models.CharField(max_length=300)
    value_en = models.CharField(max_length=300)
    source_ja = models.CharField(max_length=300)
    source_en = models.CharField(max_length=300)
    dated = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "about", "source_ja"], name="fact_is_there_once_a_source"
            )
        ]


class ProgrammeEvaluation(models.Model):
    """An evaluation of the programme, held or planned. There may be several of a kind.

    Officers of the ministry are reminded `remind_days` before the day that is planned, a month before, and on the day.
    """

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="evaluations")
    kind = models.CharField(max_length=12, choices=choices(EvaluationKind))
    year = models.IntegerField()
    planned_on = models.DateField(null=True, blank=True)
    remind_days = models.PositiveSmallIntegerField(default=90)
    held_on = models.DateField(null=True, blank=True)
    note_ja = models.CharField(max_length=300, blank=True, default="")
    note_en = models.CharField(max_length=300, blank=True, default="")
