"""How a reviewer scores beside the others who reviewed the same proposals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

# Fewer others than this, and who scored what could be told from the figures.
FEWEST_OTHERS = 3


@dataclass(frozen=True)
class Share:
    """A step of the scale, best first: how many scores of one's own and of the others' it has, of how many."""

    step: int
    own: int
    own_total: int
    others: int
    others_total: int

    @property
    def own_percent(self) -> int:
        return _percent(self.own, self.own_total)

    @property
    def others_percent(self) -> int:
        return _percent(self.others, self.others_total)


def _percent(part: int, total: int) -> int:
    return int(Fraction(100 * part, total) + Fraction(1, 2)) if total else 0


def distribution(own: Sequence[int], others: Sequence[int], steps: Sequence[int]) -> list[Share]:
    """The share of each step, in the order of `steps`; scores that are missing are among neither."""
    mine, theirs = Counter(own), Counter(others)
    return [Share(step, mine[step], len(own), theirs[step], len(others)) for step in steps]


def mean_of(scores: Sequence[int]) -> Fraction | None:
    """The mean of scores; None where there is none."""
    return Fraction(sum(scores), len(scores)) if scores else None


# More steps than these, and a chart of them can no more be read.
MOST_STEPS = 12


def step_ranges(lowest: int, highest: int) -> list[range]:
    """The steps of a scale, the highest first: each by itself, or, on a long scale, at most twelve runs of equal length (the last
    one may be shorter)."""
    length = -(-(highest - lowest + 1) // MOST_STEPS)
    return [range(max(lowest, top - length + 1), top + 1) for top in range(highest, lowest - 1, -length)]


def counted_in(means: Sequence[Fraction], steps: Sequence[range]) -> list[int]:
    """How many of the means, rounded half up to a whole step, lie in each of the runs."""
    rounded = Counter(int((mean + Fraction(1, 2)) // 1) for mean in means)
    return [sum(rounded[step] for step in run) for run in steps]
