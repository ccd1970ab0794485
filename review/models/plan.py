from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField
from program.models import Call
from program.rules.reminders import USUAL


class ReviewPlan(models.Model):
    """How an agency's review of a call proceeds: from which day which phase holds (`rules.phases`), each in the programme's
    zone, and the last day on which reviews may be written, which is apart from the reviewers' due dates.

    Where there is none, everybody sees their own reviews only, and the agency's lock closes them.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="review_plans")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    others_from = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    discussion_from = models.DateField(null=True, blank=True)
    frozen_from = models.DateField(null=True, blank=True)
    # Whether a reviewer may amend the own review in the discussion; the version before stays beside it.
    may_amend = models.BooleanField(default=False)
    # Whether other reviewers read the names of this agency's reviewers.
    shows_names = models.BooleanField(default=False)
    # How many days before the due date a reviewer is reminded (`program.rules.reminders`); blank: never.
    reminder_days = models.CharField(max_length=60, blank=True, default=USUAL)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "agency"], name="review_plan_is_there_once"),
            models.CheckConstraint(
                condition=Q(discussion_from=None, frozen_from=None) | Q(closes_on__isnull=False),
                name="review_plan_closes_before_it_goes_on",
            ),
            models.CheckConstraint(
                condition=(Q(discussion_from=None) | Q(discussion_from__gt=F("closes_on")))
                & (Q(frozen_from=None) | Q(frozen_from__gt=F("closes_on")))
                & (Q(others_from=None) | Q(closes_on=None) | Q(others_from__lte=F("closes_on")))
                & (Q(discussion_from=None) | Q(frozen_from=None) | Q(frozen_from__gt=F("discussion_from"))),
                name="review_plan_dates_in_order",
            ),
        ]
