"""A portal of its own for a test: the real launcher with pages, worker and clock, stopped and started on the same data."""

import contextlib
import email
import email.policy
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection

from accounts.models import User
from tests.browser.walker import PASSWORD

PATIENCE = 120  # seconds; a machine that runs other tests beside is slow
# Below the ports that the kernel hands out by itself: nobody else takes ours while the portal is stopped.
PORTS = range(18_000, 30_000)
Found = TypeVar("Found")


def wait_for(what: str, look: Callable[[], Found]) -> Found:
    """What `look` finds, as soon as it finds something."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {PATIENCE} seconds: {what}")


def _free_port() -> int:
    for port in random.sample(PORTS, 50):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


class OwnPortal:
    """The portal in processes of its own, on the database of the test and in a folder that nobody else uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None
        unlike = ("DJANGO_", "REDIS", "EMAIL", "PRODUCTION")
        self.environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith(unlike)},
            "DATA_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{connection.settings_dict['NAME']}",
            "PYTHONPATH": str(settings.BASE_DIR),
        }

    def start(self) -> None:
        """Returns when the pages answer."""
        command = [sys.executable, "-m", "config.launcher", "--empty", "--port", str(self.port)]
        with (self.folder / "start.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log
            )
        wait_for("the portal answers", self._answers)

    def _answers(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.told()
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{self.address}/readyz", timeout=5).read()
            return True
        return False

    def stop(self) -> None:
        """Returns when nothing of it runs any more."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        finally:
            self.process.kill()
            self.process.wait()
            self.process = None
        wait_for("no process is left", lambda: not self.processes())

    def processes(self) -> list[int]:
        """Whatever runs in our folder: the launcher, its children, and theirs."""
        wanted = f"DATA_DIR={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
        return found

    def told(self) -> str:
        """What it has printed and logged."""
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def errors(self) -> list[str]:
        """What it has logged of errors."""
        return [line for line in self.told().splitlines() if "Traceback" in line or " ERROR " in line]

    # ---- mails
    def mails_to(self, address: str) -> list[EmailMessage]:
        """The mails that were sent to an address, the oldest first."""
        found = []
        for path in (self.folder / "mail").glob("*.log"):
            # Django writes several mails of one connection into one file, each with a line of dashes behind it.
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if part.strip():
                    message = email.message_from_bytes(part, policy=email.policy.default)
                    if message["To"] == address:
                        found.append((email.utils.parsedate_to_datetime(message["Date"]), message))
        return [message for _at, message in sorted(found, key=lambda pair: pair[0])]

    def mail_to(self, address: str, *, holding: str) -> str:
        """Wait for a mail with these words; returns its text, the subject first."""

        def look() -> str:
            texts = [
                f"{mail['Subject']}\n{mail.get_content()}"
                for mail in self.mails_to(address)
                if isinstance(mail, EmailMessage)
            ]
            return next((text for text in reversed(texts) if holding in text), "")

        return wait_for(f"a mail to {address} with “{holding}”", look)


def with_password(*users: User) -> None:
    """The portal that runs knows only the passwords' hashes of service; those of the tests are cheaper."""
    encoded = ScryptPasswordHasher().encode(PASSWORD, "salt-of-the-tests")
    User.objects.filter(pk__in=[user.pk for user in users]).update(password=encoded)


@contextlib.contextmanager
def own_portal(folder: Path) -> Iterator[OwnPortal]:
    """A portal that runs; at the end nothing of it does, whatever has happened."""
    portal = OwnPortal(folder)
    try:
        portal.start()
        yield portal
    finally:
        try:
            portal.stop()
        finally:
            for pid in portal.processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
