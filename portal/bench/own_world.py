"""A portal of its own for a bench: an empty database beside the one that is configured, a folder, the three programs, the demo.

Nothing of the portal that runs beside it is touched; all of it is gone at the end.
"""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from portal.bench import CannotMeasure, Figure

START_PATIENCE = 600  # seconds until the demo is loaded and the pages answer


def measured_apart(name: str, size: int) -> Iterator[Figure]:
    """Start a portal of its own and let the crowd of the bench `name` come; yields what it measures.

    Raises:
        CannotMeasure: the portal did not start, or the crowd did not come to its end.
    """
    with TemporaryDirectory(prefix="bench-") as folder, _database(Path(folder)) as address:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        site = f"http://127.0.0.1:{port}"
        environment = {
            **os.environ,
            "DATABASE_URL": address,
            "DATA_DIR": folder,
            "REDIS_PREFIX": f"bench-{port}:",
            "SITE_ADDRESS": site,
            "PRODUCTION": "",
            "EMAIL_URL": "",
        }
        with _portal(environment, port, site):
            yield from _crowd(name, size, site, environment)


@contextlib.contextmanager
def _portal(environment: dict[str, str], port: int, site: str) -> Iterator[None]:
    command = [sys.executable, "-m", "config.launcher", "--port", str(port)]
    log = Path(environment["DATA_DIR"]) / "start.log"
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603  our own launcher
            command, cwd=settings.BASE_DIR, env=environment, stdout=output, stderr=output
        )
    try:
        _await(site, process, log)
        yield
    finally:
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=60)
        process.kill()


def _await(site: str, process: subprocess.Popen[bytes], log: Path) -> None:
    patience = time.monotonic() + START_PATIENCE
    while time.monotonic() < patience and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"{site}/readyz", timeout=5).read()  # noqa: S310  our own address
            return
        time.sleep(0.5)
    raise CannotMeasure(f"The portal to be measured did not start:\n{log.read_text()[-2000:]}")


def _crowd(name: str, size: int, site: str, environment: dict[str, str]) -> Iterator[Figure]:
    command = [sys.executable, "-m", "portal.bench.crowd", name, str(size), site]
    with subprocess.Popen(  # noqa: S603  our own module
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Figure(name, **json.loads(line))
    if process.returncode:
        raise CannotMeasure(f"The crowd of `bench {name}` ended with {process.returncode}; see above.")


@contextlib.contextmanager
def _database(folder: Path) -> Iterator[str]:
    """The address of an empty database of the kind that is configured; it is dropped at the end."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    name = f"kakehashi_bench_{secrets.token_hex(4)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(os.environ["DATABASE_URL"])
    try:
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
