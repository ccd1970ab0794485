"""Evidence of the partner's standing as a top researcher (トップ研究者, domain.md section 3): what a record needs, and what an
officer and the applicants should look at. The agencies judge; nothing here does."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict
from urllib.parse import urlsplit

from kernel.text import is_blank_text
from kernel.violations import Violation
from proposals.enums import StandingKind
from proposals.rules.name_likeness import Likeness, likeness

MOST_RECORDS = 60
# A body of authors longer than this is a collaboration, whose list says nothing about one of them.
MOST_AUTHORS = 5_000


class Paper(TypedDict):
    """What the registry says of a work's DOI. `is_author` is whether its list of authors names the person; None where
    there is no list to look at."""

    title: str
    container: str
    year: int | None
    is_retracted: bool
    is_author: bool | None


def record_violations(
    *,
    kind: str,
    first_year: int,
    last_year: int | None,
    source_url: str,
    doi: str,
    typed_doi: str,
    known: int,
) -> list[Violation]:
    """What is wrong with a record as it is entered. `doi` is what was read from `typed_doi`, "" where it is none; `known` is
    how many records the proposal has besides."""
    found = []
    if last_year is not None and last_year < first_year:
        found.append(Violation("ends_before_start", "last_year"))
    if typed_doi.strip() and not doi:
        found.append(Violation("doi_unreadable", "doi"))
    elif doi and kind != StandingKind.WORK:
        found.append(Violation("doi_of_no_work", "doi"))
    if source_url and not is_address(source_url):
        found.append(Violation("source_not_an_address", "source_url"))
    if not source_url and is_blank_text(typed_doi):
        found.append(Violation("source_missing", "source_url"))
    if known >= MOST_RECORDS:
        found.append(Violation("too_many_records", "", {"most": MOST_RECORDS}))
    return found


def is_address(text: str) -> bool:
    """Whether a text is an address of the web that a page may link to."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(c.isspace() for c in text)


def names_author(authors: Iterable[tuple[str, str, str]], names: Sequence[str], orcid: str) -> bool | None:
    """Whether a list of authors (family, given, ORCID iD) has the person, by the iD or by one of `names` in the scripts that
    are known; None of an empty list, and where the scripts leave it open. Names are a hint."""
    found = set()
    for family, given, own in authors:
        if orcid and orcid == own:
            return True
        found.add(likeness([f"{family} {given}"], names))
    if Likeness.LIKE in found:
        return True
    return False if found == {Likeness.UNLIKE} else None


def doubts(record: Mapping[str, Any]) -> list[Violation]:
    """What should be looked at in a record of a content."""
    paper = record.get("paper") or {}
    if not record.get("doi"):
        return []
    if not paper:
        return [Violation("work_not_in_registry")]
    return [
        *([Violation("work_retracted")] if paper["is_retracted"] else []),
        *([Violation("work_by_others")] if paper["is_author"] is False else []),
    ]
