"""PubMed citations in the National Library of Medicine's XML (PubmedArticleSet)."""

import re
from collections.abc import Iterator, Mapping, Set
from types import MappingProxyType
from xml.etree.ElementTree import Element  # the type only; parsing is defusedxml's

from registries.enums import PublicationKind
from registries.rules.identifiers import normalise_doi, normalise_orcid
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.texts import tidy
from registries.rules.works import Issued, Work, WorkAuthor, WorkLink, issued_from, title_says_retracted
from registries.rules.xml_elements import read_xml, text_at, whole_text

SOURCE = "PubMed"

RETRACTED = frozenset({"Retracted Publication"})
NOTICES = frozenset(
    {
        "Published Erratum",
        "Retraction of Publication",
        "Retraction Notice",
        "Expression of Concern",
        "Retraction",
    }
)
KINDS: Mapping[str, PublicationKind] = MappingProxyType(
    {
        "Preprint": PublicationKind.PREPRINT,
        "Review": PublicationKind.REVIEW,
        "Systematic Review": PublicationKind.REVIEW,
        "Dataset": PublicationKind.DATASET,
        "Congress": PublicationKind.PROCEEDINGS,
        "Journal Article": PublicationKind.ARTICLE,
        "Letter": PublicationKind.ARTICLE,
    }
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_YEAR = re.compile(r"\b(1[5-9]\d{2}|20\d{2})\b")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})", re.IGNORECASE)


def parse_pubmed(data: bytes, *, file_name: str) -> ParseResult[Work]:
    """Citations of a PubmedArticleSet, or a single PubmedArticle.

    Refused: a citation without PMID; the same PMID twice. Told: books (not read), a DOI or ORCID that is none, no
    author, no date. Errata and retraction notices are notices, whatever else they are called.
    """
    reading: Reading[Work] = Reading(file_name)
    try:
        root = read_xml(data)
        articles = [root] if root.tag == "PubmedArticle" else root.findall("PubmedArticle")
        books = len(root.findall("PubmedBookArticle"))
        if root.tag not in ("PubmedArticle", "PubmedArticleSet"):
            raise Refused("format_unknown")
        if books:
            reading.warn("books_not_read", count=books)
        if not articles and not books:
            raise Refused("no_records", expected="PubmedArticle")
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    reading.take_each(((None, article) for article in articles), _work, lambda work: work.source_id)
    return reading.result()


def _work(element: Element, reading: Reading[Work]) -> Work:
    pmid = text_at(element, "MedlineCitation/PMID")
    reading.name(pmid or text_at(element, "MedlineCitation/Article/ArticleTitle"))
    if not re.fullmatch(r"\d{1,10}", pmid):
        raise Refused("pmid_invalid", pmid=pmid)
    path = "MedlineCitation/Article/PublicationTypeList/PublicationType"
    types = [whole_text(found) for found in element.iterfind(path)]
    links = tuple(_links(element))
    title = text_at(element, "MedlineCitation/Article/ArticleTitle")
    work = Work(
        source=SOURCE,
        source_id=pmid,
        doi=_doi(element, reading),
        title=_without_brackets(title),
        original_title=text_at(element, "MedlineCitation/Article/VernacularTitle"),
        kind=_kind(types),
        source_kind="; ".join(types),
        issued=_issued(element),
        container=text_at(element, "MedlineCitation/Article/Journal/Title"),
        authors=tuple(_authors(element, reading)),
        retracted=_is_any(RETRACTED, types)
        or any(link.relation == "RetractionIn" for link in links)
        or title_says_retracted(title),
        links=links,
    )
    if not work.title:
        reading.warn("work_without_title")
    if not work.authors:
        reading.warn("work_without_authors")
    if work.issued is None:
        reading.warn("work_without_date")
    return work


def _kind(types: list[str]) -> PublicationKind:
    if _is_any(NOTICES, types):
        return PublicationKind.NOTICE
    return next((kind for name, kind in KINDS.items() if _is_any({name}, types)), PublicationKind.OTHER)


def _is_any(names: Set[str], types: list[str]) -> bool:
    """Whether one of `types` is among `names`; NLM has written them in capitals, too."""
    return not {name.casefold() for name in names}.isdisjoint(found.casefold() for found in types)


def _doi(element: Element, reading: Reading[Work]) -> str:
    """The article's own DOI. Article ids also stand in its reference list, where they are other works'."""
    places = (
        *element.iterfind("PubmedData/ArticleIdList/ArticleId[@IdType='doi']"),
        *element.iterfind("MedlineCitation/Article/ELocationID[@EIdType='doi']"),
    )
    given = [whole_text(place) for place in places if place.get("ValidYN") != "N"]
    valid = [doi for doi in map(normalise_doi, given) if doi]
    if given and not valid:
        reading.warn("doi_invalid", doi=given[0])
    return valid[0] if valid else ""


def _authors(element: Element, reading: Reading[Work]) -> Iterator[WorkAuthor]:
    """Authors in order. An author marked ValidYN="N" was corrected, and follows again in the right spelling."""
    for author in element.iterfind("MedlineCitation/Article/AuthorList/Author"):
        if author.get("ValidYN") == "N":
            continue
        orcid = ""
        for identifier in author.iterfind("Identifier[@Source='ORCID']"):
            checked = normalise_orcid(whole_text(identifier))
            if checked is None:
                reading.warn("orcid_invalid", orcid=whole_text(identifier))
            orcid = checked or orcid
        family = " ".join(part for part in (text_at(author, "LastName"), text_at(author, "Suffix")) if part)
        affiliations = (whole_text(found) for found in author.iterfind("AffiliationInfo/Affiliation"))
        yield WorkAuthor(
            family_name=family,
            given_name=text_at(author, "ForeName") or text_at(author, "Initials"),
            group_name=text_at(author, "CollectiveName"),
            orcid=orcid,
            affiliations=tuple(text for text in affiliations if text),
        )


def _links(element: Element) -> Iterator[WorkLink]:
    for link in element.iterfind("MedlineCitation/CommentsCorrectionsList/CommentsCorrections"):
        relation = tidy(link.get("RefType", ""))
        yield WorkLink(relation, source_id=text_at(link, "PMID"), text=text_at(link, "RefSource"))


def _issued(element: Element) -> Issued | None:
    """The earlier of the electronic date and the issue's, as Crossref has it, so that both sources give one year."""
    dates = [
        _date(found)
        for path in (
            "MedlineCitation/Article/ArticleDate",
            "MedlineCitation/Article/Journal/JournalIssue/PubDate",
        )
        for found in element.iterfind(path)
    ]
    known = [issued for issued in dates if issued]
    return min(known, key=lambda issued: issued.day) if known else None


def _date(element: Element) -> Issued | None:
    """Year, Month (number or name) and Day; or MedlineDate, such as "2019 Jan-Mar" or "1998 Dec-1999 Jan"."""
    free = text_at(element, "MedlineDate")
    year = _YEAR.search(free or text_at(element, "Year"))
    if not year:
        return None
    month = _month(free[year.end() :] if free else text_at(element, "Month"))
    day = "" if free else text_at(element, "Day")
    parts = [int(year[1])] + ([month] if month else []) + ([int(day)] if month and day.isdecimal() else [])
    return issued_from(parts) or issued_from(parts[:2]) or issued_from(parts[:1])


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    named = _MONTH.search(text)
    return _MONTHS.index(named[1].lower()) + 1 if named else None


def _without_brackets(title: str) -> str:
    """PubMed puts translated titles in square brackets: "[Study of …]."."""
    match = re.fullmatch(r"\[(.*)\]\.?", title)
    return match[1] if match else title
