"""International co-authored papers (国際共著論文): which works are one, and how they are counted by country.

The rule [sister programmes' published counting]: a paper is international when its authors' affiliations lie in Japan
and in at least one other country. What counts is the country of the affiliation, never a person's nationality.
It is multilateral when three countries or more take part. Works retracted are shown and not counted; notices
(errata, retractions) are no papers. A work that came out before its project began is shown and not counted: nothing
of it came of the project. A work counts once, however many projects claim it.

Whole count: each country of a paper counts 1.
Fractional count, by author: every author with a known country has an equal share of the paper, and divides that share
equally among the countries of their affiliations. Authors without a known country have no share; how many they are is
given beside. The shares of one paper add up to exactly 1.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from registries.enums import PublicationKind
from registries.rules.counting import PAPERS, fractional_shares
from reporting.enums import NotCounted

HOME = "JP"
MULTILATERAL = 3


@dataclass(frozen=True, slots=True)
class Paper:
    """A work to be counted. `key` is its DOI, or what else makes it one work; `authors` holds for each author the
    alpha-2 codes of their affiliations, None for an affiliation whose country is not known."""

    key: str
    year: int | None
    kind: PublicationKind
    authors: tuple[tuple[str | None, ...], ...]
    retracted: bool = False
    before_project: bool = False


@dataclass(frozen=True, slots=True)
class PaperCount:
    """How one work counts. `shares` add up to 1, or are empty when no country is known."""

    key: str
    year: int | None
    countries: tuple[str, ...]
    shares: Mapping[str, Fraction]
    authors_without_country: int
    not_counted: NotCounted | None

    @property
    def is_counted(self) -> bool:
        return self.not_counted is None

    @property
    def is_multilateral(self) -> bool:
        return self.is_counted and len(self.countries) >= MULTILATERAL


@dataclass(frozen=True, slots=True)
class Coauthorship:
    """Counts over distinct works. `whole` and `fractional` are by country, over the counted papers, home included.

    `papers` keeps each work in the order given, so that every figure leads back to the records behind it.
    """

    total: int
    multilateral: int
    whole: Mapping[str, int]
    fractional: Mapping[str, Fraction]
    by_year: Mapping[int, int]
    undated: int
    not_counted: Mapping[NotCounted, int]
    papers: tuple[PaperCount, ...] = field(default=())


def count_paper(paper: Paper, *, home: str = HOME) -> PaperCount:
    """How `paper` counts on its own, whether it counts or not."""
    shares = fractional_shares(paper.authors)
    countries = tuple(sorted(shares))
    unknown = sum(1 for codes in paper.authors if not any(codes))
    return PaperCount(
        key=paper.key,
        year=paper.year,
        countries=countries,
        shares=shares,
        authors_without_country=unknown,
        not_counted=_reason(paper, countries, home),
    )


def count_papers(papers: Iterable[Paper], *, home: str = HOME) -> Coauthorship:
    """The counts over `papers`. A key that comes again (the same paper under another project) is counted once; if one
    of its records says retracted, the paper is retracted; if it is older than one project only, it came of the other."""
    distinct: dict[str, Paper] = {}
    for paper in papers:
        known = distinct.get(paper.key, paper)
        distinct[paper.key] = replace(
            known,
            retracted=known.retracted or paper.retracted,
            before_project=known.before_project and paper.before_project,
        )
    counts = tuple(count_paper(paper, home=home) for paper in distinct.values())
    counted = [count for count in counts if count.is_counted]
    whole = Counter(country for count in counted for country in count.countries)
    fractional: dict[str, Fraction] = {}
    for count in counted:
        for country, share in count.shares.items():
            fractional[country] = fractional.get(country, Fraction(0)) + share
    return Coauthorship(
        total=len(counted),
        multilateral=sum(count.is_multilateral for count in counted),
        whole=dict(sorted(whole.items())),
        fractional=dict(sorted(fractional.items())),
        by_year=dict(sorted(Counter(count.year for count in counted if count.year is not None).items())),
        undated=sum(count.year is None for count in counted),
        not_counted=dict(sorted(Counter(count.not_counted for count in counts if count.not_counted).items())),
        papers=counts,
    )


def _reason(paper: Paper, countries: tuple[str, ...], home: str) -> NotCounted | None:
    if paper.retracted:
        return NotCounted.RETRACTED
    if paper.kind not in PAPERS:
        return NotCounted.NOT_A_PAPER
    if paper.before_project:
        return NotCounted.BEFORE_PROJECT
    if not countries:
        return NotCounted.NO_COUNTRY_KNOWN
    if home not in countries:
        return NotCounted.NO_HOME_AFFILIATION
    return NotCounted.NO_FOREIGN_AFFILIATION if countries == (home,) else None
