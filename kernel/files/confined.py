"""Running what takes a stranger's file apart as a process of its own, with bounds of time and memory (docs/adr/0011-files.md).

A parser that is led astray ends that process and no other: not the one that answers everybody else's requests.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

PROGRAMS: Final = Path(__file__).parent / "alone"
SECONDS: Final = 5
MEGABYTES: Final = 256
# Nothing waits for anything in there; this ends what a stopped machine would leave behind.
_PATIENCE_SECONDS: Final = 120


class TooHeavy(Exception):
    """The program reached its bounds, or broke down over the file."""


def run_alone(program: str, content: bytes, *arguments: str) -> bytes:
    """What `program` of the folder `alone` prints, given `content` as a file and `arguments` behind it.

    Raises:
        TooHeavy: it did not come to its end.
    """
    with tempfile.NamedTemporaryFile(prefix="looked-into-") as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-I", "-B", str(PROGRAMS / "bounds.py"), str(SECONDS), str(MEGABYTES)]
        try:
            done = subprocess.run(  # noqa: S603  # our own programs; the stranger's file is an argument, never a command
                [*command, str(PROGRAMS / program), file.name, *arguments],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_PATIENCE_SECONDS,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as error:
            raise TooHeavy(program) from error
    if done.returncode:
        raise TooHeavy(program)
    return done.stdout
