"""Reviewers who score unlike the others: more severely or leniently, or in too narrow or too wide a range."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from scipy import stats

from review.enums import Oddity
from review.statistics.fit import Fit
from review.statistics.reviews import Review

# One in a hundred reviewers who score like all others is listed by chance alone.
SPREAD_TAIL = 0.005
FEWEST = 4


@dataclass(frozen=True)
class Habit:
    """One reviewer: how many they scored, mean and standard deviation of what they gave (None for a single review), the
    severity by the model (None where it has none), the standard deviation that the model expects, and what is odd."""

    reviewer: str
    n: int
    mean: float
    deviation: float | None
    expected: float
    severity: float | None
    low: float | None
    high: float | None
    oddities: tuple[Oddity, ...]


def outlying(reviews: Sequence[Review], fit: Fit) -> list[Habit]:
    """Every reviewer's habit, those with something odd first, and among them the most severe first.

    Severity is odd where its 95 % interval leaves out nought; the interval is drawn towards nought by the model, which
    allows for looking at many. Spread is odd where the variance of four or more scores lies in the outer 1 % of the χ²
    distribution which it has under the model: the scores of one reviewer differ by proposals and rest.
    """
    given: dict[str, list[float]] = defaultdict(list)
    for review in reviews:
        given[review.reviewer].append(review.value)
    severity = {one.reviewer: one for one in fit.severities}
    of_proposals, _of_reviewers, of_rest = fit.deviations
    expected = sqrt(of_proposals**2 + of_rest**2)
    habits = []
    for reviewer, values in given.items():
        n, known = len(values), severity.get(reviewer)
        mean = sum(values) / n
        variance = sum((value - mean) ** 2 for value in values) / (n - 1) if n > 1 else None
        odd: list[Oddity] = []
        if known is not None and known.high < 0:
            odd.append(Oddity.SEVERE)
        if known is not None and known.low > 0:
            odd.append(Oddity.LENIENT)
        if variance is not None and n >= FEWEST and expected > 0:
            reached = (n - 1) * variance / expected**2
            if stats.chi2.cdf(reached, n - 1) < SPREAD_TAIL:
                odd.append(Oddity.NARROW)
            elif stats.chi2.sf(reached, n - 1) < SPREAD_TAIL:
                odd.append(Oddity.WIDE)
        habits.append(
            Habit(
                reviewer,
                n,
                mean,
                None if variance is None else sqrt(variance),
                expected,
                known.value if known else None,
                known.low if known else None,
                known.high if known else None,
                tuple(odd),
            )
        )
    return sorted(
        habits, key=lambda h: (not h.oddities, h.severity if h.severity is not None else h.mean, h.reviewer)
    )
