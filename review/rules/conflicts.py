"""Conflicts of interest (利益相反) that the portal finds by itself, between a reviewer and a proposal's team."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from review.enums import Finding

# A joint paper of so many years ago, or newer, is a conflict (JST, JSPS, UKRI).
COAUTHOR_YEARS = 5
# Domains of the mail of everybody: they say nothing about where a person works.
PUBLIC_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "yahoo.com",
        "yahoo.co.jp",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "aol.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "qq.com",
        "163.com",
        "126.com",
        "docomo.ne.jp",
        "ezweb.ne.jp",
        "softbank.ne.jp",
        "nifty.com",
    ]
)
# Second-level names under which anybody registers: two addresses that share no more than this share nothing.
SHARED_SUFFIXES = frozenset(
    [
        "ac.jp",
        "co.jp",
        "go.jp",
        "or.jp",
        "ne.jp",
        "ed.jp",
        "lg.jp",
        "ac.uk",
        "co.uk",
        "org.uk",
        "gov.uk",
        "edu.au",
        "com.au",
        "ac.nz",
        "ac.kr",
        "ac.in",
        "ac.il",
    ]
)
# Reserved for examples and tests (RFC 2606): nobody works there.
RESERVED = ("example", "test", "invalid", "localhost")
RESERVED_NAMES = ("example.com", "example.net", "example.org")


@dataclass(frozen=True)
class Profile:
    """What is known of somebody that may speak of a conflict. Blank means unknown, and unknown finds nothing.

    `people` are the ids under which this person is known: their own, and those merged with it.
    """

    people: frozenset[int]
    emails: frozenset[str] = frozenset()
    orcid: str = ""
    ror_ids: frozenset[str] = frozenset()
    # The ORCID iDs of those with whom this person published lately.
    coauthors: frozenset[str] = field(default_factory=frozenset)


def telling_domain(email: str) -> str:
    """The domain of an address, where it says for whom somebody works; else ""."""
    domain = email.rpartition("@")[2].strip().strip(".").lower() if "@" in email else ""
    if not domain or domain in PUBLIC_MAIL or domain in SHARED_SUFFIXES or "." not in domain:
        return ""
    if domain.rpartition(".")[2] in RESERVED or domain in RESERVED_NAMES:
        return ""
    return domain


def share_a_domain(one: str, other: str) -> bool:
    """Whether two addresses are of one house: the same domain, or one below the other (cs.univ.ac.jp, univ.ac.jp)."""
    a, b = telling_domain(one), telling_domain(other)
    return bool(a and b) and (a == b or a.endswith(f".{b}") or b.endswith(f".{a}"))


def findings(reviewer: Profile, team: Iterable[Profile]) -> list[Finding]:
    """What stands between a reviewer and a team, each kind once, in the order of `Finding`."""
    found = set()
    for member in team:
        if reviewer.people & member.people:
            found.add(Finding.TEAM_MEMBER)
            continue
        if reviewer.ror_ids & member.ror_ids:
            found.add(Finding.SAME_INSTITUTION)
        if any(share_a_domain(one, other) for one in reviewer.emails for other in member.emails):
            found.add(Finding.SAME_DOMAIN)
        if member.orcid and member.orcid in reviewer.coauthors:
            found.add(Finding.COAUTHOR)
    return [finding for finding in Finding if finding in found]


def is_recent(year: int | None, this_year: int) -> bool:
    """Whether a paper of `year` still makes a conflict; one without a year does."""
    return year is None or year >= this_year - COAUTHOR_YEARS
