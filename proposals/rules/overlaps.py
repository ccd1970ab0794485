"""Hints of unreasonable overlap and excessive concentration (不合理な重複・過度の集中, domain.md section 3) between a proposal and
what else the portal knows. A hint says what is alike, with its figures; whether it is one, an officer says.

Titles are compared as the search reads them (`kernel.search`): folded, as sets of pairs of neighbouring letters. Whole texts are
compared in runs of six letters: of pairs a language has a few hundred, and two long English texts of nothing in common share
three quarters of them (docs/eligibility.md has the figures). How alike two are is the share that both have of all that either has,
in percent, rounded down.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kernel.search import folded
from kernel.search.letters import tokens_of
from proposals.enums import OverlapKind
from proposals.rules.effort import ALL, Commitment, loads

# From here on, or where somebody or an award is common to both, the whole texts are compared too.
WORTH_COMPARING = 50
# A title of fewer pairs, and a text of fewer runs, says too little.
FEWEST_PAIRS = 6
RUN = 6
FEWEST_RUNS = 100


@dataclass(frozen=True)
class Hint:
    """Something to be looked at. `other` is the key of another proposal, `person` that of a member; `details` the figures, as
    JSON values."""

    kind: OverlapKind
    other: int | None = None
    person: int | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    also: str = ""


@dataclass(frozen=True)
class Part:
    """A member's part in a proposal: their share of working time (percent) in its fiscal years, both ends included."""

    proposal: int
    person: int
    percent: int
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Grant:
    """Another grant of somebody as a proposal names it."""

    proposal: int
    person: int
    title: str
    status: str
    amount_yen: int | None
    first_year: int
    last_year: int
    percent: int

    @property
    def name(self) -> str:
        return folded(self.title)

    @property
    def figures(self) -> tuple[Any, ...]:
        return self.status, self.amount_yen, self.first_year, self.last_year, self.percent


def pairs_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring letters of a text."""
    return frozenset(token for token in tokens_of(folded(text)) if len(token) > 1)


def runs_of(text: str) -> frozenset[str]:
    """The runs of six neighbouring letters of a text, blanks and signs left out."""
    letters = folded(text).replace(" ", "")
    return frozenset(letters[at : at + RUN] for at in range(len(letters) - RUN + 1))


def alike(one: frozenset[str], other: frozenset[str]) -> int:
    """What both have of all that either has, in percent, rounded down."""
    return 100 * len(one & other) // len(one | other) if one and other else 0


def titles_alike(own: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> int:
    """How alike the titles are, in the language in which they are most; a title of a few letters counts for nothing."""
    return max(
        (
            alike(one, two)
            for one, two in zip(own, other, strict=True)
            if min(len(one), len(two)) >= FEWEST_PAIRS
        ),
        default=0,
    )


def same_people(own: Iterable[Part], others: Iterable[Part]) -> Iterator[Hint]:
    """Somebody of the team has a part in another proposal in overlapping fiscal years; one hint a proposal and person."""
    mine = {part.person: part for part in own}
    for part in others:
        here = mine.get(part.person)
        if here is None:
            continue
        first, last = max(here.first_year, part.first_year), min(here.last_year, part.last_year)
        if first <= last:
            details = {"first": first, "last": last, "here": here.percent, "there": part.percent}
            yield Hint(OverlapKind.PERSON, part.proposal, part.person, details)


def too_much(own: Sequence[Part], others: Iterable[Part], grants: Iterable[Grant]) -> Iterator[Hint]:
    """Somebody's effort comes to more than 100 % in a fiscal year of this proposal, all proposals that stand and every other
    grant that any of them names counted, each grant once, by its largest share. One hint a person, of the worst year."""
    named: dict[tuple[int, str], Grant] = {}
    for grant in grants:
        known = named.get((grant.person, grant.name))
        if known is None or grant.percent > known.percent:
            named[grant.person, grant.name] = grant
    commitments = [
        *(Commitment(p.person, "here", p.percent, p.first_year, p.last_year) for p in own),
        *(Commitment(p.person, "elsewhere", p.percent, p.first_year, p.last_year) for p in others),
        *(Commitment(g.person, "grant", g.percent, g.first_year, g.last_year) for g in named.values()),
    ]
    years = range(own[0].first_year, own[0].last_year + 1) if own else range(0)
    worst: dict[int, Any] = {}
    for load in loads(commitments, years):
        if load.total > ALL and (load.person not in worst or load.total > worst[load.person].total):
            worst[load.person] = load
    for person, load in worst.items():
        details = {
            "first": load.first_year,
            "last": load.last_year,
            "total": load.total,
            "here": load.here,
            "elsewhere": load.elsewhere,
            "grants": load.grants,
        }
        yield Hint(OverlapKind.EFFORT, None, person, details)


def other_figures(own: Iterable[Grant], others: Iterable[Grant]) -> Iterator[Hint]:
    """A grant of somebody that another proposal names with another status, amount, term or effort; one hint a proposal and
    grant."""
    mine = {(grant.person, grant.name): grant for grant in own}
    for grant in others:
        here = mine.get((grant.person, grant.name))
        if here is not None and here.figures != grant.figures:
            details = {"title": here.title, "here": list(here.figures), "there": list(grant.figures)}
            yield Hint(OverlapKind.GRANT, grant.proposal, grant.person, details, also=here.name)


def same_awards(own: Iterable[tuple[int, str]], others: Iterable[tuple[int, int, str]]) -> Iterator[Hint]:
    """The same award (agency, number) is claimed by another proposal; `others` are (proposal, agency, number)."""
    mine = set(own)
    for proposal, agency, number in others:
        if (agency, number) in mine:
            yield Hint(OverlapKind.AWARD, proposal, None, {"number": number}, also=number)


def same_texts(
    shares: Mapping[int, int],
    texts: Mapping[int, frozenset[str]],
    own: frozenset[str],
    *,
    title_from: int,
    text_from: int,
) -> Iterator[Hint]:
    """Near-identical titles, or whole texts, from these shares on. `shares` says how alike the titles of other proposals are,
    `texts` the runs of letters of those whose whole text is compared; of a short one nothing is said."""
    for proposal in {**shares, **texts}:
        title = shares.get(proposal, 0)
        is_long = proposal in texts and min(len(own), len(texts[proposal])) >= FEWEST_RUNS
        text = alike(own, texts[proposal]) if is_long else None
        if title >= title_from or (text or 0) >= text_from:
            yield Hint(OverlapKind.TEXT, proposal, None, {"title": title, "text": text})
