"""The papers that were imported one by one, written as a file of papers by the million."""

import csv
from pathlib import Path
from typing import Any

from django.db.models import Max

from registries.columnar import TABLE, Taken, table_line
from registries.enums import PaperFormat
from registries.models import Affiliation, Author, Publication

CHUNK = 2_000


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
