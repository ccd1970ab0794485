"""The demo, loaded once for all tests of this folder, with its jobs done, and rolled back at their end."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from kernel.jobs import run_job
from kernel.jobs.models import Job
from kernel.jobs.states import JobState


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("demo"))  # one of the test runner's processes makes it


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        call_command("load_demo", stdout=StringIO())
        for job in Job.objects.filter(state=JobState.QUEUED).order_by("pk"):
            assert run_job(job.pk) == "done", job.name
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
