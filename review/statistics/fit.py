"""Adjusted scores: what the scores would be had everybody been scored by reviewers of one severity, and how sure that is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from review.enums import Refusal
from review.statistics.agreement import Agreement, agreement_of
from review.statistics.equations import Equations
from review.statistics.ratios import Weighed, grid
from review.statistics.reviews import Floats, Review, Table

# The same data give the same page.
SEED = 20_230_401
DRAWS, DRAWS_OF_MANY, MANY = 4_000, 2_000, 500
# The central 95 % of what is known.
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True)
class Adjusted:
    """One proposal: its adjusted score and rank, each with the ends of its 95 % interval; how likely it is among the first
    `Fit.line` (None where there is no line)."""

    proposal: str
    n: int
    score: float
    low: float
    high: float
    rank: int
    rank_low: int
    rank_high: int
    chance: float | None


@dataclass(frozen=True)
class Severity:
    """How far a reviewer of several proposals lies above (lenient) or below (severe) the others of the same agency, with its 95 % interval."""

    reviewer: str
    agency: str
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Fit:
    """What the model says. `deviations`: the standard deviations of proposals, reviewers and rest (the second is None where
    too few reviewers scored several proposals to tell severity from the rest); `means` are of the agencies."""

    proposals: tuple[Adjusted, ...]
    severities: tuple[Severity, ...]
    agreement: Agreement
    deviations: tuple[float, float | None, float]
    means: dict[str, float]
    line: int | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Fit":
        return cls(
            tuple(Adjusted(**row) for row in stored["proposals"]),
            tuple(Severity(**row) for row in stored["severities"]),
            Agreement.from_json(stored["agreement"]),
            tuple(stored["deviations"]),
            dict(stored["means"]),
            stored["line"],
        )


def refusal(reviews: Sequence[Review]) -> Refusal | None:
    """Why these reviews are too little for the model; None where they are enough."""
    seen: dict[str, int] = {}
    for review in reviews:
        seen[review.proposal] = seen.get(review.proposal, 0) + 1
    agencies = len({review.agency for review in reviews})
    if sum(count > 1 for count in seen.values()) < 3 or len(reviews) < agencies + 6:
        return Refusal.TOO_FEW
    if len({review.value for review in reviews}) == 1:
        return Refusal.ALL_ALIKE
    return None


def has_severity(table: Table) -> bool:
    """Whether reviewers scored enough in common to tell severity from the rest: three of them scored two or more."""
    return len(table.reviewers) >= 3


def adjust(reviews: Sequence[Review], *, line: int | None = None) -> Fit | Refusal:
    """Fit the model to the reviews that count. `line`: how many can be funded."""
    refused = refusal(reviews)
    if refused:
        return refused
    # Matrices of this size gain nothing from threads, which would wait for each other and for the rest of the portal.
    with threadpool_limits(1, user_api="blas"):
        return _fitted(Table(reviews), line)


def _fitted(table: Table, line: int | None) -> Fit:
    equations = Equations(table, with_severity=has_severity(table))
    weighed = grid(equations)
    means, severities, proposals = _draws(equations, weighed)
    share = np.array([one.weight for one in weighed])
    level = np.array([one.solution.means.mean() for one in weighed])
    centre = share @ (level[:, None] + np.array([one.solution.proposals for one in weighed]))
    scores = proposals + means.mean(axis=0)
    low, high = np.quantile(scores, INTERVAL, axis=1)
    places = (-scores).argsort(axis=0).argsort(axis=0) + 1
    rank_low = np.quantile(places, INTERVAL[0], axis=1, method="inverted_cdf")
    rank_high = np.quantile(places, INTERVAL[1], axis=1, method="inverted_cdf")
    above = (places <= line).mean(axis=1) if line else None
    adjusted = tuple(
        Adjusted(
            key,
            int(table.n[i]),
            float(centre[i]),
            float(low[i]),
            float(high[i]),
            # Scores that differ by less than the arithmetic can tell share their rank.
            1 + int((centre > centre[i] + 1e-9).sum()),
            int(rank_low[i]),
            int(rank_high[i]),
            None if above is None else float(above[i]),
        )
        for i, key in enumerate(table.proposals)
    )
    return Fit(
        adjusted,
        _severities(table, weighed, severities) if equations.with_severity else (),
        agreement_of(weighed, table),
        _deviations(weighed, with_severity=equations.with_severity),
        {
            key: float(share @ [one.solution.means[i] for one in weighed])
            for i, key in enumerate(table.agencies)
        },
        line,
    )


def _draws(equations: Equations, weighed: Sequence[Weighed]) -> tuple[Floats, Floats, Floats]:
    """Draws from all that is known: of the agencies' means, the severities and the proposals, a column a draw."""
    chance = np.random.default_rng(SEED)
    total = DRAWS if len(equations.table.proposals) <= MANY else DRAWS_OF_MANY
    counts = chance.multinomial(total, [one.weight for one in weighed])
    parts = [
        equations.draw(one.solution, int(count), chance)
        for one, count in zip(weighed, counts, strict=True)
        if count
    ]
    means, severities, proposals = (np.concatenate(kind, axis=1) for kind in zip(*parts, strict=True))
    return means, severities, proposals


def _severities(table: Table, weighed: Sequence[Weighed], draws: Floats) -> tuple[Severity, ...]:
    shares: NDArray[np.float64] = np.array([one.weight for one in weighed])
    centre = shares @ np.array([one.solution.severities for one in weighed])
    low, high = np.quantile(draws, INTERVAL, axis=1)
    return tuple(
        Severity(
            key, table.agency_of[key], int(table.loads[i]), float(centre[i]), float(low[i]), float(high[i])
        )
        for i, key in enumerate(table.reviewers)
    )


def _deviations(weighed: Sequence[Weighed], *, with_severity: bool) -> tuple[float, float | None, float]:
    """The standard deviations, each the root of its mean variance over the grid."""
    rest = [one.solution.quadratic / max(one.solution.freedom - 2, 1) for one in weighed]
    shares = [one.weight for one in weighed]
    of_proposals = sum(w * r * one.proposal_ratio**2 for w, r, one in zip(shares, rest, weighed, strict=True))
    of_reviewers = sum(w * r * one.severity_ratio**2 for w, r, one in zip(shares, rest, weighed, strict=True))
    of_rest = sum(w * r for w, r in zip(shares, rest, strict=True))
    return (
        float(of_proposals**0.5),
        float(of_reviewers**0.5) if with_severity else None,
        float(of_rest**0.5),
    )
