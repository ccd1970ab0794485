import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from kernel.clock import now
from kernel.files.places import local_path
from kernel.ids import PublicIdField


class StoredFile(models.Model):
    """One file as somebody gave it: a name, and the content it points to by SHA-256. Never changed, only replaced.

    `pages` are those of a PDF that was looked into. `made_here` marks what the portal made itself; only such PDFs are shown inline. `found_clean` is the scanner's word: null
    where no scanner is configured.
    """

    public_id = PublicIdField()
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    pages = models.PositiveIntegerField(null=True)
    made_here = models.BooleanField(default=False)
    found_clean = models.BooleanField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=now)

    @property
    def path(self) -> str:
        """Where the content lies in the storage."""
        return content_path(self.sha256)

    def read(self) -> bytes:
        """The whole content."""
        with default_storage.open(self.path) as file:
            content: bytes = file.read()
        return content

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The content as a file that other programs can open: the stored one itself, or a copy while inside."""
        path = local_path(self.path)
        if path is not None:
            yield path
            return
        with (
            tempfile.NamedTemporaryFile(suffix=self.extension) as copy,
            default_storage.open(self.path) as file,
        ):
            shutil.copyfileobj(file, copy)
            copy.flush()
            yield Path(copy.name)

    @property
    def extension(self) -> str:
        return Path(self.name).suffix.lower()


def content_path(sha256: str) -> str:
    """The storage path of a content: two levels of folders, then the digest."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
