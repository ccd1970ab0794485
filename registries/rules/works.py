"""A scientific work as a bibliographic source gives it, the same shape for every source."""

import html
import re
from dataclasses import dataclass, field
from datetime import date

from registries.enums import DatePrecision, PublicationKind
from registries.rules.texts import tidy

_FORMATTING = "i|b|em|strong|sub|sup|scp|sc|tt|u|ovl|inf|italic|bold"
_MATHS = "math|mi|mn|mo|mrow|msub|msup|msubsup|mfrac|mtext|mstyle|mover|munder|munderover|msqrt|mroot|mspace|mtable|mtr|mtd|none"
_MARKUP = re.compile(rf"</?(?:(?:mml|jats):\w+|{_FORMATTING}|{_MATHS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_SAYS_RETRACTED = re.compile(
    r"\s*\[?(?:retracted|withdrawn|removed)(?: article| paper)?\]?\s*[:：\]]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Issued:
    """When a work was first published: the first day of what the source says, and how exactly it says it."""

    day: date
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class WorkAuthor:
    """A person, or a group when `group_name` is set. `affiliations` as written, in the source's order."""

    family_name: str = ""
    given_name: str = ""
    group_name: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkLink:
    """What a work says of another one: `relation` such as ErratumFor, RetractionIn, correction."""

    relation: str
    doi: str = ""
    source_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    source: str
    source_id: str
    doi: str  # normalised, or ""
    title: str  # plain text; "" where the source has none
    original_title: str
    kind: PublicationKind
    source_kind: str  # as the source calls it
    issued: Issued | None
    container: str  # journal, proceedings or book
    authors: tuple[WorkAuthor, ...]
    retracted: bool
    links: tuple[WorkLink, ...] = field(default=())


def plain_title(text: str) -> str:
    """A title without the mark-up that publishers leave in: H<sub>2</sub>O becomes H2O, &amp; becomes &.

    Only tags of known formatting go; anything else that looks like a tag is text, and is shown as text.
    """
    unescaped = html.unescape(html.unescape(text))  # some publishers escape twice
    return tidy(_MARKUP.sub("", unescaped), field="title")


def title_says_retracted(title: str) -> bool:
    """Publishers mark retracted works in the title: "RETRACTED: …", "RETRACTED ARTICLE: …"."""
    return bool(_SAYS_RETRACTED.match(title))


def issued_from(parts: list[int]) -> Issued | None:
    """[2019, 3, 31], [2019, 3] or [2019] as a day and its precision; None when they are no date."""
    precision = {1: DatePrecision.YEAR, 2: DatePrecision.MONTH, 3: DatePrecision.DAY}.get(len(parts))
    if precision is None:
        return None
    year, month, day = (*parts, 1, 1)[:3]
    try:
        return Issued(date(year, month, day), precision)
    except ValueError:
        return None
