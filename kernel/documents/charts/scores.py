"""Scores: how they spread within a criterion, and how two sides agree."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_400,
    BLUE_900,
    GRID,
    INK,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    SOFT_INK,
    WHITE,
    Format,
    Size,
    clean,
    cleaned,
)


@dataclass(frozen=True)
class ScoreGroup:
    """Who scored ("JST"), and their scores: for each criterion those that count; missing ones are simply not there."""

    label: str
    scores: Sequence[Sequence[float]]


# Groups are told apart by shape and filling: filled circles uppermost, hollow triangles below them, and so on.
_GROUP_LOOKS = (
    {"marker": "o", "facecolor": BLUE_900, "edgecolor": BLUE_900},
    {"marker": "^", "facecolor": WHITE, "edgecolor": ORANGE_800},
    {"marker": "D", "facecolor": BLUE_400, "edgecolor": INK},
    {"marker": "s", "facecolor": WHITE, "edgecolor": INK},
)
# Millimetres of a strip's height, by the number of groups.
_STRIP = {1: 9, 2: 14, 3: 20, 4: 26}


def dot_strips(
    criteria: Sequence[str],
    groups: Sequence[ScoreGroup],
    *,
    scale: tuple[float, float],
    mean_label: str,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A strip for each criterion with a dot for each score, so that disagreement is seen and not averaged away.

    One to four groups. Equal scores are stacked. A bar marks the mean of each group, written at the end of the strip as
    "4.50 (n=2)"; without scores it reads "–". `scale`: lowest and highest score there is. `mean_label` names the bar.
    """
    if not 1 <= len(groups) <= len(_GROUP_LOOKS):
        raise ValueError("one to four groups")
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 24 + _STRIP[len(groups)] * len(criteria)))
    low, high = scale
    for row, _ in enumerate(criteria):
        axes.plot([low, high], [row, row], color=SOFT_INK, linewidth=0.8, zorder=1)
        for index, (group, look) in enumerate(zip(groups, _GROUP_LOOKS, strict=False)):
            side = (index - (len(groups) - 1) / 2) * 0.88 / len(groups)
            _strip(
                axes,
                row + side,
                group.scores[row],
                look,
                x_of_text=high + (high - low) * 0.04,
                half=0.38 / max(len(groups), 2),
            )
    axes.set_yticks(range(len(criteria)), cleaned(criteria))
    axes.set_ylim(len(criteria) - 0.45, -0.55)
    axes.set_xlim(low - (high - low) * 0.04, high + (high - low) * 0.2)
    axes.set_xticks(canvas.score_ticks(scale))
    axes.spines["bottom"].set_visible(False)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    handles = [
        Line2D([], [], linestyle="", marker=look["marker"], markersize=5, markerfacecolor=look["facecolor"],
               markeredgecolor=look["edgecolor"], label=clean(group.label))
        for group, look in zip(groups, _GROUP_LOOKS, strict=False)
    ]  # fmt: skip
    bar = Line2D(
        [], [], linestyle="", marker="|", markersize=9, markeredgewidth=2, color=INK, label=clean(mean_label)
    )
    canvas.legend_above(axes, [*handles, bar])
    return canvas.finished(drawing, kind)


def _strip(
    axes: Axes, row: float, scores: Sequence[float], look: dict[str, str], *, x_of_text: float, half: float
) -> None:
    """`half`: half the height that the strip may take."""
    if scores:
        mean = sum(scores) / len(scores)
        axes.plot([mean, mean], [row - half, row + half], color=INK, linewidth=2, zorder=2)
        text = f"{mean:.2f} (n={len(scores)})"
    else:
        text = "–"
    axes.text(x_of_text, row, text, va="center", fontsize=SMALL_TEXT_SIZE)
    for score, count in sorted(Counter(scores).items()):
        for place in range(count):
            lift = (place - (count - 1) / 2) * min(half * 0.53, half * 1.26 / count)
            axes.scatter(score, row + lift, s=22, linewidths=1.1, zorder=3, **look)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Pair:
    """One thing that both sides scored. `marked` ones (funded, say) are filled diamonds."""

    label: str
    first: float
    second: float
    marked: bool = False


