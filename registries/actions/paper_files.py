"""Keeping a file of papers by the million: sent by an officer, or lying on this machine."""

import datetime as dt
import gzip
import hashlib
import zlib
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings

from kernel import audit
from kernel.actions import action, require
from kernel.files.large import store_large_upload
from kernel.files.store import store_file
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation
from registries.actions.imports import FileRefused, kept_problem
from registries.columnar import Columnar, Taken, UnreadableFile
from registries.enums import PaperFormat
from registries.models import PaperFile
from registries.permissions import may_keep_papers
from registries.queries import PAPER_JOB
from registries.rules.paper_lines import openalex_problems, row_problems, table_problems

MOST_PROBLEMS = 100
# What a packed file may become: a database's yearly slice is well below it.
MOST_UNPACKED = 64 * 2**30
# What the ending of a file's name says of its layout.
FORMATS = {
    ".csv": PaperFormat.CSV,
    ".parquet": PaperFormat.PARQUET,
    ".jsonl": PaperFormat.OPENALEX,
    ".ndjson": PaperFormat.OPENALEX,
    ".gz": PaperFormat.OPENALEX,
}


@dataclass(frozen=True)
class ReadPapers:
    """A file of papers as it was read: the columns made of it, what became of its records, and what was left out."""

    name: str
    sha256: str
    columns: Path
    taken: Taken
    problems: list[dict[str, Any]]


def read_papers(*, path: Path, name: str, kind: PaperFormat, engine: Columnar) -> ReadPapers:
    """Turn a file into columns, in the engine's folder. Touches no database.

    Raises:
        RuleBroken: `paper_file_unpacks_too_large`; `paper_file_unreadable`, with each broken line as far as it could be told;
            `paper_file_lines_broken`; `paper_file_without_papers`.
    """
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if path.suffix == ".gz" or _is_gzip(path):
        _refuse_large(path, name)
    target = engine.folder / "papers.parquet"
    try:
        taken = engine.take(path, kind, target)
    except UnreadableFile as error:
        raise FileRefused(*_why(path, name, kind, error)) from error
    problems = left_out(path, name, kind, engine) if taken.refused else []
    if not taken.kept:
        own = Violation("paper_file_without_papers", "file", {"file": name})
        raise FileRefused([own], problems)
    return ReadPapers(name, digest, target, taken, problems)


def _why(
    path: Path, name: str, kind: PaperFormat, error: UnreadableFile
) -> tuple[list[Violation], list[dict[str, Any]]]:
    """What is wrong with a file that the engine refused: the broken lines where they can be told, else its own words, which
    name the file as it was sent and not the place where it lies."""
    problems = left_out(path, name, kind)
    if problems:
        return [Violation("paper_file_lines_broken", "file", {"file": name})], problems
    reason = str(error).replace(str(path), name)
    return [Violation("paper_file_unreadable", "file", {"file": name, "reason": reason})], []


def left_out(
    path: Path, name: str, kind: PaperFormat, engine: Columnar | None = None
) -> list[dict[str, Any]]:
    """The first records of a file that cannot be used, each with its line, as a run keeps them."""
    if kind is PaperFormat.PARQUET:
        rows = engine.unusable_rows(path, MOST_PROBLEMS) if engine else []
        found = row_problems(((int(number), key, year) for number, key, year in rows), file_name=name)
        return [kept_problem(problem) for problem in found]
    opened: Any = gzip.open if _is_gzip(path) else open
    try:
        if kind is PaperFormat.OPENALEX:
            with opened(path, "rb") as lines:
                return [
                    kept_problem(one)
                    for one in islice(openalex_problems(lines, file_name=name), MOST_PROBLEMS)
                ]
        with opened(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
            return [kept_problem(one) for one in islice(table_problems(lines, file_name=name), MOST_PROBLEMS)]
    except (OSError, EOFError, zlib.error):
        return []  # a packed file that breaks off: the engine's own words say so


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as content:
        return content.read(2) == b"\x1f\x8b"


def _refuse_large(path: Path, name: str) -> None:
    unpacked = 0
    try:
        with gzip.open(path, "rb") as content:
            while piece := content.read(1024 * 1024):
                unpacked += len(piece)
                if unpacked > MOST_UNPACKED:
                    limit = MOST_UNPACKED // 2**30
                    raise RuleBroken(
                        Violation("paper_file_unpacks_too_large", "file", {"file": name, "limit": limit})
                    )
    except (OSError, EOFError, zlib.error) as error:
        reason = f"{type(error).__name__}: {error}"
        raise RuleBroken(
            Violation("paper_file_unreadable", "file", {"file": name, "reason": reason})
        ) from error


@action
def request_paper_file(
    *, upload: Any, source: str, dated: dt.date, by: Any, licence: str = "", kind: PaperFormat | None = None
) -> Job:
    """Put a file of papers away under its sender's name, and have it taken in, in the background.

    Raises:
        RuleBroken: what `store_large_upload` refuses.
    """
    require(may_keep_papers(by))
    stored = store_large_upload(
        upload=upload,
        by=by,
        allowed=tuple(FORMATS),
        limit=settings.PAPER_UPLOAD_LIMIT_BYTES,
        field="file",
    )
    payload = {
        "file": stored.public_id,
        "name": stored.name,
        "source": source,
        "dated": dated.isoformat(),
        "licence": licence,
        "kind": (kind or FORMATS[Path(stored.name).suffix.lower()]).value,
    }
    job: Job = enqueue(PAPER_JOB, payload, by=by)
    return job


@action
def keep_paper_file(
    *, read: ReadPapers, source: str, dated: dt.date, by: Any = None, licence: str = ""
) -> PaperFile:
    """Keep what was read, from the database `source` as it was on the day `dated`. The same file again changes nothing."""
    require(by is None or may_keep_papers(by))
    if known := known_paper_file(read.sha256, source, dated):
        return known
    found = PaperFile.objects.create(
        name=read.name[:255],
        sha256=read.sha256,
        source=source,
        dated=dated,
        licence=licence,
        content=store_file(name=f"{Path(read.name).stem[:200]}.parquet", path=read.columns, by=by),
        read=read.taken.read,
        kept=read.taken.kept,
        refused=read.taken.refused,
        repeated=read.taken.repeated,
        first_year=read.taken.first_year,
        last_year=read.taken.last_year,
        problems=read.problems,
        by=by,
    )
    audit.record("paper_file_added", found, by=by, details={"file": found.name, "sha256": read.sha256})
    return found


def known_paper_file(sha256: str, source: str, dated: dt.date) -> PaperFile | None:
    """The file that was kept already under this content, source and day."""
    return PaperFile.objects.filter(sha256=sha256, source=source, dated=dated).first()
