"""Work in the background: a row a job, which outlives any worker (docs/adr/0008-jobs.md)."""

from kernel.jobs.queue import cancel, cancel_all, enqueue, enqueue_all, handler
from kernel.jobs.run import JobRun, run_job
from kernel.jobs.sweep import return_lost_jobs

__all__ = [
    "JobRun",
    "cancel",
    "cancel_all",
    "enqueue",
    "enqueue_all",
    "handler",
    "return_lost_jobs",
    "run_job",
]
