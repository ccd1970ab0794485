"""Asking for work: handlers by name, and the row that is the job."""

import logging
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kernel.actions import action
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.jobs.states import ENDED, JobState

if TYPE_CHECKING:
    from kernel.jobs.run import JobRun

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 25

handlers: dict[str, Callable[["JobRun"], None]] = {}


def handler(name: str) -> Callable[[Callable[["JobRun"], None]], Callable[["JobRun"], None]]:
    """Make a function the handler of jobs called `name`; it must end with `with run.commit(): ...`."""

    def register(function: Callable[["JobRun"], None]) -> Callable[["JobRun"], None]:
        handlers[name] = function
        return function

    return register


@action
def enqueue(name: str, payload: dict[str, Any], *, by: Any = None, key: str | None = None) -> Job:
    """Ask for a job in the transaction of the change that needs it; a worker is told when that commits.

    With a `key`, the job that already has it is returned instead of a second one.
    """
    if key is not None:
        job, created = Job.objects.get_or_create(
            key=key, defaults={"name": name, "payload": payload, "requested_by": by}
        )
        if not created:
            return job
    else:
        job = Job.objects.create(name=name, payload=payload, requested_by=by)
    transaction.on_commit(lambda: send(job.pk))
    return job


@action
def enqueue_all(name: str, of_each: Iterable[tuple[dict[str, Any], str]], *, by: Any = None) -> None:
    """Ask for many jobs of one name at once, each as (payload, key) whose key nobody has used yet."""
    jobs = Job.objects.bulk_create(
        (Job(name=name, payload=payload, key=key, requested_by=by) for payload, key in of_each),
        batch_size=500,
    )

    def send_all() -> None:
        for job in jobs:
            send(job.pk)

    transaction.on_commit(send_all)


def send(job_id: int) -> None:
    """Hand the job to the broker. A broker that does not answer loses nothing: the sweeper sends it later."""
    from kernel.tasks import run_job_task

    try:
        run_job_task.apply_async((job_id,), retry=False)
    except Exception:
        log.exception("job %s could not be handed to the broker; the sweeper will send it", job_id)


@action
def cancel_all(*, keys: Collection[str]) -> int:
    """Stop all jobs with these keys that have not ended, as `cancel` stops one; returns how many were stopped."""
    waiting = Job.objects.filter(key__in=keys).exclude(state__in=ENDED)
    return waiting.update(state=JobState.CANCELLED, finished_at=now())


@action
def cancel(*, job: Job) -> bool:
    """Stop a job that has not ended; its running attempt can no longer commit. Returns whether it was stopped."""
    return bool(
        Job.objects.filter(pk=job.pk)
        .exclude(state__in=ENDED)
        .update(state=JobState.CANCELLED, finished_at=now())
    )
