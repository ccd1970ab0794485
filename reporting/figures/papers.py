"""International co-authored papers of projects, from the linked records of the registry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from projects.models import Project
from registries.enums import PublicationKind
from registries.models import Publication
from reporting.models import ProjectPublication
from reporting.rules.coauthorship import Coauthorship, Paper, PaperCount
from reporting.rules.papers import count_by_project


@dataclass(frozen=True)
class Papers:
    """Papers over some projects. `records` are the publications by the key under which they are counted, `projects_of`
    the public ids of the projects that each came of."""

    records: Mapping[str, Publication]
    projects_of: Mapping[str, list[str]]
    programme: Coauthorship
    projects: Mapping[str, Coauthorship]

    def counted(self, *, until: int) -> list[PaperCount]:
        """The counted papers of the calendar years up to `until`, and those without a year."""
        return [
            paper for paper in self.programme.papers if paper.is_counted and (paper.year or until) <= until
        ]


def papers_of(projects: Iterable[Project], *, until: int | None = None) -> Papers:
    """The papers linked to `projects`, of the calendar years up to `until` where one is given. Three queries.

    A paper without a year is taken in every year.
    """
    links = list(
        ProjectPublication.objects.filter(project__in=[project.pk for project in projects])
        .select_related("project", "publication")
        .prefetch_related("publication__authors__affiliations")
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
    counts = count_by_project((link.project.public_id, paper_of(link.publication)) for link in links)
    return Papers(records, projects_of, counts.programme, counts.projects)


def key_of(publication: Publication) -> str:
    """What makes a paper one: its DOI, which the registry keeps without its spellings; else its own id."""
    return publication.doi or publication.public_id


def paper_of(publication: Publication) -> Paper:
    """A record of the registry as the counting rule sees it. Reads `authors` and their `affiliations`."""
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
        authors=tuple(
            tuple(affiliation.country_code or None for affiliation in author.affiliations.all())
            for author in sorted(publication.authors.all(), key=lambda author: author.position)
        ),
        retracted=publication.is_retracted,
    )
