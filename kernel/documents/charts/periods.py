"""Spans of days above each other."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from matplotlib.patches import Patch

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_200,
    BLUE_900,
    GRID,
    ORANGE_50,
    ORANGE_800,
    Format,
    Size,
    clean,
    cleaned,
    shortened,
)


@dataclass(frozen=True)
class Bar:
    """A row: from a day to a day, both counted; `gaps` are the spans of it that the other rows leave open."""

    name: str
    first: dt.date
    last: dt.date
    gaps: Sequence[tuple[dt.date, dt.date]] = field(default_factory=tuple)
    is_measure: bool = False


_OWN: Final[dict[str, Any]] = {"facecolor": BLUE_900, "edgecolor": BLUE_900}
_OTHER: Final[dict[str, Any]] = {"facecolor": BLUE_200, "edgecolor": BLUE_900}
_GAP: Final[dict[str, Any]] = {"facecolor": ORANGE_50, "edgecolor": ORANGE_800, "hatch": "////"}


def spans_of_days(
    bars: Sequence[Bar],
    ticks: Sequence[tuple[dt.date, str]],
    *,
    measure_label: str,
    other_label: str,
    gap_label: str,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A row for each bar over one scale of days. The `is_measure` rows are dark, and what the others leave open of them is
    hatched; two thin lines carry the ends of the first such row through the others. `ticks` name days."""
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 26 + 10 * max(len(bars), 1)))
    height = 0.5
    for place, bar in enumerate(bars):
        _span(place, bar.first, bar.last, axes, height, _OWN if bar.is_measure else _OTHER)
        for first, last in bar.gaps:
            _span(place, first, last, axes, height, _GAP)
    for bar in [bar for bar in bars if bar.is_measure][:1]:
        for edge in (_place(bar.first), _place(bar.last) + 1):
            axes.axvline(edge, color=BLUE_900, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    axes.set_yticks(range(len(bars)), [shortened(bar.name) for bar in bars])
    axes.set_ylim(max(len(bars), 1) - 0.4, -0.6)
    axes.set_xticks([_place(day) for day, _ in ticks], cleaned([name for _, name in ticks]))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.spines["left"].set_visible(False)
    looks = [(_OWN, measure_label), (_OTHER, other_label)]
    if any(bar.gaps for bar in bars):
        looks.append((_GAP, gap_label))
    canvas.legend_above(axes, [Patch(label=clean(words), **look) for look, words in looks])
    return canvas.finished(drawing, kind)


def _place(day: dt.date) -> float:
    return float(day.toordinal())


def _span(place: int, first: dt.date, last: dt.date, axes: Any, height: float, look: dict[str, Any]) -> None:
    axes.barh(place, _place(last) + 1 - _place(first), height, left=_place(first), zorder=2, **look)
