"""Finding jobs that lost their worker or their message, and sending them again."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kernel.actions import action
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.jobs.queue import MOST_ATTEMPTS, send
from kernel.jobs.states import JobState


@action
def return_lost_jobs() -> int:
    """Queue again what lost its lease, and send again what has waited longer than a lease; returns how many.

    A job that has been lost `MOST_ATTEMPTS` times kills its workers and is given up.
    """
    moment = now()
    waited = moment - dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
    lost = Job.objects.select_for_update(skip_locked=_can_skip()).filter(
        Q(state=JobState.RUNNING, lease_until__lt=moment) | Q(state=JobState.QUEUED, sent_at__lt=waited)
    )
    sent = 0
    for job in lost.order_by("pk")[:200]:
        if job.attempt >= MOST_ATTEMPTS:
            Job.objects.filter(pk=job.pk).update(
                state=JobState.FAILED, error="every worker that took this job was lost", finished_at=moment
            )
            continue
        Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, lease_until=None, sent_at=moment)
        transaction.on_commit(lambda pk=job.pk: send(pk))  # type: ignore[misc]  # the default binds the loop's value
        sent += 1
    return sent


def _can_skip() -> bool:
    from django.db import connection

    return bool(connection.features.has_select_for_update_skip_locked)
