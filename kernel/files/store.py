"""Putting a file away: checked, scanned, and written under its own digest."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from kernel.actions import action
from kernel.files.inspect import MEDIA_TYPES, check_content, clean_name
from kernel.files.models import StoredFile, content_path
from kernel.files.scan import scan


@action
def store_upload(
    *, upload: Any, by: Any, allowed: tuple[str, ...], field: str = "", limit: int = 0
) -> StoredFile:
    """Store what a person uploaded, if its name, type and content may be stored.

    `allowed` are extensions with their dot; `limit` is in bytes, the portal's own limit where 0.

    Raises:
        RuleBroken: see `check_content` and `scan`.
    """
    name = clean_name(upload.name)
    content = upload.read()
    media_type = check_content(
        name, content, allowed=allowed, limit=limit or settings.UPLOAD_LIMIT_BYTES, field=field
    )
    found_clean = scan(name, content, field=field)
    return _keep(name, content, media_type, by=by, found_clean=found_clean)


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
        if not default_storage.exists(content_path(digest)):
            default_storage.save(content_path(digest), File(content))
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
    path = content_path(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))
    uploaded_by = fields.pop("by")
    return StoredFile.objects.create(
        name=name, media_type=media_type, size=len(content), sha256=digest, uploaded_by=uploaded_by, **fields
    )
