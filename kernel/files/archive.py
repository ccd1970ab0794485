"""A ZIP that is made while it is sent: no more of it is in memory than the piece that goes out."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.storage import default_storage

from kernel.files.models import StoredFile

PIECE = 64 * 1024
# What some system does not allow in the name of a file, or takes for a path.
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
# So many characters in UTF-8 fit in a name on every system, an ending included.
LONGEST = 180


class _Outgoing(io.RawIOBase):
    """Takes what the archive writes, until it is sent. It cannot go back, and the archive knows that."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:  # type: ignore[override]  # whatever holds bytes
        content = bytes(piece)  # type: ignore[call-overload]
        self._pieces.append(content)
        return len(content)

    def taken(self) -> bytes:
        content, self._pieces = b"".join(self._pieces), []
        return content


def stream_zip(members: Iterable[tuple[str, datetime, Iterable[bytes]]]) -> Iterator[bytes]:
    """An archive of members (name, time, content in pieces), as pieces of bytes. Names are UTF-8, contents not packed: PDFs
    are packed already."""
    out = _Outgoing()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, at, pieces in members:
            local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
            with archive.open(zipfile.ZipInfo(name, local.timetuple()[:6]), "w") as member:
                for piece in pieces:
                    member.write(piece)
                    yield out.taken()
            yield out.taken()
    yield out.taken()


def pieces_of(file: StoredFile) -> Iterator[bytes] | None:
    """The content of a stored file in pieces; None where the storage has lost it. It is opened at once."""
    try:
        content = default_storage.open(file.path)
    except OSError:
        return None
    reading: Callable[[], bytes] = lambda: content.read(PIECE)  # noqa: E731  # what `iter` asks for

    def pieces() -> Iterator[bytes]:
        with content:
            yield from iter(reading, b"")

    return pieces()


def member_name(*parts: str, ending: str) -> str:
    """A file's name of these parts: composed (a Mac takes letters apart, others show them in two), without what a system
    forbids, and no longer than every system allows. Second forms of ideographs, as 神 U+FA19 in a name, stay."""
    words = "_".join(filter(None, (_FORBIDDEN.sub(" ", part) for part in map(_composed, parts))))
    words = "".join(c for c in words if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    words = " ".join(words.split()).strip(". ")
    return f"{words.encode()[:LONGEST].decode(errors='ignore').rstrip('. ') or 'file'}{ending}"


def _composed(text: str) -> str:
    """NFC but for ideographs, each of which stays the one that was typed."""
    kept = re.split("([\uf900-\ufaff\U0002f800-\U0002fa1f])", text)
    return "".join(part if at % 2 else unicodedata.normalize("NFC", part) for at, part in enumerate(kept))
