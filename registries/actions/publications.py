"""Papers, with their authors and the countries of their affiliations."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from registries.actions.changes import BATCH, Changes, compared
from registries.enums import DatePrecision, PublicationKind, PublicationSource
from registries.models import Affiliation, Author, Country, Publication
from registries.rules.affiliations import CountryFinder
from registries.rules.crossref import parse_crossref
from registries.rules.pubmed import parse_pubmed
from registries.rules.results import ParseResult
from registries.rules.works import Work


def read(content: bytes, name: str) -> ParseResult[Work]:
    """Crossref's JSON or PubMed's XML, told apart by the first character that is no blank."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    parse = parse_pubmed if start == b"<" else parse_crossref
    return parse(content, file_name=name)


def compare(records: Iterable[Work]) -> Changes:
    """By DOI, else by the source's own key: a paper stands once, whatever number of files name it."""
    works = list({(work.doi or f"{_source(work)}:{work.source_id}"): work for work in records}.values())
    finder = CountryFinder(_country_names())
    existing = _existing(works)
    by_doi = {row.doi: row for row in existing if row.doi}
    by_key = {(row.source, row.source_key): row for row in existing}
    wanted: dict[Any, dict[str, Any]] = {}
    authors: dict[Any, list[tuple[Author, list[Affiliation]]]] = {}
    for work in works:
        row = by_doi.get(work.doi) or by_key.get((_source(work), work.source_id))
        # A paper that another source brought keeps that source's name and key.
        source, key = (row.source, row.source_key) if row else (_source(work), work.source_id)
        people = [_author(author, place, finder) for place, author in enumerate(work.authors, 1)]
        authors[source, key] = people
        wanted[source, key] = _fields(work, source, key, people)
    changes = compared(Publication, wanted, key=lambda row: (row.source, row.source_key), existing=existing)
    touched = [(row.source, row.source_key) for row in (*changes.new, *changes.changed)]
    changes.afterwards = lambda: _write_authors({key: authors[key] for key in touched})
    return changes


def _source(work: Work) -> str:
    return PublicationSource(work.source.lower()).value


def _country_names() -> list[tuple[str, str]]:
    return [
        (name, country.code)
        for country in Country.objects.all()
        for name in (country.name_ja, country.name_en, country.code3)
        if name
    ]


def _existing(works: list[Work]) -> list[Publication]:
    dois = [work.doi for work in works if work.doi]
    keys = [work.source_id for work in works]
    return list(Publication.objects.filter(Q(doi__in=dois) | Q(source_key__in=keys)))


def _author(author: Any, place: int, finder: CountryFinder) -> tuple[Author, list[Affiliation]]:
    row = Author(
        position=place,
        family=(author.group_name or author.family_name)[:300],
        given=author.given_name[:300],
        orcid=author.orcid,
        is_group=bool(author.group_name),
    )
    texts = [part for text in author.affiliations for part in finder.split(text)]
    return row, [Affiliation(text=text, country_code=finder.find(text) or "") for text in texts]


def _fields(
    work: Work, source: str, key: str, people: list[tuple[Author, list[Affiliation]]]
) -> dict[str, Any]:
    countries = {place.country_code for _author, places in people for place in places if place.country_code}
    issued = work.issued
    return {
        "doi": work.doi or None,
        "source": source,
        "source_key": key[:255],
        "title": work.title,
        "container": work.container[:500],
        "kind": work.kind.value,
        "year": issued.day.year if issued else None,
        "published_on": issued.day if issued and issued.precision == DatePrecision.DAY else None,
        "is_retracted": work.retracted,
        "is_correction": work.kind == PublicationKind.NOTICE,
        "author_count": len(work.authors),
        "country_codes": sorted(countries),
    }


def _write_authors(people_of: dict[Any, list[tuple[Author, list[Affiliation]]]]) -> None:
    """Renew the authors of these papers, in bulk."""
    keys = {key[1] for key in people_of}
    papers = {
        (row.source, row.source_key): row
        for row in Publication.objects.filter(source_key__in=keys)
        if (row.source, row.source_key) in people_of
    }
    Author.objects.filter(publication__in=papers.values()).delete()
    authors, places = [], []
    for key, people in people_of.items():
        for author, affiliations in people:
            author.publication = papers[key]
            authors.append(author)
            for affiliation in affiliations:
                affiliation.author = author
                places.append(affiliation)
    Author.objects.bulk_create(authors, batch_size=BATCH)
    Affiliation.objects.bulk_create(places, batch_size=BATCH)
