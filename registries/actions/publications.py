"""Papers, with their authors and the countries of their affiliations."""

from collections.abc import Iterable
from typing import Any

from registries.actions.changes import BATCH, Changes, compared, in_parts, rows_with
from registries.enums import DatePrecision, PublicationKind, PublicationSource
from registries.models import Affiliation, Author, Country, Publication
from registries.rules.affiliations import CountryFinder
from registries.rules.crossref import parse_crossref
from registries.rules.pubmed import parse_pubmed
from registries.rules.results import ParseResult
from registries.rules.works import Work, WorkAuthor

# Authors in the order of the paper, each with (affiliation as printed, code of its country or blank).
People = list[tuple[WorkAuthor, list[tuple[str, str]]]]


def read(content: bytes, name: str) -> ParseResult[Work]:
    """Crossref's JSON or PubMed's XML, told apart by the first character that is no blank."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    parse = parse_pubmed if start == b"<" else parse_crossref
    return parse(content, file_name=name)


def compare(records: Iterable[Work]) -> Changes:
    """By DOI, else by the source's own key: a paper stands once, whatever number of files name it.

    The source that brought a paper keeps it up to date; another one only fills in what is blank, so that two files that
    differ do not undo each other. A retraction holds, whoever reports it.
    """
    works = list({(work.doi or f"{_source(work)}:{work.source_id}"): work for work in records}.values())
    finder = CountryFinder(_country_names())
    existing = _existing(works)
    by_doi = {row.doi: row for row in existing if row.doi}
    by_key = {(row.source, row.source_key): row for row in existing}
    wanted: dict[Any, dict[str, Any]] = {}
    authors: dict[Any, People] = {}
    for work in works:
        row = by_doi.get(work.doi) or by_key.get((_source(work), work.source_id))
        # A paper that another source brought keeps that source's name and key.
        source, key = (row.source, row.source_key) if row else (_source(work), work.source_id)
        people = [
            (
                author,
                [
                    (part, finder.find(part) or "")
                    for text in author.affiliations
                    for part in finder.split(text)
                ],
            )
            for author in work.authors
        ]
        fields = _fields(work, source, key, people)
        if row is not None:
            owns = source == _source(work)
            fields = _joined(row, fields, owns=owns)
        if row is None or not row.author_count or (owns and people):
            authors[source, key] = people
        wanted[source, key] = fields
    changes = compared(Publication, wanted, key=lambda row: (row.source, row.source_key), existing=existing)
    touched = [(row.source, row.source_key) for row in (*changes.new, *changes.changed)]
    changes.afterwards = lambda: _write_authors({key: authors[key] for key in touched if key in authors})
    return changes


def _joined(row: Publication, fields: dict[str, Any], *, owns: bool) -> dict[str, Any]:
    """What a paper that is there becomes by a record: of its own source, or of another one.

    A blank never takes away what is known; the number of authors and their countries go together.
    """
    first, second = (fields, vars(row)) if owns else (vars(row), fields)
    people = first if first["author_count"] else second
    return {name: first[name] or second[name] for name in fields} | {
        "author_count": people["author_count"],
        "country_codes": people["country_codes"],
        "is_correction": first["is_correction"],
    }


def _source(work: Work) -> str:
    return PublicationSource(work.source.lower()).value


def _country_names() -> list[tuple[str, str]]:
    return [
        (name, country.code)
        for country in Country.objects.filter(ended_on=None)
        for name in (country.name_ja, country.name_en, country.code3)
        if name
    ]


def _existing(works: list[Work]) -> list[Publication]:
    papers = Publication.objects.all()
    by_doi = rows_with(papers, "doi", (work.doi for work in works if work.doi))
    by_key = rows_with(papers, "source_key", (work.source_id for work in works))
    return list({row.pk: row for row in (*by_key, *by_doi)}.values())


def _fields(work: Work, source: str, key: str, people: People) -> dict[str, Any]:
    countries = {code for _author, places in people for _text, code in places if code}
    issued = work.issued
    return {
        "doi": work.doi or None,
        "source": source,
        "source_key": key,
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


def _write_authors(people_of: dict[Any, People]) -> None:
    """Renew the authors of these papers, in bulk."""
    papers = {
        (row.source, row.source_key): row
        for row in rows_with(Publication.objects.all(), "source_key", (key for _source, key in people_of))
        if (row.source, row.source_key) in people_of
    }
    for part in in_parts(paper.pk for paper in papers.values()):
        Author.objects.filter(publication__in=part).delete()
    authors, places = [], []
    for key, people in people_of.items():
        for position, (author, affiliations) in enumerate(people, 1):
            row = Author(
                publication=papers[key],
                position=position,
                family=(author.group_name or author.family_name)[:300],
                given=author.given_name[:300],
                orcid=author.orcid,
                is_group=bool(author.group_name),
            )
            authors.append(row)
            places += [Affiliation(author=row, text=text, country_code=code) for text, code in affiliations]
    Author.objects.bulk_create(authors, batch_size=BATCH)
    Affiliation.objects.bulk_create(places, batch_size=BATCH)
