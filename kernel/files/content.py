"""The bytes of a file under their own digest: there whole or not at all."""

import os
import uuid
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage

from kernel.files.models import StoredFile, content_path
from kernel.files.places import local_path

PART = ".part"


def keep_content(sha256: str, size: int, content: Any) -> None:
    """Put `content`, a file that is open for reading, where its digest says.

    What is there already is trusted only if a row points to it and it is of the right size: a process that was ended while
    it wrote leaves a beginning behind.
    """
    path = content_path(sha256)
    if _is_there(path, size) and StoredFile.objects.filter(sha256=sha256).exists():
        return
    content.seek(0)
    target = local_path(path)
    if target is None:
        # Storages that are no folder put an object whole or not at all.
        if default_storage.exists(path):
            default_storage.delete(path)
        default_storage.save(path, File(content))
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{uuid.uuid4().hex}{PART}")
    try:
        with part.open("wb") as out:
            while piece := content.read(1024 * 1024):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if settings.FILE_UPLOAD_PERMISSIONS is not None:
            part.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _is_there(path: str, size: int) -> bool:
    return default_storage.exists(path) and default_storage.size(path) == size
