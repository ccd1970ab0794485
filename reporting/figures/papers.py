"""International co-authored papers of projects, from the linked records of the registry."""

import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from projects.models import Project
from registries.enums import PublicationKind
from registries.models import Author, Publication
from reporting.models import ProjectPublication
from reporting.rules.coauthorship import Coauthorship, Paper
from reporting.rules.papers import count_by_project, is_before

Codes = tuple[str | None, ...]


@dataclass(frozen=True)
class Papers:
    """Papers over some projects. `records` are the publications by the key under which they are counted, `projects_of`
    the public ids of the projects that each came of."""

    records: Mapping[str, Publication]
    projects_of: Mapping[str, list[str]]
    programme: Coauthorship
    projects: Mapping[str, Coauthorship]


def papers_of(projects: Iterable[Project], *, until: int | None = None) -> Papers:
    """The papers linked to `projects`, of the calendar years up to `until` where one is given. Two queries.

    A paper without a year is taken in every year.
    """
    links = list(
        ProjectPublication.objects.filter(project__in=[project.pk for project in projects])
        .select_related("project__programme", "publication")
        .order_by("project__number", "publication__year", "publication__public_id")
    )
    if until is not None:
        links = [link for link in links if (link.publication.year or until) <= until]
    records: dict[str, Publication] = {}
    projects_of: dict[str, list[str]] = {}
    for link in links:
        key = key_of(link.publication)
        records.setdefault(key, link.publication)
        projects_of.setdefault(key, []).append(link.project.public_id)
    authors = _authors(link.publication_id for link in links)
    counts = count_by_project(
        (
            link.project.public_id,
            paper_of(link.publication, authors.get(link.publication_id, []), link.project),
        )
        for link in links
    )
    return Papers(records, projects_of, counts.programme, counts.projects)


def key_of(publication: Publication) -> str:
    """What makes a paper one: its DOI, which the registry keeps without its spellings; else its own id."""
    return publication.doi or publication.public_id


def first_day_of(project: Project) -> dt.date:
    """The day from which on something can come of a project: that on which its first fiscal year begins."""
    return project.programme.calendar.first_day(project.first_year)


def is_older(publication: Publication, project: Project) -> bool:
    """Whether a paper came out before a project began."""
    return is_before(first_day_of(project), year=publication.year, published_on=publication.published_on)


def paper_of(publication: Publication, authors: Sequence[Codes], project: Project) -> Paper:
    """A record of the registry as the counting rule sees it under a project; `authors` are the country codes of each."""
    try:
        kind = PublicationKind(publication.kind)
    except ValueError:
        kind = PublicationKind.OTHER
    if publication.is_correction:
        kind = PublicationKind.NOTICE
    return Paper(
        key=key_of(publication),
        year=publication.year,
        kind=kind,
        authors=tuple(authors),
        retracted=publication.is_retracted,
        before_project=is_older(publication, project),
    )


def _authors(publications: Iterable[int]) -> dict[int, list[Codes]]:
    """The country codes of every author's affiliations, by publication, in the order of the paper. One query, in which
    an author without an affiliation has a row, too."""
    rows = (
        Author.objects.filter(publication__in=set(publications))
        .order_by("publication_id", "position", "affiliations__id")
        .values_list("publication_id", "position", "affiliations__country_code")
    )
    found: dict[int, list[Codes]] = {}
    for (publication, _position), group in itertools.groupby(rows, key=lambda row: row[:2]):
        found.setdefault(publication, []).append(tuple(code or None for _p, _n, code in group))
    return found
