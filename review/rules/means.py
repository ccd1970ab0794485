"""Means of scores: exact fractions, in which what is missing is missing and never 0 (domain.md, section 4)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")
NOTHING = "–"


@dataclass(frozen=True)
class Scale:
    """How a criterion is scored, and how much it weighs."""

    weight: int
    lowest: int
    highest: int
    high_is_best: bool = True


@dataclass(frozen=True)
class Figure:
    """What a side's reviews say of a proposal: their mean, the difference of the highest and the lowest, and how many
    were counted. Mean and spread are None where nothing was counted."""

    mean: Fraction | None
    spread: Fraction | None
    n: int


def figure(values: Iterable[Fraction | int | None]) -> Figure:
    """The figure of `values`; None among them is missing, and not counted."""
    counted = [Fraction(value) for value in values if value is not None]
    if not counted:
        return Figure(None, None, 0)
    return Figure(sum(counted, Fraction(0)) / len(counted), max(counted) - min(counted), len(counted))


def review_mean(scores: Iterable[tuple[Scale, int | None]], common: Scale) -> Fraction | None:
    """One review's mean, weighted by its criteria, over those that were scored; None where none was.

    High is best in the result. Criteria on another scale than `common` are brought onto it.
    """
    total, weights = Fraction(0), 0
    for scale, value in scores:
        if value is None:
            continue
        good = value if scale.high_is_best else scale.lowest + scale.highest - value
        place = Fraction(good - scale.lowest, scale.highest - scale.lowest)
        total += scale.weight * (common.lowest + place * (common.highest - common.lowest))
        weights += scale.weight
    return total / weights if weights else None


def in_words(value: Fraction | None) -> str:
    """Two decimals, rounded half up: 4.50; nothing counted: –."""
    if value is None:
        return NOTHING
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP))


def ranks(means: Mapping[K, Fraction | None]) -> dict[K, int | None]:
    """Each one's place, the highest mean first. Equal means share a place, and the next place leaves a gap (1, 1, 3)."""
    known = [mean for mean in means.values() if mean is not None]
    return {
        key: None if mean is None else 1 + sum(other > mean for other in known) for key, mean in means.items()
    }


def shared(places: Iterable[int | None]) -> set[int]:
    """The places that more than one share."""
    taken = Counter(place for place in places if place is not None)
    return {place for place, count in taken.items() if count > 1}
