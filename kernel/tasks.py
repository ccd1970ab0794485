"""Thin Celery tasks: fetch by key, call, answer."""

from celery import shared_task

from kernel import audit, jobs, outbox
from kernel.files import sweep


@shared_task(name="kernel.run_job")
def run_job_task(job_id: int) -> str:
    return jobs.run_job(job_id)


@shared_task(name="kernel.sweep_jobs", expires=30)
def sweep_jobs() -> int:
    return jobs.return_lost_jobs()


@shared_task(name="kernel.send_waiting_mail", expires=30)
def send_waiting_mail() -> int:
    return outbox.send_waiting_mail()


@shared_task(name="kernel.seal_audit", expires=60)
def seal_audit() -> int:
    return audit.seal_new_entries()


@shared_task(name="kernel.sweep_files", expires=3600)
def sweep_files() -> int:
    return sweep.sweep_files()
