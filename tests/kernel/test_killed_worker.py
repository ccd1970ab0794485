"""A worker killed in the middle of its job: another does it, once, within a minute of its start."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.worker
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Machine:
    """A portal of its own in a folder: database, queue, worker, beat."""

    def __init__(self, folder: Path, redis: str) -> None:
        self.folder = folder
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("DJANGO_")},
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/kakehashi.sqlite3",
            "REDIS_URL": redis,
            "REDIS_PREFIX": f"killed-{os.getpid()}:",
            "JOB_LEASE_SECONDS": "6",
            "PYTHONPATH": str(settings.BASE_DIR),
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def run(self, *arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment, check=True)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "tests.kernel.slow_worker", *arguments]
        self.running.append(
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=self.environment, start_new_session=True)
        )
        return self.running[-1]

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """At once, with all that it started."""
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def value(self, query: str) -> object:
        with sqlite3.connect(self.folder / "kakehashi.sqlite3", timeout=20) as database:
            return database.execute(query).fetchone()


def wait_for(holds: Callable[[], bool], seconds: float) -> float:
    """The seconds that it took; fails when it took longer."""
    since = time.monotonic()
    while not holds():
        assert time.monotonic() - since < seconds
        time.sleep(0.1)
    return time.monotonic() - since


@pytest.fixture(
    params=[pytest.param("", id="folder"), pytest.param("redis", id="redis", marks=pytest.mark.services)]
)
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Machine]:
    redis = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
    one = Machine(tmp_path, redis if request.param else "")
    yield one
    for process in one.running:
        one.kill(process)


def test_a_job_whose_worker_was_killed_is_done_once_by_the_next(machine: Machine) -> None:
    pool = ["--pool", "prefork" if machine.environment["REDIS_URL"] else "threads", "--concurrency", "2"]
    machine.run("manage.py", "migrate", "--verbosity", "0")
    machine.run("-c", f"from tests.kernel.slow_worker import ask; ask({str(machine.folder)!r})")
    first = machine.start("worker", *pool, *ALONE)
    wait_for((machine.folder / "attempt-1").exists, 60)
    machine.kill(first)
    assert machine.value("SELECT state, attempt FROM kernel_job") == ("running", 1)

    machine.start("worker", *pool, *ALONE)
    machine.start("beat", "--pidfile=")
    wait_for(lambda: machine.value("SELECT state, attempt FROM kernel_job") == ("done", 2), 60)
    made = "SELECT count(*) FROM accounts_organisation WHERE short_name = 'once'"
    assert machine.value(made) == (1,)
