"""Putting a file away: checked, scanned, and written under its own digest."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from kernel.actions import action
from kernel.files.content import keep_content
from kernel.files.inspect import MEDIA_TYPES, MOST_PAGES, SIGNATURES, check_content
from kernel.files.models import StoredFile
from kernel.files.names import clean_name, fault_of_name, with_ending
from kernel.files.scan import scan
from kernel.violations import RuleBroken, Violation


@dataclass(frozen=True)
class LookedInto:
    """An upload that may be stored: its name as it is kept, what it is, and the scanner's word."""

    name: str
    content: bytes
    media_type: str
    pages: int
    found_clean: bool | None


def look_into(
    upload: Any, *, allowed: tuple[str, ...], field: str = "", limit: int = 0, most_pages: int = MOST_PAGES
) -> LookedInto:
    """Look into what a person uploaded; once, however often it is asked. Writes nothing, so that a form does it before a
    transaction begins: a scanner that is slow holds up nobody else's writing.

    Raises:
        RuleBroken: `file_name_…` (see `fault_of_name`), and what `check_content` and `scan` say.
    """
    asked = (allowed, limit, most_pages)
    done = getattr(upload, "looked_into", None)
    if done is not None and done[0] == asked:
        found: LookedInto = done[1]
        return found
    upload.seek(0)
    content = upload.read()
    name = clean_name(upload.name)
    if fault := fault_of_name(upload.name):
        raise RuleBroken(Violation(fault, field, {"name": name}))
    name = with_ending(name, content, SIGNATURES, allowed)
    bytes_allowed = limit or settings.UPLOAD_LIMIT_BYTES
    what = check_content(
        name, content, allowed=allowed, limit=bytes_allowed, field=field, most_pages=most_pages
    )
    found = LookedInto(name, content, what.media_type, what.pages, scan(name, content, field=field))
    upload.looked_into = (asked, found)
    return found


@action
def store_upload(
    *,
    upload: Any,
    by: Any,
    allowed: tuple[str, ...],
    field: str = "",
    limit: int = 0,
    most_pages: int = MOST_PAGES,
) -> StoredFile:
    """Store what a person uploaded, if its name, type and content may be stored.

    `allowed` are extensions with their dot; `limit` is in bytes, the portal's own limit where 0.

    Raises:
        RuleBroken: see `look_into`.
    """
    found = look_into(upload, allowed=allowed, field=field, limit=limit, most_pages=most_pages)
    return _keep(
        found.name,
        found.content,
        found.media_type,
        by=by,
        found_clean=found.found_clean,
        pages=found.pages or None,
    )


@action
def store_bytes(*, name: str, content: bytes, by: Any = None) -> StoredFile:
    """Store what the portal itself has made."""
    media_type = next(
        (MEDIA_TYPES[e] for e in MEDIA_TYPES if name.lower().endswith(e)), "application/octet-stream"
    )
    return _keep(clean_name(name), content, media_type, by=by, made_here=True)


@action
def store_file(*, name: str, path: Path, by: Any = None) -> StoredFile:
    """Store a file that the portal itself has made, however large: it is never in memory as a whole."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    with path.open("rb") as content:
        keep_content(digest, path.stat().st_size, content)
    return StoredFile.objects.create(
        name=clean_name(name),
        media_type="application/octet-stream",
        size=path.stat().st_size,
        sha256=digest,
        uploaded_by=by,
        made_here=True,
    )


def _keep(name: str, content: bytes, media_type: str, **fields: Any) -> StoredFile:
    digest = hashlib.sha256(content).hexdigest()
    keep_content(digest, len(content), io.BytesIO(content))
    uploaded_by = fields.pop("by")
    return StoredFile.objects.create(
        name=name, media_type=media_type, size=len(content), sha256=digest, uploaded_by=uploaded_by, **fields
    )
