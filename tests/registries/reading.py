"""Hands files to every reader of an import, within bounds of memory and of time for each: run by test_every_importer.py.

    python -m tests.registries.reading < plan    plan: [[name, path], ...] as JSON

prints for each file and reader a line of JSON: reader, code of the refusal ("" where it was taken), seconds of processor time.
The readers may take 256 MB beside what the portal itself is when it has started.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS, MEGABYTES = 5, 256


def used() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


def size_now() -> int:
    """Bytes of address space of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()


def readers() -> dict[str, Callable[[bytes, str], Any]]:
    from kernel.documents.uploads import read_table
    from registries.actions.imports import read_content
    from registries.enums import RegistryKind

    def of(kind: RegistryKind) -> Callable[[bytes, str], Any]:
        return lambda content, name: read_content(kind, name, content)

    return {
        # Dossiers' evidence, indicators' figures and collected proposals are all tables that this reads.
        "table": lambda content, _name: read_table(content, max_rows=5000),
        **{str(kind): of(kind) for kind in RegistryKind},
    }


def main() -> None:
    import django

    django.setup()
    from kernel.documents.errors import DocumentError
    from kernel.violations import RuleBroken

    every = readers()
    most = size_now() + MEGABYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    for name, place in json.load(sys.stdin):
        for reader, read in every.items():
            before = used()
            resource.setrlimit(resource.RLIMIT_CPU, (int(before) + SECONDS + 1, resource.RLIM_INFINITY))
            code = ""
            try:
                read(Path(place).read_bytes(), name)
            except RuleBroken as broken:
                code = broken.violations[0].code
            except DocumentError as error:
                code = error.code
            except Exception as error:  # told by the test, with the file and the reader
                code = f"{type(error).__name__}: {error}"[:200]
            sys.stdout.write(json.dumps([reader, code, used() - before]) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
