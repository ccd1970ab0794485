"""Looks into files as an upload does, within bounds of memory and of time for each: run by test_every_file.py.

    python -m tests.kernel.looking FOLDER < plan    plan: [[name, [allowed endings], file in FOLDER], ...] as JSON

prints for each a line of JSON: the code of the refusal or "", and the seconds of processor time that it took, those of the
programs that it started included.
"""

import io
import json
import resource
import sys
from pathlib import Path

import django
from django.conf import settings

SECONDS, MEGABYTES = 5, 256


def used() -> float:
    ours, theirs = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return ours.ru_utime + ours.ru_stime + theirs.ru_utime + theirs.ru_stime


class Sent(io.BytesIO):
    """An upload, with the name as it was sent."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)


def main(folder: Path) -> None:
    # The kernel alone: what the other apps bring with them is not the files' doing.
    apps = ["django.contrib.contenttypes", "django.contrib.auth", "kernel"]
    settings.configure(INSTALLED_APPS=apps, UPLOAD_LIMIT_BYTES=20 * 2**20, CLAMD_ADDRESS="", USE_TZ=True)
    django.setup()
    from kernel.files.store import look_into
    from kernel.violations import RuleBroken

    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20,) * 2)
    for name, allowed, place in json.load(sys.stdin):
        before = used()
        own = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(own.ru_utime + own.ru_stime)
        resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS + 1, resource.RLIM_INFINITY))
        code = ""
        try:
            look_into(Sent(name, (folder / place).read_bytes()), allowed=tuple(allowed), field="file")
        except RuleBroken as broken:
            code = broken.violations[0].code
        sys.stdout.write(json.dumps([code, used() - before]) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
