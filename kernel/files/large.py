"""Putting away a file that is too large to be held in memory: looked into by its beginning, scanned and written in pieces."""

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from kernel.actions import action
from kernel.files.content import keep_content
from kernel.files.inspect import MEDIA_TYPES, looks_binary
from kernel.files.models import StoredFile
from kernel.files.names import clean_name, fault_of_name
from kernel.files.scan import scan_pieces
from kernel.violations import RuleBroken, Violation

HEAD = 64 * 1024
# How each kind begins; any other is text, and must look like it.
SIGNATURES = {".gz": b"\x1f\x8b", ".parquet": b"PAR1"}


@action
def store_large_upload(
    *, upload: Any, by: Any, allowed: tuple[str, ...], limit: int, field: str = ""
) -> StoredFile:
    """Store a data file that a person uploaded, however large up to `limit` bytes. It is only ever handed out as an attachment.

    Raises:
        RuleBroken: `file_empty`, `file_too_large`, `file_type_not_allowed`, `file_type_differs`, and what the scanner says.
    """
    name = clean_name(upload.name)
    ending = PurePosixPath(name).suffix.lower()

    def refused(code: str, **params: object) -> RuleBroken:
        return RuleBroken(Violation(code, field, {"name": name, **params}))

    if fault := fault_of_name(upload.name):
        raise refused(fault)
    if not upload.size:
        raise refused("file_empty")
    if upload.size > limit:
        raise refused("file_too_large", limit_mb=limit // (1024 * 1024))
    if ending not in allowed:
        kinds = ", ".join(sorted(one.lstrip(".").upper() for one in allowed))
        raise refused("file_type_not_allowed", allowed=kinds)
    upload.seek(0)
    head = upload.read(HEAD)
    signature = SIGNATURES.get(ending)
    if not head.startswith(signature) if signature else looks_binary(head):
        raise refused("file_type_differs", extension=ending.lstrip(".").upper())
    found_clean = scan_pieces(name, _pieces(upload), field=field)
    with tempfile.NamedTemporaryFile(prefix="upload-") as copy:
        digest = hashlib.sha256()
        for piece in _pieces(upload):
            digest.update(piece)
            copy.write(piece)
        copy.flush()
        with Path(copy.name).open("rb") as content:
            keep_content(digest.hexdigest(), upload.size, content)
    return StoredFile.objects.create(
        name=name,
        media_type=MEDIA_TYPES.get(ending, "application/octet-stream"),
        size=upload.size,
        sha256=digest.hexdigest(),
        uploaded_by=by,
        found_clean=found_clean,
    )


def _pieces(upload: Any) -> Iterator[bytes]:
    upload.seek(0)
    while piece := upload.read(1024 * 1024):
        yield piece
