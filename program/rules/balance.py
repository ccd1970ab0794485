"""The balance of a dossier: what Japan gains and loses, as one weighted mean of signed scores.

Only the scores are averaged. The measured values behind them have unlike units and are shown, never summed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

LOWEST, HIGHEST = -2, 2


@dataclass(frozen=True)
class Scored:
    """One evidence item as far as the balance is concerned: who it is, its score (−2 to +2), its weight (0 or more)."""

    key: str
    score: int
    weight: int


@dataclass(frozen=True)
class Balance:
    """Σ weight × score / Σ weight, with its two sums. `value` is None where nothing has any weight."""

    products: tuple[int, ...]
    weights: tuple[int, ...]

    @property
    def weighted(self) -> int:
        return sum(self.products)

    @property
    def weight(self) -> int:
        return sum(self.weights)

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.weighted, self.weight) if self.weight else None


@dataclass(frozen=True)
class Sensitivity:
    """What the balance would be with one item's weight changed, and the weight at which its sign would turn.

    `turns_at` is the whole weight of this item, nearest to the present one and all others as they are, at which the
    balance is zero or has the other sign; None where no weight does that. `lighter` is None of what has no weight.
    """

    key: str
    weight: int
    without: Fraction | None
    lighter: Fraction | None
    heavier: Fraction | None
    turns_at: int | None


def verdict(value: Fraction | None) -> str:
    """What a balance says, as a word: `benefit`, `even`, `loss`, or `unknown` where nothing has any weight."""
    if value is None:
        return "unknown"
    return "benefit" if value > 0 else "loss" if value < 0 else "even"


def turning(items: Sequence[Scored], *, heaviest: int) -> list[Sensitivity]:
    """The items of which one whole weight from 0 to `heaviest`, alone, turns the result; the smallest change first."""
    found = [s for s in sensitivities(items) if s.turns_at is not None and s.turns_at <= heaviest]
    return sorted(found, key=lambda s: abs((s.turns_at or 0) - s.weight))


def span_without_one(items: Sequence[Scored]) -> tuple[Fraction, Fraction] | None:
    """The lowest and the highest balance with one item left out; None where too little has weight for that."""
    values = [s.without for s in sensitivities(items) if s.weight and s.without is not None]
    return (min(values), max(values)) if values else None


def balance_of(items: Sequence[Scored]) -> Balance:
    """The balance of `items`, in their order."""
    return Balance(
        products=tuple(item.weight * item.score for item in items),
        weights=tuple(item.weight for item in items),
    )


def with_weights(items: Sequence[Scored], weights: Mapping[str, int]) -> list[Scored]:
    """The same items with some weights changed, by key; unknown keys change nothing."""
    return [replace(item, weight=weights.get(item.key, item.weight)) for item in items]


def arithmetic(items: Sequence[Scored]) -> str:
    """The balance as it is worked out: `(3×2 + 2×1 + 1×(−1)) / (3 + 2 + 1) = 7/6`; "" where nothing has any weight."""
    result = balance_of(items)
    if not result.weight:
        return ""
    products = " + ".join(f"{item.weight}×{_signed(item.score)}" for item in items)
    weights = " + ".join(str(item.weight) for item in items)
    return f"({products}) / ({weights}) = {_minus(result.weighted)}/{result.weight}"


def decimal(value: Fraction | None, digits: int = 2) -> str:
    """A fraction with `digits` decimals, half away from zero, with its sign: +1.17, −0.50, 0.00; – for None."""
    if value is None:
        return "–"
    scaled = abs(value) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "" if not whole else "+" if value > 0 else "−"
    return f"{sign}{whole // 10**digits}.{whole % 10**digits:0{digits}d}"


def sensitivities(items: Sequence[Scored]) -> list[Sensitivity]:
    """For each item, how the balance answers to its weight: left out, one less, one more, and where it turns."""
    return [
        Sensitivity(
            key=item.key,
            weight=item.weight,
            without=_value_with(items, item, 0),
            lighter=_value_with(items, item, item.weight - 1) if item.weight else None,
            heavier=_value_with(items, item, item.weight + 1),
            turns_at=_turning_weight(items, item),
        )
        for item in items
    ]


def _value_with(items: Sequence[Scored], item: Scored, weight: int) -> Fraction | None:
    return balance_of(with_weights(items, {item.key: weight})).value


def _turning_weight(items: Sequence[Scored], item: Scored) -> int | None:
    """The balance's sign is that of rest + weight × score, a line in the weight."""
    total = balance_of(items).weighted
    rest = total - item.weight * item.score
    if total == 0 or item.score == 0:
        return None
    if sum(other.weight for other in items) == item.weight:
        return None  # the only one that is weighed: without it there is no result, which is no other one
    if total * item.score < 0:  # a heavier item pulls to the other side: the first weight at or past zero
        return -(-abs(rest) // abs(item.score))
    if rest * total >= 0 and rest:  # even without it the sign stays
        return None
    # A lighter one lets go: the largest weight at or past zero.
    return abs(rest) // abs(item.score)


def _signed(score: int) -> str:
    return str(score) if score >= 0 else f"(−{-score})"


def _minus(number: int) -> str:
    return str(number) if number >= 0 else f"−{-number}"
