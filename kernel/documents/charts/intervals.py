"""Ranks with the interval in which each may well lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_400,
    BLUE_900,
    GRID,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    Format,
    Size,
    clean,
    cleaned,
)


@dataclass(frozen=True)
class Interval:
    """A rank and the first and last that it may well be."""

    label: str
    rank: int
    low: int
    high: int


def rank_intervals(
    rows: Sequence[Interval],
    *,
    line: int | None,
    most: int,
    rank_label: str,
    interval_label: str,
    line_label: str,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A row for each, in the order given: its rank as a dot on the bar of its interval, written beside it as "3 (1–7)".

    `line`: how many can be funded, drawn behind that rank; None: no line. `most`: the last rank there is.
    """
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 24 + 7 * len(rows)))
    for place, row in enumerate(rows):
        axes.plot(
            [row.low, row.high], [place, place], color=BLUE_400, linewidth=5, solid_capstyle="butt", zorder=2
        )
        axes.plot([row.rank], [place], "o", color=BLUE_900, markersize=5, zorder=4)
        axes.text(
            most + 0.5 + most * 0.02,
            place,
            f"{row.rank} ({row.low}–{row.high})",
            va="center",
            fontsize=SMALL_TEXT_SIZE,
        )
    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=5, color=BLUE_900, label=clean(rank_label)),
        Line2D([], [], color=BLUE_400, linewidth=5, label=clean(interval_label)),
    ]
    if line is not None:
        axes.axvline(
            line + 0.5, color=ORANGE_800, linewidth=2, linestyle=(0, (5, 3)), zorder=3,
            path_effects=canvas.line_halo(4),
        )  # fmt: skip
        handles.append(
            Line2D([], [], color=ORANGE_800, linewidth=2, linestyle=(0, (5, 3)), label=clean(line_label))
        )
    axes.set_yticks(range(len(rows)), cleaned([row.label for row in rows]))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0.5, most * 1.16 + 0.5)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=8))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    canvas.legend_above(axes, handles)
    return canvas.finished(drawing, kind)
