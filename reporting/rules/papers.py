"""Papers of projects: the same paper counts once in the programme, and under each project that it came of."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from reporting.rules.coauthorship import HOME, Coauthorship, Paper, count_papers


@dataclass(frozen=True, slots=True)
class PaperCounts:
    """The counts of the programme, and of each project by its key. Their sum may be more than the programme's count."""

    programme: Coauthorship
    projects: Mapping[str, Coauthorship]


def is_before(first: dt.date, *, year: int | None, published_on: dt.date | None) -> bool:
    """Whether a paper came out before a project's first day: by its day where the source gives one, else by its year.

    A paper without a date is not known to be older.
    """
    if published_on is not None:
        return published_on < first
    return year is not None and year < first.year


def count_by_project(links: Iterable[tuple[str, Paper]], *, home: str = HOME) -> PaperCounts:
    """Count `(project key, paper)` links."""
    known = list(links)
    by_project: dict[str, list[Paper]] = {}
    for project, paper in known:
        by_project.setdefault(project, []).append(paper)
    return PaperCounts(
        programme=count_papers((paper for _project, paper in known), home=home),
        projects={project: count_papers(papers, home=home) for project, papers in sorted(by_project.items())},
    )


def written(share: Fraction, places: int = 2) -> str:
    """A fraction with `places` decimals, halves rounded up: 1/3 → 0.33. Whole numbers show their zeros too."""
    scaled = (share.numerator * 10**places * 2 + share.denominator) // (share.denominator * 2)
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}}" if places else str(whole)
