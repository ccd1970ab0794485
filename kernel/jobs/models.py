from django.conf import settings
from django.db import models

from kernel.choices import choices
from kernel.clock import now
from kernel.ids import PublicIdField
from kernel.jobs.states import ENDED, JobState


class Job(models.Model):
    """One piece of background work: what to do, how far it is, and which attempt may finish it."""

    public_id = PublicIdField()
    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    # The same key is never queued twice; NULL for work that may repeat.
    key = models.CharField(max_length=120, null=True, unique=True)
    state = models.CharField(max_length=12, choices=choices(JobState), default=JobState.QUEUED)
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    # When the message was last handed to the broker.
    sent_at = models.DateTimeField(default=now)
    done_units = models.PositiveIntegerField(default=0)
    total_units = models.PositiveIntegerField(default=0)
    step = models.CharField(max_length=80, blank=True, default="")
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True, default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="jobs_by_lease")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in JobState]), name="job_state_is_known"
            )
        ]

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def percent(self) -> int:
        """How far the job is, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return min(100, self.done_units * 100 // self.total_units) if self.total_units else 0
