from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from projects.models import Project
from proposals.enums import CareerStage, ExchangeDirection


class Stay(models.Model):
    """A researcher's stay abroad, or in Japan, within a project. Both end days count."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stays")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    direction = models.CharField(max_length=10, choices=choices(ExchangeDirection))
    career_stage = models.CharField(max_length=10, choices=choices(CareerStage))
    home = models.CharField(max_length=300)
    host = models.CharField(max_length=300)
    country_code = models.CharField(max_length=2)
    starts_on = models.DateField()
    ends_on = models.DateField()
    degree_sought = models.CharField(max_length=120, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stay_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["project", "person", "direction", "starts_on"], name="stay_is_recorded_once"
            ),
        ]
