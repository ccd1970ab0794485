"""Asking a virus scanner that speaks clamd's protocol. Where one is configured, no answer means no."""

import socket
import struct
from collections.abc import Iterable

from django.conf import settings

from kernel.violations import RuleBroken, Violation

_CHUNK = 64 * 1024
_PATIENCE_SECONDS = 20


def scan(name: str, content: bytes, *, field: str = "") -> bool | None:
    """True when the scanner found nothing, None where no scanner is configured.

    Raises:
        RuleBroken: as `scan_pieces`.
    """
    pieces = (content[start : start + _CHUNK] for start in range(0, len(content), _CHUNK))
    return scan_pieces(name, pieces, field=field)


def scan_pieces(name: str, pieces: Iterable[bytes], *, field: str = "") -> bool | None:
    """The same of a file that comes in pieces, none of them larger than a megabyte.

    Raises:
        RuleBroken: `file_infected`; `file_not_scanned` when the scanner does not answer.
    """
    if not settings.CLAMD_ADDRESS:
        return None
    host, _, port = settings.CLAMD_ADDRESS.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=_PATIENCE_SECONDS) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in pieces:
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = connection.recv(4096).rstrip(b"\0\n")
    except OSError as error:
        raise RuleBroken(Violation("file_not_scanned", field, {"name": name})) from error
    if answer.endswith(b"FOUND"):
        raise RuleBroken(Violation("file_infected", field, {"name": name}))
    if not answer.endswith(b"OK"):
        raise RuleBroken(Violation("file_not_scanned", field, {"name": name}))
    return True
