"""How what was counted spreads over the steps of a scale, group beside group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.patches import Patch

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_50,
    BLUE_200,
    BLUE_900,
    GRID,
    ORANGE_50,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    Format,
    Size,
    clean,
    cleaned,
)

# Groups are told apart by lightness and pattern, in print too.
_FILLS: Final[list[dict[str, Any]]] = [
    {"facecolor": BLUE_900, "edgecolor": BLUE_900},
    {"facecolor": ORANGE_50, "edgecolor": ORANGE_800, "hatch": "////"},
    {"facecolor": BLUE_200, "edgecolor": BLUE_900, "hatch": "\\\\"},
    {"facecolor": BLUE_50, "edgecolor": BLUE_900, "hatch": "----"},
]


@dataclass(frozen=True)
class Spread:
    """A group ("JST"), and how many of its scores each step has."""

    label: str
    counts: Sequence[int]

    @property
    def percents(self) -> list[float]:
        whole = sum(self.counts)
        return [100 * count / whole if whole else 0.0 for count in self.counts]


def step_shares(
    steps: Sequence[str],
    groups: Sequence[Spread],
    *,
    share_label: str,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A bar for each step and group, in the order given: the step's share of the group's scores, written as "38% (5)", so that
    groups of unlike size can be compared and nobody forgets how small they are. One to four groups.

    `share_label` names the axis.
    """
    if not 1 <= len(groups) <= len(_FILLS):
        raise ValueError("one to four groups")
    drawing, axes = canvas.figure(
        size or (canvas.PAGE_WIDTH, 26 + (4 + 4 * len(groups)) * max(len(steps), 1))
    )
    height = 0.8 / len(groups)
    for index, (group, fill) in enumerate(zip(groups, _FILLS, strict=False)):
        places = [step + (index - (len(groups) - 1) / 2) * height for step in range(len(steps))]
        axes.barh(places, group.percents, height * 0.86, zorder=2, **fill)
        for place, percent, count in zip(places, group.percents, group.counts, strict=True):
            axes.annotate(
                f"{percent:.0f}% ({count:,})", (percent, place), xytext=(4, 0), textcoords="offset points",
                va="center", fontsize=SMALL_TEXT_SIZE,
            )  # fmt: skip
    axes.set_yticks(range(len(steps)), cleaned(steps))
    axes.set_ylim(len(steps) - 0.5, -0.5)
    axes.set_xlim(0, max([1.0, *(percent for group in groups for percent in group.percents)]) * 1.2)
    axes.xaxis.set_major_formatter(lambda value, _position: f"{value:.0f}%")
    axes.set_xlabel(clean(share_label))
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.spines["bottom"].set_visible(False)
    handles = [Patch(label=clean(group.label), **fill) for group, fill in zip(groups, _FILLS, strict=False)]
    canvas.legend_above(axes, handles)
    return canvas.finished(drawing, kind)
