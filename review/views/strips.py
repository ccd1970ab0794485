"""A small strip of dots for a row of a table: a dot a review, a line a side, drawn by the page itself."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from review.rules.means import NOTHING, in_words

# In the units of the picture; the page scales it.
WIDTH, LINE, EDGE = 132, 18, 8
# The paths of a dot at 0, 0. Sides are told apart by shape and filling, as in the charts of the statistics.
SHAPES = (
    "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
    "m0-4.5l4.5 8h-9z",
    "m0-5l5 5l-5 5l-5-5z",
    "m-3.5-3.5h7v7h-7z",
)


def strip_of(sides: Sequence[tuple[str, Sequence[Fraction]]], scale: tuple[int, int]) -> dict[str, Any]:
    """What `components/strip.html` draws of each side's name and means: on its own line, equal ones stacked, with a bar at the mean;
    and the same in words. At most four sides are drawn; the words hold all."""
    low, high = scale
    lines = []
    for place, (_name, values) in enumerate(sides[: len(SHAPES)]):
        middle = LINE * place + LINE / 2
        lines.append(
            {
                "y": middle,
                "marks": [
                    f"M{x:.1f} {middle + lift:.1f}{SHAPES[place]}" for x, lift in _places(values, low, high)
                ],
                "mean": f"{_across(sum(values, Fraction(0)) / len(values), low, high):.1f}" if values else "",
                "top": middle - 8,
                "bottom": middle + 8,
                "kind": place + 1,
            }
        )
    return {
        "width": WIDTH,
        "height": LINE * len(lines),
        "left": EDGE,
        "right": WIDTH - EDGE,
        "lines": lines,
        "label": "; ".join(side_words(name, values) for name, values in sides),
    }


def side_words(name: str, values: Sequence[Fraction]) -> str:
    """A side's means, the highest first: "JST: 5.00, 4.20"; without any: "JST: –"."""
    shown = ", ".join(in_words(value) for value in sorted(values, reverse=True))
    return _("%(agency)s: %(scores)s") % {"agency": name, "scores": shown or NOTHING}


def _across(value: Fraction, low: int, high: int) -> float:
    return EDGE + float((value - low) / (high - low)) * (WIDTH - 2 * EDGE)


def _places(values: Sequence[Fraction], low: int, high: int) -> list[tuple[float, float]]:
    """Where each dot stands, and by how much it is lifted so that equal ones are seen as several."""
    found = []
    for value, count in sorted(Counter(values).items()):
        step = min(4.0, 10 / count)
        found += [(_across(value, low, high), (place - (count - 1) / 2) * step) for place in range(count)]
    return found