def agency_against_agency(
    pairs: Sequence[Pair],
    *,
    first_label: str,
    second_label: str,
    scale: tuple[float, float],
    agreement_label: str,
    marked_label: str = "",
    unmarked_label: str = "",
    labelled: int = 12,
    size: Size = (110, 110),
    kind: Format = "svg",
) -> bytes:
    """The first side's score across, the second's upwards, and the diagonal on which they agree.

    The `labelled` pairs that lie farthest from the diagonal carry their label; labels that find no room are left out
    (the table beside the chart names all). `agreement_label` names the diagonal in the legend.
    """
    drawing, axes = canvas.figure(size)
    low, high = scale
    margin = (high - low) * 0.06
    axes.plot(
        [low, high], [low, high], color=SOFT_INK, linewidth=1.2, linestyle=(0, (5, 3)), zorder=1,
        label=clean(agreement_label),
    )  # fmt: skip
    for marked, look in (
        (False, {"marker": "o", "facecolor": WHITE, "edgecolor": BLUE_900}),
        (True, {"marker": "D", "facecolor": BLUE_400, "edgecolor": INK}),
    ):
        chosen = [pair for pair in pairs if pair.marked is marked]
        label = clean(marked_label if marked else unmarked_label) or "_"  # which a legend leaves out
        axes.scatter(
            [pair.first for pair in chosen], [pair.second for pair in chosen], s=28, linewidths=1.1, zorder=3,
            label=label, **look,  # type: ignore[arg-type]
        )  # fmt: skip
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(low - margin, high + margin)
    axes.set_aspect("equal")
    axes.set_xticks(canvas.score_ticks(scale))
    axes.set_yticks(canvas.score_ticks(scale))
    axes.grid(color=GRID, linewidth=0.6)
    axes.set_xlabel(clean(first_label))
    axes.set_ylabel(clean(second_label))
    canvas.legend_above(axes, axes.get_legend_handles_labels()[0])
    by_disagreement = sorted(pairs, key=lambda pair: (-abs(pair.first - pair.second), pair.label))
    _label_without_overlap(axes, by_disagreement[:labelled], pairs)
    return canvas.finished(drawing, kind)


# Where a label may stand, seen from its point: right, left, above, below, and the corners, in points.
_PLACES = (
    (6, 0, "left", "center"),
    (-6, 0, "right", "center"),
    (0, 6, "center", "bottom"),
    (0, -6, "center", "top"),
    (5, 5, "left", "bottom"),
    (5, -5, "left", "top"),
    (-5, 5, "right", "bottom"),
    (-5, -5, "right", "top"),
)


def _label_without_overlap(axes: Axes, wanted: Sequence[Pair], all_pairs: Sequence[Pair]) -> None:
    """Write each label at the first place where it meets no point, no other label and no edge."""
    drawing = axes.get_figure(root=True)
    if drawing is None:
        raise ValueError("axes without a figure")
    drawing.draw_without_rendering()
    renderer = drawing.canvas.get_renderer()  # type: ignore[attr-defined]
    inside = axes.get_window_extent(renderer)
    taken = [
        Bbox.from_bounds(x - 5, y - 5, 10, 10)
        for x, y in axes.transData.transform([(pair.first, pair.second) for pair in all_pairs])
    ]
    for pair in wanted:
        for dx, dy, across, upwards in _PLACES:
            label: Annotation = axes.annotate(
                clean(pair.label), (pair.first, pair.second), xytext=(dx, dy), textcoords="offset points", ha=across,
                va=upwards, fontsize=SMALL_TEXT_SIZE, bbox=canvas.ON_WHITE, zorder=4,
            )  # fmt: skip
            box = label.get_window_extent(renderer)
            if inside.containsx(box.x0) and inside.containsx(box.x1) and not any(map(box.overlaps, taken)):
                taken.append(box)
                break
            label.remove()
