"""Running the whole portal with one command: prepare, start three children, watch them, leave none behind."""

import argparse
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from config.children import DEATHS_ALLOWED, ROOT, Child, children, log_path, stop

RESTART_PAUSE = 1.0  # seconds
START_PATIENCE = 90.0  # seconds until the pages must answer
LOG_NAME = "portal.log"  # in DATA_DIR
LOG_KEPT = 20_000_000  # bytes; a longer one is set aside at the next start


class Stopped(Exception):
    """Somebody asked us to end."""


def _set_long_log_aside() -> None:
    log = log_path()
    if log.exists() and log.stat().st_size > LOG_KEPT:
        log.replace(log.with_name(f"{log.name}.1"))


def watch(running: list[Child]) -> int:
    """Restart what dies, until somebody stops us (by `Stopped`) or one child dies too often (returns 1)."""
    while True:
        time.sleep(0.5)
        for child in running:
            if not child.has_died():
                continue
            child.signal(signal.SIGKILL)
            if child.dies_too_often():
                print(
                    f"{child.name} ended {DEATHS_ALLOWED} times in a minute: stopping. See {log_path()}.",
                    file=sys.stderr,
                )
                return 1
            print(f"{child.name} ended; starting it again.", file=sys.stderr)
            time.sleep(RESTART_PAUSE)
            child.start()


# ---------------------------------------------------------------- preparing
def prepare(*, empty: bool) -> None:
    """Translations, database, static files and, at the first start, the demo; says what it does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("LOG_FILE", LOG_NAME)
    import django

    say("Compiling the translations…")
    _compile_translations()
    django.setup()
    logging.captureWarnings(True)
    _set_long_log_aside()
    from django.conf import settings
    from django.core.management import call_command

    say("Preparing the database…")
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    started = Path(settings.DATA_DIR) / "started"
    if started.exists():
        return
    if not empty and _database_is_empty():
        say("Loading the demo (first start only)…")
        call_command("load_demo", verbosity=1)
    started.touch()


def _compile_translations() -> None:
    """In a process of its own: Django must see the compiled words when it starts."""
    subprocess.run([sys.executable, "manage.py", "compile_translations"], cwd=ROOT, check=True)


def _collect_static() -> None:
    """Only when a static file has changed: compressing them all takes seconds."""
    from django.conf import settings
    from django.core.management import call_command

    files = sorted(path for path in (ROOT / "static").rglob("*") if path.is_file())
    newest = f"{len(files)} {max(path.stat().st_mtime_ns for path in files)}"
    stamp = Path(settings.DATA_DIR) / "static-collected"
    if stamp.exists() and stamp.read_text() == newest:
        return
    say("Collecting the static files…")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(newest)


def _database_is_empty() -> bool:
    from django.contrib.auth import get_user_model

    return not get_user_model().objects.exists()


def _close_database() -> None:
    from django.db import connections

    connections.close_all()


# ---------------------------------------------------------------- starting
def wait_until_ready(address: str, running: list[Child]) -> None:
    """Return when `/readyz` answers 200.

    Raises:
        SystemExit: a child ended, or it took longer than START_PATIENCE.
    """
    patience = time.monotonic() + START_PATIENCE
    while time.monotonic() < patience:
        ended = next((child for child in running if child.has_died()), None)
        if ended:
            sys.exit(f"{ended.name} ended at the start; its message is in {log_path()}.")
        try:
            if fetch(f"{address}/readyz") == 200:
                return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.2)
    sys.exit(f"{address}/readyz did not answer within {START_PATIENCE:.0f} seconds; see {log_path()}.")


def fetch(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as response:  # noqa: S310  our own address
        response.read()
        return int(response.status)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def say(words: str) -> None:
    print(words, flush=True)


def mails_lie_in() -> Path | None:
    """The folder that takes the mails where no mail server is set; known once the settings are."""
    from django.conf import settings

    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(folder) if folder else None


def smoke(address: str, *, signed_in: bool) -> int:
    """Fetch the first pages, then sign in as each person of the demo where it is loaded."""
    for path in ("/readyz", "/ja/", "/en/"):
        say(f"  {fetch(address + path)} {path}")
    if not signed_in:
        return 0
    return subprocess.run([sys.executable, "manage.py", "smoke", "--address", address], cwd=ROOT).returncode


def run(host: str, port: int, *, empty: bool, only_smoke: bool, since: float) -> int:
    reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  comparing, not binding
    address = f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
    os.environ.setdefault("SITE_ADDRESS", address)
    prepare(empty=empty)
    _close_database()
    running = children(host, port)
    try:
        say("Starting the pages, the worker and the clock…")
        for child in running:
            child.start()
        wait_until_ready(address, running)
        if only_smoke:
            failed = smoke(address, signed_in=not empty)
            say("the smoke test failed" if failed else f"ready in {time.monotonic() - since:.0f} s")
            return failed
        say(f"\nKakehashi is ready: {address}/ja/  (English: {address}/en/)\n")
        if not empty:
            subprocess.run([sys.executable, "manage.py", "demo_accounts"], cwd=ROOT)
        if mail_folder := mails_lie_in():
            say(f"\nMails are not sent; they lie in {mail_folder}")
        say(f"\nLog: {log_path()}\nCtrl-C stops it.")
        return watch(running)
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        stop(running)


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/serve", description="Run the portal on this machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--empty", action="store_true", help="load no demo at the first start")
    parser.add_argument("--smoke", action="store_true", help="first start in a new folder, look at it, stop")
    options = parser.parse_args()
    since = time.monotonic()

    def stopped(number: int, frame: object) -> None:
        raise Stopped

    signal.signal(signal.SIGTERM, stopped)
    signal.signal(signal.SIGINT, stopped)
    try:
        if options.smoke:
            with tempfile.TemporaryDirectory(prefix="kakehashi-smoke-") as folder:
                os.environ.update(
                    DATA_DIR=folder, DATABASE_URL=f"sqlite:///{folder}/kakehashi.sqlite3", REDIS_URL=""
                )
                return run("127.0.0.1", free_port(), empty=options.empty, only_smoke=True, since=since)
        if port_is_taken(options.host, options.port):
            say(f"Port {options.port} is in use: choose another with --port.")
            return 1
        return run(options.host, options.port, empty=options.empty, only_smoke=False, since=since)
    except Stopped:
        say("\nStopped.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
