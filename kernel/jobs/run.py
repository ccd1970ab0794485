"""Doing the work: one attempt, its lease and heartbeat, and the commit that only the current attempt may make."""

import datetime as dt
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.db.models import F

from kernel.actions import writing
from kernel.clock import now
from kernel.jobs.models import Job
from kernel.jobs.queue import handlers
from kernel.jobs.states import JobState

log = logging.getLogger(__name__)


class Superseded(Exception):
    """Another attempt has taken over, or the job was cancelled: this one must write nothing more."""


class JobRun:
    """One attempt at a job, as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.attempt = job.attempt
        self.committed = False

    @property
    def payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = self.job.payload
        return payload

    def _mine(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, attempt=self.attempt, state=JobState.RUNNING)

    def beat(self) -> bool:
        """Prolong the lease; False when this attempt is no longer the current one."""
        with writing():
            return bool(self._mine().update(lease_until=now() + lease()))

    def progress(self, done: int, total: int, step: str = "") -> None:
        """Say how far the work is.

        Raises:
            Superseded: the job was cancelled or given to another.
        """
        with writing():
            if not self._mine().update(
                done_units=done, total_units=total, step=step, lease_until=now() + lease()
            ):
                raise Superseded

    @contextmanager
    def commit(self, result: dict[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Write the outcome and end the job in one transaction, if this attempt still is the current one.

        Yields the result, to which the block may add.

        Raises:
            Superseded: it is not.
        """
        outcome = dict(result or {})
        with writing(), transaction.atomic():
            if self._mine().select_for_update().first() is None:
                raise Superseded
            yield outcome
            self._mine().update(state=JobState.DONE, result=outcome, finished_at=now(), lease_until=None)
        self.committed = True


def lease() -> dt.timedelta:
    """How long a silent worker keeps its job."""
    return dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def run_job(job_id: int) -> str:
    """Claim the job and run its handler; returns what became of it. Two workers with one message: one of them works."""
    with writing():
        claimed = Job.objects.filter(pk=job_id, state=JobState.QUEUED).update(
            state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=now() + lease()
        )
    if not claimed:
        return "not mine"
    run = JobRun(Job.objects.get(pk=job_id))
    with _heartbeat(run):
        try:
            handlers[run.job.name](run)
            if not run.committed:
                raise RuntimeError(f"the handler of {run.job.name} ended without a commit")
        except Superseded:
            return "superseded"
        except Exception as error:
            log.exception("job %s (%s) failed", job_id, run.job.name)
            with writing():
                run._mine().update(
                    state=JobState.FAILED, error=f"{type(error).__name__}: {error}"[:2_000], finished_at=now()
                )
            return "failed"
    return "done"


@contextmanager
def _heartbeat(run: JobRun) -> Iterator[None]:
    """Prolong the lease from a thread of its own, so that a long step is not taken for a dead worker."""
    stop = threading.Event()

    def beat() -> None:
        while not stop.wait(settings.JOB_LEASE_SECONDS / 3):
            try:
                close_old_connections()
                if not run.beat():
                    return
            except Exception:
                log.exception("no heartbeat for job %s", run.job.pk)
        connection.close()

    # A test inside one transaction shares its connection with nobody, and must not wait for itself.
    if connection.in_atomic_block:
        yield
        return
    thread = threading.Thread(target=beat, daemon=True, name=f"heartbeat-{run.job.pk}")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)
