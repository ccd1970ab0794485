"""A worker killed in the middle of a report: the next makes it, once and whole, within a minute of its start."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from kernel.files.models import content_path
from tests.kernel.test_killed_worker import ALONE, Machine, wait_for

pytestmark = pytest.mark.worker

# The world of the report, and the request: as a web process would make it, with this machine's queue.
ASK = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from projects.actions.ledger import record_payment
from kernel.clock import today
from reporting.actions.reports import request_report
from tests.builders.outcomes import make_paper, make_stay
from tests.builders.program import make_call, make_stage
from tests.builders.projects import make_project

stage = make_stage()
call = make_call(stage, state="review", first_year=2025)
for _ in range(2):
    project = make_project(stage, call=call)
    record_payment(project=project, by=stage.home1, fiscal_year=2025, category="goods", amount=1234567, on=today())
    make_stay(project, "2025-05-01", "2025-07-31")
    make_paper(project=project, year=2025)
request_report(programme=stage.programme, fiscal_year=2025, by=stage.home1)
"""
JOB = "SELECT state, attempt FROM kernel_job"


class Portal(Machine):
    """A portal of its own, with the product's own worker and clock, and the lease that it has in service."""

    def __init__(self, folder: Path, redis: str) -> None:
        super().__init__(folder, redis)
        self.environment["REDIS_PREFIX"] = f"report-killed-{os.getpid()}:"
        del self.environment["JOB_LEASE_SECONDS"]

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "config", *arguments]
        self.running.append(
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True)
        )
        return self.running[-1]


@pytest.fixture(
    params=[pytest.param("", id="folder"), pytest.param("redis", id="redis", marks=pytest.mark.services)]
)
def portal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Portal]:
    redis = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
    one = Portal(tmp_path, redis if request.param else "")
    yield one
    for process in one.running:
        one.kill(process)


def test_a_report_whose_worker_was_killed_is_made_once_within_a_minute(portal: Portal) -> None:
    pool = ["--pool", "prefork" if portal.environment["REDIS_URL"] else "threads", "--concurrency", "2"]
    portal.run("manage.py", "migrate", "--verbosity", "0")
    portal.run("-c", ASK)
    first = portal.start("worker", *pool, *ALONE)
    patience = time.monotonic() + 60
    while portal.value("SELECT done_units > 0 FROM kernel_job") != (1,):
        assert time.monotonic() < patience
        time.sleep(0.005)
    portal.kill(first)
    assert portal.value(JOB) == ("running", 1)
    assert portal.value("SELECT count(*) FROM reporting_outcomereport") == (0,)

    portal.start("worker", *pool, *ALONE)
    portal.start("beat", "--pidfile=")
    wait_for(lambda: portal.value(JOB) == ("done", 2), 60)
    assert portal.value("SELECT count(*), max(number) FROM reporting_outcomereport") == (1, 1)
    assert portal.value("SELECT count(*) FROM reporting_reportdocument") == (4,)
    (sha256,) = portal.value(  # type: ignore[misc]  # one column
        "SELECT f.sha256 FROM reporting_reportdocument d JOIN kernel_storedfile f ON f.id = d.file_id"
        " WHERE d.format = 'pdf' AND d.language = 'ja'"
    )
    assert (portal.folder / "files" / content_path(str(sha256))).read_bytes().startswith(b"%PDF")
