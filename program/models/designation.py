from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.enums import EvidenceKind
from program.models.country_group import CountryGroup
from program.models.field import Field
from program.models.programme import Programme
from program.states import DESIGNATION
from registries.models import Country


class Designation(models.Model):
    """The government's decision that a field is worked on with a country or a group of countries, and its dossier."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="designations")
    field = models.ForeignKey(Field, on_delete=models.PROTECT, related_name="designations")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(CountryGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    summary_ja = models.TextField(blank=True, default="")
    summary_en = models.TextField(blank=True, default="")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    state = StateField(DESIGNATION)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    # The dossier as it stood when the decision was taken.
    decided_dossier = models.JSONField(null=True)

    class Meta:
        constraints = [
            state_is_known(DESIGNATION, "designation_state_is_known"),
            models.CheckConstraint(
                condition=Q(country=None, group__isnull=False) | Q(country__isnull=False, group=None),
                name="designation_has_country_or_group",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="designation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided")
                | Q(decided_at__isnull=False, valid_from__isnull=False, decided_by__isnull=False),
                name="designation_decided_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="designation_needs_two_officers",
            ),
        ]


class EvidenceItem(models.Model):
    """One measured fact in a dossier, with its signed score (−2 to +2), the reason for it, and its weight."""

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=choices(EvidenceKind))
    measure = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=40)
    year = models.IntegerField()
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=400, blank=True, default="")
    score = models.SmallIntegerField(validators=[MinValueValidator(-2), MaxValueValidator(2)])
    reason = models.TextField()
    weight = models.PositiveSmallIntegerField(default=1)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    added_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(score__gte=-2, score__lte=2), name="evidence_score_in_range"),
        ]


class PolicyDocument(models.Model):
    """A policy document on which a designation rests (上位施策)."""

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="policies")
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    url = models.URLField(max_length=400, blank=True, default="")


class Consultation(models.Model):
    """A consultation with the Cabinet Office (内閣府) on a designation."""

    public_id = PublicIdField()
    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="consultations")
    held_on = models.DateField()
    offices = models.CharField(max_length=300)
    points = models.TextField()
    answer = models.TextField(blank=True, default="")
