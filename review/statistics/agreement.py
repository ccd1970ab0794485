"""How far reviewers agree with each other, and one agency with another."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import atanh, sqrt, tanh
from typing import Any

import numpy as np
from scipy import stats

from review.enums import Level, Strength
from review.statistics.ratios import Weighed
from review.statistics.reviews import Table

MIDDLE_AND_ENDS = (0.5, 0.025, 0.975)


@dataclass(frozen=True)
class Estimate:
    """A figure with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Agreement:
    """Intraclass correlations by the model: the part of the variance that lies between proposals, of one review (`single`)
    and of the mean of `reviews` (`of_mean`, the usual number of reviews a proposal). Severity counts as disagreement:
    ICC(2,1) and ICC(2,k) of Shrout and Fleiss. `severity` is the part that lies between reviewers, or None."""

    single: Estimate
    of_mean: Estimate
    reviews: int
    severity: Estimate | None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Agreement":
        severity = stored["severity"]
        return cls(
            Estimate(**stored["single"]),
            Estimate(**stored["of_mean"]),
            stored["reviews"],
            Estimate(**severity) if severity else None,
        )

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def level(value: float) -> Level:
    for limit, found in ((0.5, Level.POOR), (0.75, Level.MODERATE), (0.9, Level.GOOD)):
        if value < limit:
            return found
    return Level.EXCELLENT


def strength(value: float) -> Strength:
    if value < -0.1:
        return Strength.CONTRARY
    for limit, found in (
        (0.1, Strength.NEGLIGIBLE),
        (0.4, Strength.WEAK),
        (0.7, Strength.MODERATE),
        (0.9, Strength.STRONG),
    ):
        if value < limit:
            return found
    return Strength.VERY_STRONG


def agreement_of(weighed: Sequence[Weighed], table: Table) -> Agreement:
    usual = max(1, round(float(np.median(table.n))))
    single, of_mean, severity = [], [], []
    for one in weighed:
        proposals, reviewers = one.proposal_ratio**2, one.severity_ratio**2
        single.append(proposals / (proposals + reviewers + 1))
        of_mean.append(proposals / (proposals + (reviewers + 1) / usual))
        severity.append(reviewers / (proposals + reviewers + 1))
    weights = [one.weight for one in weighed]
    return Agreement(
        _estimate(single, weights),
        _estimate(of_mean, weights),
        usual,
        _estimate(severity, weights) if any(severity) else None,
    )


def _estimate(values: Sequence[float], weights: Sequence[float]) -> Estimate:
    """The median and the central 95 % of a figure that is known at the points of the grid."""
    order = np.argsort(values)
    sorted_values, shares = np.asarray(values)[order], np.asarray(weights)[order]
    reached = np.cumsum(shares) - shares / 2
    middle, low, high = np.interp(MIDDLE_AND_ENDS, reached, sorted_values)
    return Estimate(float(middle), float(low), float(high))


@dataclass(frozen=True)
class Correlation:
    """Two agencies' means of the `n` proposals that both scored: Pearson's correlation with its 95 % interval by Fisher's
    transformation (None below four proposals, or where one side gave all the same), and the mean difference."""

    n: int
    value: float | None
    low: float | None
    high: float | None
    difference: float | None


def correlation(first: Mapping[str, float], second: Mapping[str, float]) -> Correlation:
    """Of two agencies' means by proposal; those that only one scored are left out."""
    both = sorted(first.keys() & second.keys())
    pairs = [(first[key], second[key]) for key in both]
    n = len(pairs)
    if not n:
        return Correlation(0, None, None, None, None)
    difference = sum(a - b for a, b in pairs) / n
    ones, others = zip(*pairs, strict=True)
    if n < 4 or len(set(ones)) == 1 or len(set(others)) == 1:
        return Correlation(n, None, None, None, difference)
    value = float(stats.pearsonr(ones, others).statistic)
    if abs(value) > 1 - 1e-12:
        return Correlation(n, value, value, value, difference)
    reach = float(stats.norm.ppf(0.975)) / sqrt(n - 3)
    return Correlation(n, value, tanh(atanh(value) - reach), tanh(atanh(value) + reach), difference)


@dataclass(frozen=True)
class Overlap:
    """Of the `first` best of each side, how many are on both sides (`both`), and how many would be by chance alone. Where
    a tie stands at the end, all who share that rank are taken, so that a side may have more than `first`."""

    first: int
    both: int
    by_chance: float


def overlap(one: Mapping[str, int], other: Mapping[str, int], first: int) -> Overlap | None:
    """From the ranks on two sides; None where fewer than `first` were ranked by both."""
    known = one.keys() & other.keys()
    if not first or len(known) < first:
        return None
    best = {key for key in known if one[key] <= first}
    others = {key for key in known if other[key] <= first}
    return Overlap(first, len(best & others), len(best) * len(others) / len(known))
