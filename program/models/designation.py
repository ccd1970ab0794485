from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from program.enums import DesignationEventKind
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
    # The division of the ministry that answers for it (主管課), and who directs it.
    division_ja = models.CharField(max_length=200, blank=True, default="")
    division_en = models.CharField(max_length=200, blank=True, default="")
    director_ja = models.CharField(max_length=200, blank=True, default="")
    director_en = models.CharField(max_length=200, blank=True, default="")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    state = StateField(DESIGNATION)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    review_comment = models.TextField(blank=True, default="")
    # The first of the two who decide; the second is `decided_by`.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    # The designation that this one goes on from, with its dossier as it stood then.
    renews = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="renewals")

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
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(signed_by=None) | ~Q(decided_by=F("signed_by")),
                name="designation_needs_two_signatures",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("proposed_by")),
                name="designation_is_reviewed_by_another",
            ),
        ]


class DesignationEvent(models.Model):
    """What happened to a decided designation from a day on: suspended, in force again, ended, withdrawn. Never changed."""

    designation = models.ForeignKey(Designation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=choices(DesignationEventKind))
    on = models.DateField()
    reason = models.TextField(blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=now)
