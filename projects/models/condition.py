from django.conf import settings
from django.db import models
from django.db.models import Q

from kernel.ids import PublicIdField
from kernel.transitions import StateField, state_is_known
from projects.models.project import Project
from projects.states import CONDITION


class AwardCondition(models.Model):
    """What the agencies' decision asks of a project, in both languages, and whether it is met: by what, when, and who has said so."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="conditions")
    text_ja = models.TextField()
    text_en = models.TextField()
    state = StateField(CONDITION)
    note = models.TextField(blank=True, default="")
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            state_is_known(CONDITION, "award_condition_state_is_known"),
            models.CheckConstraint(
                condition=~Q(state="met") | (Q(met_at__isnull=False, met_by__isnull=False) & ~Q(note="")),
                name="award_condition_is_met_by_something",
            ),
        ]
