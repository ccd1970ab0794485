"""Taking in a file of papers that lies on this machine, without a job: for the command and the demo."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from kernel.actions import require
from registries.actions.paper_files import keep_paper_file, known_paper_file, read_papers
from registries.columnar import columnar
from registries.enums import PaperFormat
from registries.models import PaperFile
from registries.permissions import may_keep_papers


def add_paper_file(
    *, path: Path, source: str, dated: dt.date, kind: PaperFormat, by: Any = None, licence: str = ""
) -> PaperFile:
    """Read a file that lies on this machine and keep it, at once. The same file again changes nothing.

    Raises:
        RuleBroken: as `read_papers`; nothing is kept.
    """
    require(by is None or may_keep_papers(by))
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if known := known_paper_file(digest, source, dated):
        return known
    with columnar() as engine:
        read = read_papers(path=path, name=path.name, kind=kind, engine=engine)
        kept: PaperFile = keep_paper_file(read=read, source=source, dated=dated, by=by, licence=licence)
    return kept
