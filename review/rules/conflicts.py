"""Conflicts of interest (利益相反) that the portal finds by itself, between a reviewer and a proposal's team."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review.enums import Finding, Relation
from review.rules.names import share_a_name

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


# What nobody may set aside: it is no guess.
CERTAIN = (Finding.TEAM_MEMBER, Finding.DECLARED)


@dataclass(frozen=True)
class Profile:
    """What is known of somebody that may speak of a conflict. Blank means unknown, and unknown finds nothing.

    `people` are the ids under which this person is known: their own, and those merged with it.
    """

    people: frozenset[int]
    emails: frozenset[str] = frozenset()
    orcid: str = ""
    ror_ids: frozenset[str] = frozenset()
    # By the ORCID iD of those with whom this person published lately: the keys of the joint papers.
    coauthors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # By the ids of those with whom this person applied lately: the keys of the joint proposals.
    coapplicants: Mapping[int, frozenset[str]] = field(default_factory=dict)
    name: str = ""
    # Every writing of the name, by which an applicant may have meant this person.
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Unwanted:
    """Somebody by whom the applicants ask not to be reviewed."""

    key: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Evidence:
    """One thing that the portal found. `key` is what a verdict covers: another paper is another key.

    `member` is the name of whoever of the team it is about; `what` says the rest by codes and numbers, which `messages`
    puts into words.
    """

    finding: Finding
    key: str
    member: str = ""
    what: tuple[str, ...] = ()


@dataclass(frozen=True)
class House:
    """An institution as ROR places it: those above it, at any distance; those it names as related; and those right above
    it that are a school or a university, whose parts stand side by side."""

    above: frozenset[str] = frozenset()
    related: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()


def relation_of(one: str, other: str, houses: Mapping[str, House]) -> Relation | None:
    """How two institutions, by their ROR ids, are one house; None where they are not.

    Siblings count under a school alone: what stands side by side under a ministry or a society of institutes does not
    work together for that.
    """
    if one == other:
        return Relation.SAME
    a, b = houses.get(one, House()), houses.get(other, House())
    if one in b.above or other in a.above:
        return Relation.PART
    if a.schools & b.schools:
        return Relation.SIBLING
    return Relation.RELATED if one in b.related or other in a.related else None


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


def evidence_of(
    reviewer: Profile,
    team: Iterable[Profile],
    houses: Mapping[str, House] | None = None,
    unwanted: Iterable[Unwanted] = (),
) -> list[Evidence]:
    """All that stands between a reviewer and a team, in the order of `Finding`; each thing once."""
    found: dict[tuple[Finding, str], Evidence] = {}

    def add(finding: Finding, key: str, member: str = "", *what: str) -> None:
        found.setdefault((finding, key), Evidence(finding, key, member, what))

    for member in team:
        if reviewer.people & member.people:
            add(Finding.TEAM_MEMBER, str(min(member.people)), member.name)
            continue
        for own in sorted(reviewer.ror_ids):
            for theirs in sorted(member.ror_ids):
                relation = relation_of(own, theirs, houses or {})
                if relation is not None:
                    add(Finding.SAME_INSTITUTION, f"{own}:{theirs}", member.name, relation, own, theirs)
        for one in sorted(reviewer.emails):
            for other in sorted(member.emails):
                if share_a_domain(one, other):
                    domain = min(telling_domain(one), telling_domain(other), key=len)
                    add(Finding.SAME_DOMAIN, domain, member.name, domain)
        for paper in sorted(reviewer.coauthors.get(member.orcid, ())) if member.orcid else ():
            add(Finding.COAUTHOR, f"{member.orcid}:{paper}", member.name, paper)
        for key in sorted(member.people):
            for joint in sorted(reviewer.coapplicants.get(key, ())):
                add(Finding.CO_APPLICANT, f"{min(member.people)}:{joint}", member.name, joint)
    for row in unwanted:
        by_mail = bool(row.email) and row.email.lower() in {e.lower() for e in reviewer.emails}
        if by_mail or any(share_a_name(row.name, name) for name in reviewer.names):
            add(Finding.UNWANTED, row.key, row.name, row.key)
    order = list(Finding)
    return sorted(found.values(), key=lambda one: order.index(one.finding))


def findings(
    reviewer: Profile, team: Iterable[Profile], houses: Mapping[str, House] | None = None
) -> list[Finding]:
    """What stands between a reviewer and a team, each kind once, in the order of `Finding`."""
    return kinds_of(evidence_of(reviewer, team, houses))


def kinds_of(evidence: Iterable[Evidence]) -> list[Finding]:
    """The kinds among what was found, each once, in the order of `Finding`."""
    found = {one.finding for one in evidence}
    return [finding for finding in Finding if finding in found]


def stands(evidence: Iterable[Evidence], set_aside: Mapping[Finding, frozenset[str]]) -> list[Evidence]:
    """What is left of `evidence` once what officers have set aside, by kind and key, is taken off."""
    return [
        one
        for one in evidence
        if one.finding in CERTAIN or one.key not in set_aside.get(one.finding, frozenset())
    ]


def is_recent(year: int | None, this_year: int) -> bool:
    """Whether a paper of `year` still makes a conflict; one without a year does."""
    return year is None or year >= this_year - COAUTHOR_YEARS
