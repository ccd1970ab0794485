"""Where contents lie: in a folder, or in a storage that has none."""

from pathlib import Path

from django.core.files.storage import default_storage


def local_path(name: str) -> Path | None:
    """The path of a content in this machine's folder; None where contents lie in an object store."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:  # how Django's storages say that they are no folder
        return None
