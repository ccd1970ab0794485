"""The papers behind a figure: found again in the columns that a run has kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from program.rules.paper_sql import HOME, IS_COUNTED
from registries.columnar import Columnar, columnar
from registries.rules.paper_words import words_of

SHOWN = "key, doi, year, kind, title, container, countries, is_retracted, is_top10"


@dataclass(frozen=True)
class Filters:
    """What of a field's papers is asked for; `counted` leaves out what no figure holds."""

    countries: tuple[str, ...] = ()  # at least one author in one of them
    home: bool = False  # and at least one in Japan
    year: int | None = None
    year_before: bool = False  # and those of the year before it, against which growth is measured
    top: bool = False
    counted: bool = True
    words: str = ""


@dataclass(frozen=True)
class FoundPaper:
    key: str
    doi: str
    year: int
    kind: str
    title: str
    container: str
    countries: str
    is_retracted: bool
    is_top10: bool | None


def where(filters: Filters) -> tuple[str, list[Any]]:
    """The filters as a condition, and its parameters."""
    parts: list[str] = ["1 = 1"]
    params: list[Any] = []
    if filters.countries:
        parts.append(f"({' OR '.join('countries LIKE ?' for _ in filters.countries)})")
        params += [f"% {code} %" for code in filters.countries]
    if filters.home:
        parts.append(f"countries LIKE '% {HOME} %'")
    if filters.year is not None:
        parts.append("year BETWEEN ? AND ?")
        params += [filters.year - 1 if filters.year_before else filters.year, filters.year]
    if filters.top:
        parts.append("is_top10 = 1")
    if filters.counted:
        parts.append(IS_COUNTED)
    if words := words_of(filters.words).strip():
        parts.append("words LIKE ?")
        params.append(f"%{words}%")
    return " AND ".join(parts), params


def page_of_papers(path: Path, filters: Filters, *, page: int, size: int) -> tuple[list[FoundPaper], int]:
    """One page of the papers, newest first, and how many there are in all."""
    condition, params = where(filters)
    with columnar() as engine:
        engine.open_papers(path, "matched")
        total: int = engine.rows(f"SELECT count(*) FROM matched WHERE {condition}", params)[0][0]
        found = engine.rows(
            f"SELECT {SHOWN} FROM matched WHERE {condition} ORDER BY year DESC, key LIMIT ? OFFSET ?",
            [*params, size, (page - 1) * size],
        )
    return [_paper(row) for row in found], total


def all_papers(path: Path, filters: Filters) -> Iterator[FoundPaper]:
    """All of them, newest first, as they come."""
    condition, params = where(filters)
    with columnar() as engine:
        engine.open_papers(path, "matched")
        sql = f"SELECT {SHOWN} FROM matched WHERE {condition} ORDER BY year DESC, key"
        yield from (_paper(row) for row in engine.each(sql, params))


def preview_of(
    engine: Columnar, papers: Path, condition: tuple[str, list[str]], *, size: int
) -> tuple[list[FoundPaper], int]:
    """The newest papers that a definition would take, and how many it would."""
    sql, params = condition
    engine.open_papers(papers)
    total: int = engine.rows(f"SELECT count(*) FROM papers WHERE {sql}", params)[0][0]
    found = engine.rows(
        f"SELECT {SHOWN} FROM papers WHERE {sql} ORDER BY year DESC, key LIMIT ?", [*params, size]
    )
    return [_paper(row) for row in found], total


def _paper(row: tuple[Any, ...]) -> FoundPaper:
    key, doi, year, kind, title, container, countries, is_retracted, is_top10 = row
    return FoundPaper(
        key,
        doi or "",
        year,
        kind,
        title,
        container,
        countries.strip(),
        bool(is_retracted),
        None if is_top10 is None else bool(is_top10),
    )
