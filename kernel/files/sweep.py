"""Contents that no file points to: what a transaction left behind that was taken back, and what was cut off while it was written."""

import datetime as dt
from collections.abc import Iterator

from django.core.files.storage import default_storage

from kernel.clock import now
from kernel.files.content import PART
from kernel.files.models import StoredFile, content_path

# An upload that is still being stored is no orphan.
AGE = dt.timedelta(days=1)


def sweep_files() -> int:
    """Take away every content of more than a day that no row points to; returns how many. Rows are never touched."""
    swept = 0
    for folder in _folders(""):
        names = [
            f"{folder}/{below}/{name}" for below in _folders(folder) for name in _files(f"{folder}/{below}")
        ]
        digests = {name.rsplit("/", 1)[-1] for name in names}
        known = set(StoredFile.objects.filter(sha256__in=digests).values_list("sha256", flat=True))
        for name in names:
            if name.rsplit("/", 1)[-1] not in known and _is_ours(name) and _is_old(name):
                default_storage.delete(name)
                swept += 1
    return swept


def _is_ours(name: str) -> bool:
    """Whether it is a content, or the beginning of one; nothing else in the folder is ours to take away."""
    last = name.rsplit("/", 1)[-1]
    return last.endswith(PART) or name == content_path(last)


def _is_old(name: str) -> bool:
    return now() - default_storage.get_modified_time(name) > AGE


def _folders(path: str) -> Iterator[str]:
    try:
        folders, _files_here = default_storage.listdir(path)
    except OSError:
        return
    yield from (folder for folder in sorted(folders) if len(folder) == 2)


def _files(path: str) -> list[str]:
    try:
        return default_storage.listdir(path)[1]
    except OSError:
        return []
