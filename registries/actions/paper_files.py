"""Keeping a file of papers by the million, and writing the papers of the registry as one."""

import csv
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from django.db.models import Max

from kernel import audit
from kernel.actions import action, require
from kernel.files.store import store_file
from kernel.violations import RuleBroken, Violation
from registries.columnar import TABLE, Taken, UnreadableFile, columnar, table_line
from registries.enums import PaperFormat
from registries.models import Affiliation, Author, PaperFile, Publication
from registries.permissions import may_import

CHUNK = 2_000


@action
def add_paper_file(
    *, path: Path, source: str, dated: dt.date, kind: PaperFormat, by: Any = None
) -> PaperFile:
    """Keep a file of papers from the database `source` as it was on the day `dated`. The same file again changes nothing.

    Raises:
        RuleBroken: `paper_file_unreadable`, `paper_file_without_papers`; nothing is kept.
    """
    require(by is None or may_import(by))
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    if known := PaperFile.objects.filter(sha256=digest, source=source, dated=dated).first():
        return known
    with columnar() as engine:
        target = engine.folder / "papers.parquet"
        try:
            taken = engine.take(path, kind, target)
        except UnreadableFile as error:
            raise RuleBroken(
                Violation("paper_file_unreadable", "file", {"file": path.name, "reason": str(error)})
            ) from error
        if not taken.kept:
            raise RuleBroken(Violation("paper_file_without_papers", "file", {"file": path.name}))
        content_file = store_file(name=f"{path.stem[:200]}.parquet", path=target, by=by)
    found = PaperFile.objects.create(
        name=path.name[:255],
        sha256=digest,
        source=source,
        dated=dated,
        content=content_file,
        read=taken.read,
        kept=taken.kept,
        refused=taken.refused,
        repeated=taken.repeated,
        by=by,
    )
    audit.record("paper_file_added", found, by=by, details={"file": found.name, "sha256": digest})
    return found


def write_registry_papers(folder: Path, target: Path, engine: Any) -> Taken:
    """The papers that were imported one by one, as a Parquet file like that of a `PaperFile`."""
    table = folder / "registry.csv"
    with table.open("w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out)
        lines.writerow(TABLE)
        last = Publication.objects.aggregate(last=Max("pk"))["last"] or 0
        for start in range(0, last, CHUNK):
            lines.writerows(table_line(row) for row in _rows(start, start + CHUNK))
    taken: Taken = engine.take(table, PaperFormat.CSV, target)
    table.unlink()
    return taken


def _rows(after: int, until: int) -> list[list[Any]]:
    papers = list(Publication.objects.filter(pk__gt=after, pk__lte=until).order_by("pk"))
    authors = Author.objects.filter(publication__pk__gt=after, publication__pk__lte=until)
    places = Affiliation.objects.filter(author__publication__pk__gt=after, author__publication__pk__lte=until)
    codes: dict[int, set[str]] = {}
    for author, code in places.values_list("author", "country_code"):
        codes.setdefault(author, set()).add(code)
    crews: dict[int, list[str]] = {}
    for pk, paper in authors.order_by("publication", "position").values_list("pk", "publication"):
        crews.setdefault(paper, []).append(" ".join(sorted(codes.get(pk, set()) - {""})))
    return [
        [
            f"{paper.source}:{paper.source_key}",
            paper.doi,
            paper.year,
            "notice" if paper.is_correction else paper.kind,
            paper.title,
            paper.container,
            "",
            ";".join(crews.get(paper.pk, [])),
            paper.is_retracted,
            None,
        ]
        for paper in papers
    ]
