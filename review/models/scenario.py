from django.conf import settings
from django.db import models

from accounts.models import Organisation
from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.jobs.models import Job
from program.models import Call
from review.enums import ScenarioKind


class Scenario(models.Model):
    """A choice of proposals that an agency's officers try out before the decision. It touches nothing.

    `wishes`: what was wished for, as `review.portfolio.wish_of` reads it. `chosen`: the public ids of the proposals that
    are in. `outcome`: what the computation said of it, and the digest of the figures on which it rests.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="scenarios")
    # Whose officers see it.
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=4, choices=choices(ScenarioKind))
    wishes = models.JSONField(default=dict)
    chosen = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)
    # The computation of the best choice that is under way, or the last one; NULL where none was needed.
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in ScenarioKind]),
                name="scenario_kind_is_known",
            ),
            models.UniqueConstraint(fields=["call", "agency", "title"], name="scenario_title_is_there_once"),
        ]
