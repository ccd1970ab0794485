"""Opening a ZIP of several files of one kind, without unpacking more than a person would send."""

import io
import zipfile
from collections.abc import Iterator

from kernel.violations import RuleBroken, Violation

MOST_FILES = 20_000
MOST_UNPACKED = 200 * 2**20


def files_in(content: bytes, name: str, *, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file in the archive that ends with `suffix`.

    Raises:
        RuleBroken: `archive_invalid`, `archive_too_large`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = [entry for entry in archive.infolist() if entry.filename.lower().endswith(suffix)]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise RuleBroken(Violation("archive_too_large", "file", {"file": name}))
        for entry in entries:
            yield entry.filename, archive.read(entry)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise RuleBroken(Violation("archive_invalid", "file", {"file": name})) from error
