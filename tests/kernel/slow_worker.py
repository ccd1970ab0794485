"""A Celery application with one slow job, for the test that kills its worker: `celery -A tests.kernel.slow_worker`."""

import time
from pathlib import Path

import django

from config.celery import app

django.setup()

from accounts.actions.people import register_organisation  # noqa: E402  models need the set-up
from accounts.enums import OrganisationKind  # noqa: E402
from kernel import jobs  # noqa: E402

__all__ = ["app"]


@jobs.handler("slow")
def slow(run: jobs.JobRun) -> None:
    """Four seconds of work, then one organisation."""
    (Path(run.payload["folder"]) / f"attempt-{run.attempt}").touch()
    for step in range(20):
        run.progress(step, 20)
        time.sleep(0.2)
    with run.commit():
        register_organisation(
            kind=OrganisationKind.MINISTRY, short_name="once", country_code="JP", name_ja="一度", by=None
        )


def ask(folder: str) -> None:
    jobs.enqueue("slow", {"folder": folder})
