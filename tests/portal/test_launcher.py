"""The one command that runs everything: it starts, starts again quickly, stops, and leaves no process behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.worker
PATIENCE = 120  # seconds; a machine that runs other tests beside is slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_with(folder: Path) -> list[int]:
    """Every process whose environment names the folder: the launcher, its children, and theirs."""
    found = []
    wanted = f"DATA_DIR={folder}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            try:
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def wait_for(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.2)
    return False


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except OSError:
        return 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []
    environment = {
        **{
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("DJANGO_", "REDIS", "STATIC"))
        },
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/kakehashi.sqlite3",
        "PYTHONPATH": str(settings.BASE_DIR),
    }

    def launch(*arguments: str) -> subprocess.Popen[str]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "config.launcher", "--empty", *arguments],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return started[-1]

    yield launch
    for one in started:
        if one.poll() is None:
            one.kill()
        one.wait()
        if one.stdout is not None:
            one.stdout.close()
    assert wait_for(lambda: processes_with(tmp_path) == [], 30)


def test_it_serves_and_ctrl_c_ends_it_and_all_its_children(start, tmp_path):
    port = free_port()
    launcher = start("--port", str(port))
    assert wait_for(lambda: status(f"http://127.0.0.1:{port}/readyz") == 200)
    assert status(f"http://127.0.0.1:{port}/ja/") == 200
    assert len(processes_with(tmp_path)) >= 4
    launcher.send_signal(signal.SIGINT)
    printed, _ = launcher.communicate(timeout=30)
    assert launcher.returncode == 0
    assert printed.splitlines() == [
        "Compiling the translations…",
        "Preparing the database…",
        "Collecting the static files…",
        "Starting the pages, the worker and the clock…",
        "",
        f"Kakehashi is ready: http://127.0.0.1:{port}/ja/  (English: http://127.0.0.1:{port}/en/)",
        "",
        "",
        f"Mails are not sent; they lie in {tmp_path / 'mail'}",
        "",
        f"Log: {tmp_path / 'portal.log'}",
        "Ctrl-C stops it.",
        "",
        "Stopped.",
    ]
    assert wait_for(lambda: processes_with(tmp_path) == [], 5)


def test_its_children_end_with_it_when_it_is_killed(start, tmp_path):
    port = free_port()
    launcher = start("--port", str(port))
    assert wait_for(lambda: status(f"http://127.0.0.1:{port}/readyz") == 200)
    launcher.kill()
    launcher.communicate()
    assert wait_for(lambda: processes_with(tmp_path) == [], 30)


def test_a_port_in_use_is_said_in_one_sentence(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        printed, _ = start("--port", str(port)).communicate(timeout=PATIENCE)
    assert printed.strip() == f"Port {port} is in use: choose another with --port."


def test_a_smoke_run_looks_at_the_pages_and_leaves_nothing(start, tmp_path):
    launcher = start("--smoke")
    printed, _ = launcher.communicate(timeout=PATIENCE)
    assert launcher.returncode == 0, printed
    assert "  200 /readyz" in printed
    assert "ready in " in printed
