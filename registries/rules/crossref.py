"""Works of Crossref's REST API (https://api.crossref.org, "work-list" and "work" messages)."""

import html
from collections.abc import Mapping
from types import MappingProxyType

from registries.enums import PublicationKind
from registries.rules.identifiers import normalise_doi, normalise_orcid
from registries.rules.json_fields import Fields, as_mapping, read_json
from registries.rules.results import ParseResult, Reading, Refused
from registries.rules.texts import tidy
from registries.rules.works import (
    Issued,
    Work,
    WorkAuthor,
    WorkLink,
    issued_from,
    plain_title,
    title_says_retracted,
)

SOURCE = "Crossref"

KINDS: Mapping[str, PublicationKind] = MappingProxyType(
    {
        "journal-article": PublicationKind.ARTICLE,
        "proceedings-article": PublicationKind.PROCEEDINGS,
        "book-chapter": PublicationKind.CHAPTER,
        "reference-entry": PublicationKind.CHAPTER,
        "book": PublicationKind.BOOK,
        "monograph": PublicationKind.BOOK,
        "edited-book": PublicationKind.BOOK,
        "posted-content": PublicationKind.PREPRINT,
        "dataset": PublicationKind.DATASET,
    }
)
RETRACTIONS = frozenset({"retraction", "withdrawal", "removal"})
NOTICES = RETRACTIONS | {
    "correction",
    "corrigendum",
    "erratum",
    "expression_of_concern",
    "addendum",
    "clarification",
}


def parse_crossref(data: bytes, *, file_name: str) -> ParseResult[Work]:
    """Works of one answer: a list of works, or a single one.

    Refused: a work without a DOI, or whose DOI is none; the same DOI twice. Told: no title, no author, no date, an
    ORCID whose check character is wrong (left out). A work that corrects or retracts another is a notice, no paper.
    """
    reading: Reading[Work] = Reading(file_name)
    seen: set[str] = set()
    try:
        items = _items(read_json(data))
    except Refused as refused:
        reading.refuse(refused)
        return reading.result()
    for item in items:
        with reading.record():
            work = _work(as_mapping(item), reading)
            if work.doi in seen:
                raise Refused("record_twice", key=work.doi)
            seen.add(work.doi)
            reading.add(work)
    return reading.result()


def _items(document: object) -> list[object]:
    if isinstance(document, list):
        return document
    top = as_mapping(document)
    if "message" not in top:
        return [document]
    if top.text("message-type") == "work-list":
        return top.child("message").values("items")
    return [document["message"]] if isinstance(document, dict) else []


def _work(fields: Fields, reading: Reading[Work]) -> Work:
    given = fields.text("DOI", required=True)
    reading.name(given)
    doi = normalise_doi(given)
    if doi is None:
        raise Refused("doi_invalid", doi=given)
    title = plain_title(_first(fields, "title"))
    links = tuple(_links(fields))
    # A few publishers deposit a correction of a work on the work itself: that is no notice.
    is_notice = any(
        link.relation in NOTICES and link.doi != doi for link in links if not link.relation.endswith("-by")
    )
    source_kind = fields.text("type")
    work = Work(
        source=SOURCE,
        source_id=doi,
        doi=doi,
        title=title,
        original_title=plain_title(_first(fields, "original-title")),
        kind=PublicationKind.NOTICE if is_notice else KINDS.get(source_kind, PublicationKind.OTHER),
        source_kind=source_kind,
        issued=_issued(fields),
        container=plain_title(_first(fields, "container-title")),
        authors=tuple(_author(author, reading) for author in fields.children("author")),
        retracted=title_says_retracted(title) or any(_retracts(link, doi) for link in links),
        links=links,
    )
    if not work.title:
        reading.warn("work_without_title")
    if not work.authors:
        reading.warn("work_without_authors")
    if work.issued is None:
        reading.warn("work_without_date")
    return work


def _retracts(link: WorkLink, doi: str) -> bool:
    """Whether `link` says that the work itself is retracted: by another one, or (deposited so) by itself."""
    kind = link.relation.removesuffix("-by")
    return kind in RETRACTIONS and (link.relation.endswith("-by") or link.doi == doi)


def _links(fields: Fields) -> list[WorkLink]:
    """`update-to` says what this work does to others; `updated-by`, in newer answers, what others do to it."""
    found = []
    for name, suffix in (("update-to", ""), ("updated-by", "-by")):
        for update in fields.children(name):
            relation = f"{update.text('type').lower().replace(' ', '_')}{suffix}"
            found.append(
                WorkLink(relation, doi=normalise_doi(update.text("DOI")) or "", text=update.text("label"))
            )
    return found


def _author(fields: Fields, reading: Reading[Work]) -> WorkAuthor:
    address = fields.text("ORCID")
    orcid = normalise_orcid(address) if address else ""
    if orcid is None:
        reading.warn("orcid_invalid", orcid=address)
    suffix = fields.text("suffix")
    return WorkAuthor(
        family_name=" ".join(part for part in (_plain(fields.text("family")), _plain(suffix)) if part),
        given_name=_plain(fields.text("given")),
        group_name=_plain(fields.text("name")),
        orcid=orcid or "",
        affiliations=tuple(
            text for text in (_plain(a.text("name")) for a in fields.children("affiliation")) if text
        ),
    )


def _issued(fields: Fields) -> Issued | None:
    """Crossref's `issued`: the earlier of print and online. A date unknown is written [[null]]."""
    parts = fields.child("issued").values("date-parts")
    first = parts[0] if parts and isinstance(parts[0], list) else []
    return issued_from([part for part in first if isinstance(part, int) and not isinstance(part, bool)])


def _first(fields: Fields, name: str) -> str:
    texts = fields.texts(name)
    return texts[0] if texts else ""


def _plain(text: str) -> str:
    return tidy(html.unescape(text))
