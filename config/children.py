"""The three programs that make up the running portal: how each is started, and how all are ended."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEATHS_ALLOWED = 5  # within DEATHS_WINDOW; then all stop
DEATHS_WINDOW = 60.0  # seconds
STOP_PATIENCE = 6.0  # seconds between asking a child to end and ending it
# On one machine a page that somebody waits for goes before a document that is made in the background.
BACKGROUND_NICENESS = 10
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One program of the portal, in a process group of its own so that its whole family can be ended."""

    name: str
    command: list[str]
    niceness: int = 0
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """What the program prints goes to the log, so that a person reads only what concerns them."""
        with log_path().open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  commands of our own, from `children`
                self.command,
                cwd=ROOT,
                start_new_session=True,
                preexec_fn=partial(_before_it_begins, self.niceness),
                stdout=log,
                stderr=log,
            )

    def has_died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def dies_too_often(self) -> bool:
        """Note one death; True when there were too many of late."""
        self.deaths.append(time.monotonic())
        while time.monotonic() - self.deaths[0] > DEATHS_WINDOW:
            self.deaths.popleft()
        return len(self.deaths) >= DEATHS_ALLOWED

    def signal(self, number: int) -> None:
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def _before_it_begins(niceness: int) -> None:
    """In the child: give way as much as it is to, and let the kernel end it when the launcher itself is killed (Linux;
    elsewhere nothing).
    """
    os.nice(niceness)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def log_path() -> Path:
    """Where this run's log is; known once the settings are."""
    from django.conf import settings

    return Path(settings.DATA_DIR) / settings.LOG_FILE


def children(host: str, port: int) -> list[Child]:
    python = [sys.executable, "-m"]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    pages = f"gunicorn config.wsgi --bind {bind} --workers 2 --threads 8 --worker-class gthread"
    quiet = "--log-level warning --graceful-timeout 5 --no-control-socket"
    worker = "celery --quiet -A config worker --pool threads --concurrency 2 --loglevel WARNING"
    alone = "--without-gossip --without-mingle --without-heartbeat"
    beat = "celery --quiet -A config beat --loglevel WARNING --pidfile="
    return [
        Child("web", python + f"{pages} {quiet}".split()),
        Child("worker", python + f"{worker} {alone}".split(), niceness=BACKGROUND_NICENESS),
        Child("beat", python + beat.split()),
    ]


def stop(running: list[Child]) -> None:
    """End every child and all that it started."""
    for child in running:
        child.signal(signal.SIGTERM)
    patience = time.monotonic() + STOP_PATIENCE
    for child in running:
        if child.process is None:
            continue
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(timeout=max(0.1, patience - time.monotonic()))
        child.signal(signal.SIGKILL)
        child.process.wait()
