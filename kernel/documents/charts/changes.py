"""Amounts that were given, added to and taken from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_200,
    BLUE_900,
    GRID,
    INK,
    ORANGE_50,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    Format,
    Size,
    clean,
    cleaned,
    thousands,
)


@dataclass(frozen=True)
class Changed:
    """One amount: what was asked for, given at first, added and taken since. None of them is below zero."""

    asked: float
    given: float
    added: float
    taken: float

    @property
    def stands(self) -> float:
        return self.given + self.added - self.taken


_GIVEN: Final[dict[str, Any]] = {"facecolor": BLUE_900, "edgecolor": BLUE_900}
_ADDED: Final[dict[str, Any]] = {"facecolor": BLUE_200, "edgecolor": BLUE_900, "hatch": "////"}
_TAKEN: Final[dict[str, Any]] = {"facecolor": ORANGE_50, "edgecolor": ORANGE_800, "hatch": "\\\\\\\\"}


def amounts_with_changes(
    rows: Sequence[str],
    amounts: Sequence[Changed],
    *,
    asked_label: str,
    given_label: str,
    added_label: str,
    taken_label: str,
    unit: str,
    write: Callable[[float], str] = thousands,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A row for each amount: what was given, then what was added, and at the end of both, hatched, what was taken away again.

    So the plain part ends where the amount stands; that sum is written at the end of the row. A short upright line marks
    what was asked for, where anything was.
    """
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 24 + 11 * max(len(rows), 1)))
    height = 0.5
    for place, one in enumerate(amounts):
        left = 0.0
        # What is taken away is taken from the end of the bar.
        kept_given = min(one.given, one.stands)
        for amount, look in ((kept_given, _GIVEN), (one.stands - kept_given, _ADDED), (one.taken, _TAKEN)):
            if amount > 0:
                axes.barh(place, amount, height, left=left, zorder=2, **look)
                left += amount
        if one.asked > 0:
            axes.plot(
                [one.asked, one.asked], [place - 0.38, place + 0.38], color=INK, linewidth=1.8,
                path_effects=canvas.line_halo(4.2), zorder=4,
            )  # fmt: skip
        axes.annotate(
            write(one.stands), (max(left, one.asked), place), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=SMALL_TEXT_SIZE,
        )  # fmt: skip
    axes.set_yticks(range(len(rows)), cleaned(rows))
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.set_xlim(0, max((max(one.given + one.added, one.asked) for one in amounts), default=0) * 1.2 or 1)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _position: write(value))
    axes.set_xlabel(clean(unit))
    handles: list[Any] = [Patch(label=clean(given_label), **_GIVEN)]
    if any(one.added > 0 for one in amounts):
        handles.append(Patch(label=clean(added_label), **_ADDED))
    if any(one.taken > 0 for one in amounts):
        handles.append(Patch(label=clean(taken_label), **_TAKEN))
    if any(one.asked > 0 for one in amounts):
        handles.append(Line2D([], [], color=INK, linewidth=1.8, label=clean(asked_label)))
    canvas.legend_above(axes, handles)
    return canvas.finished(drawing, kind)
