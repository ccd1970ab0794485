"""Work in the background: a row a job, which outlives any worker (docs/adr/0008-jobs.md)."""

from kernel.jobs.queue import cancel, enqueue, handler
from kernel.jobs.run import JobRun, run_job
from kernel.jobs.sweep import return_lost_jobs

__all__ = ["JobRun", "cancel", "enqueue", "handler", "return_lost_jobs", "run_job"]
