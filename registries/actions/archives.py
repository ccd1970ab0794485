"""Several files of one kind as one ZIP: packing them, and opening one without unpacking more than a person would send."""

import io
import zipfile
from collections.abc import Iterator, Sequence

from kernel.archives import UNREADABLE_ARCHIVE
from kernel.violations import RuleBroken, Violation

MOST_FILES = 20_000
MOST_UNPACKED = 200 * 2**20
# What one file may be outside of an archive, it may be in one.
MOST_OF_ONE = 50 * 2**20


def files_in(content: bytes, name: str, *, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file in the archive that ends with `suffix`.

    Raises:
        RuleBroken: `archive_invalid`, `archive_too_large`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [
            entry
            for entry in archive.infolist()
            # A Mac puts notes of its own beside each file, under the same ending.
            if entry.filename.lower().endswith(suffix) and not entry.filename.startswith("__MACOSX/")
        ]
        if (
            len(entries) > MOST_FILES
            or sum(entry.file_size for entry in entries) > MOST_UNPACKED
            or any(entry.file_size > MOST_OF_ONE for entry in entries)
        ):
            raise RuleBroken(Violation("archive_too_large", "file", {"file": name}))
        for entry in entries:
            yield entry.filename, archive.read(entry)
    except UNREADABLE_ARCHIVE as error:
        raise RuleBroken(Violation("archive_invalid", "file", {"file": name})) from error


def packed(files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Files that were chosen together, by name and content, as one ZIP with its name; the same files make the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    first = min(name for name, _data in files)
    return f"{first} + {len(files) - 1}.zip", content.getvalue()
