"""People who go and come, and what they write together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_50,
    BLUE_200,
    BLUE_400,
    BLUE_600,
    BLUE_900,
    INK,
    ORANGE_800,
    WHITE,
    Format,
    Size,
    clean,
    thousands,
)


@dataclass(frozen=True)
class Flow:
    """So many went from a node of the left column to one of the right."""

    left: str
    right: str
    count: int


# Neighbours differ in lightness and in pattern.
_RIBBONS: Final[list[dict[str, Any]]] = [
    {"facecolor": BLUE_400},
    {"facecolor": BLUE_50, "hatch": "////"},
    {"facecolor": BLUE_600},
    {"facecolor": BLUE_200},
    {"facecolor": WHITE, "hatch": "----"},
    {"facecolor": BLUE_200, "hatch": "\\\\\\\\"},
]
_GAP = 0.035  # of the whole height, between two nodes of a column
_BAR = 0.018  # of the whole width


def mobility_flow(
    flows: Sequence[Flow],
    *,
    left_label: str,
    right_label: str,
    write: Callable[[float], str] = thousands,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """Two columns of nodes and a ribbon for each flow, as thick as its count.

    Nodes stand in the order in which they first appear, each with its total. Flows of 0 are not drawn. `left_label` and
    `right_label` head the columns.
    """
    shown = [flow for flow in flows if flow.count > 0]
    lefts = list(dict.fromkeys(flow.left for flow in shown))
    rights = list(dict.fromkeys(flow.right for flow in shown))
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 26 + 11 * max(len(lefts), len(rights), 1)))
    axes.set_axis_off()
    axes.set_xlim(-0.42, 1.42)
    axes.set_ylim(1.02, -0.14)
    for x, text, side in ((0.0, left_label, "right"), (1.0, right_label, "left")):
        axes.text(x, -0.08, clean(text), ha=side, va="center", weight="bold")
    if shown:
        # One scale for both columns: a ribbon is as thick where it ends as where it begins.
        room = 1 - _GAP * (max(len(lefts), len(rights)) - 1)
        scale = room / sum(flow.count for flow in shown)
        left_at = _column(
            axes, lefts, [sum(f.count for f in shown if f.left == name) for name in lefts], scale, 0, write
        )
        right_at = _column(
            axes, rights, [sum(f.count for f in shown if f.right == name) for name in rights], scale, 1, write
        )
        for flow in sorted(shown, key=lambda flow: (lefts.index(flow.left), rights.index(flow.right))):
            thickness = flow.count * scale
            look = _RIBBONS[lefts.index(flow.left) % len(_RIBBONS)]
            axes.add_patch(_ribbon(left_at[flow.left], right_at[flow.right], thickness, look))
            left_at[flow.left] += thickness
            right_at[flow.right] += thickness
    return canvas.finished(drawing, kind)


def _column(
    axes: Axes,
    names: Sequence[str],
    totals: Sequence[int],
    scale: float,
    x: int,
    write: Callable[[float], str],
) -> dict[str, float]:
    """Draw a column of nodes, centred, and answer where each begins."""
    heights = [total * scale for total in totals]
    start = (1 - sum(heights) - _GAP * (len(names) - 1)) / 2
    tops = [start + before + _GAP * place for place, before in enumerate(accumulate([0.0, *heights[:-1]]))]
    for name, total, top, height in zip(names, totals, tops, heights, strict=True):
        axes.add_patch(Rectangle((x - _BAR / 2, top), _BAR, height, facecolor=INK, edgecolor=INK, zorder=3))
        axes.annotate(
            f"{clean(name)}  {write(total)}" if x == 0 else f"{write(total)}  {clean(name)}",
            (x, top + height / 2), xytext=(-7 if x == 0 else 7, 0), textcoords="offset points",
            ha="right" if x == 0 else "left", va="center",
        )  # fmt: skip
    return dict(zip(names, tops, strict=True))


def _ribbon(left: float, right: float, thickness: float, look: dict[str, Any]) -> PathPatch:
    start, middle, end = _BAR / 2, 0.5, 1 - _BAR / 2
    corners = [
        (start, left), (middle, left), (middle, right), (end, right),
        (end, right + thickness), (middle, right + thickness), (middle, left + thickness), (start, left + thickness),
        (start, left),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    return PathPatch(Path(corners, codes), edgecolor=BLUE_900, linewidth=0.6, zorder=2, **look)


def coauthorship_by_year(
    years: Sequence[str],
    counts: Sequence[float | None],
    *,
    baseline: float | None,
    count_label: str,
    baseline_label: str,
    unit: str,
    provisional: Collection[str] = (),
    provisional_label: str = "",
    write: Callable[[float], str] = thousands,
    size: Size = (canvas.PAGE_WIDTH, 75),
    kind: Format = "svg",
) -> bytes:
    """A count by year as a line with its values, and the baseline that it is measured by, in the same unit.

    A year without a count (None) leaves a gap and is never drawn as 0. Years in `provisional` have hollow points: they
    are not counted to the end. A baseline that was counted in another way is no baseline: leave it to the table.
    """
    drawing, axes = canvas.figure(size)
    points = list(zip(range(len(years)), years, counts, strict=True))
    for (place, _, before), (_, year, count) in pairwise(points):
        if before is not None and count is not None:
            dashes = (0, (2.2, 1.6)) if year in provisional else "solid"
            axes.plot(
                [place, place + 1], [before, count], color=BLUE_900, linewidth=2, linestyle=dashes, zorder=3
            )
    for place, year, count in points:
        if count is None:
            continue
        fill = WHITE if year in provisional else BLUE_900
        # the line comes down from above; below 0 stand the names of the years
        below = place > 0 and count > 0 and (counts[place - 1] or 0) > count
        axes.plot(
            [place],
            [count],
            "o",
            color=BLUE_900,
            markerfacecolor=fill,
            markersize=6,
            markeredgewidth=1.5,
            zorder=4,
        )
        axes.annotate(
            write(count), (place, count), xytext=(0, -6 if below else 6), textcoords="offset points", ha="center",
            va="top" if below else "bottom", bbox=canvas.ON_WHITE, zorder=2.5,
        )  # fmt: skip
    if baseline is not None:
        axes.axhline(baseline, color=ORANGE_800, linewidth=1.5, linestyle=(0, (6, 3)), zorder=2)
        axes.annotate(
            clean(f"{baseline_label} {write(baseline)}"), (len(years) - 0.5, baseline), xytext=(4, 0),
            textcoords="offset points", va="center", color=ORANGE_800, annotation_clip=False,
        )  # fmt: skip
    canvas.value_axis(axes, write, unit)
    known = [count for count in counts if count is not None]
    axes.set_ylim(min([0, *known]) * 1.2, max([*known, baseline or 0, 1]) * 1.2)
    canvas.name_places(axes, years)
    handles = [
        Line2D([], [], color=BLUE_900, linewidth=2, marker="o", markersize=6, label=clean(count_label))
    ]
    if provisional:
        handles.append(
            Line2D([], [], color=BLUE_900, linewidth=2, marker="o", markersize=6, markerfacecolor=WHITE,
                   markeredgewidth=1.5, label=clean(provisional_label))
        )  # fmt: skip
    canvas.legend_above(axes, handles)
    return canvas.finished(drawing, kind)
