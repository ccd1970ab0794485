"""Values between two ends, a cell for each pair of a row and a column."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Patch, Rectangle

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_200,
    BLUE_900,
    GRID,
    INK,
    ORANGE_50,
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
class Heat:
    """One cell: its value (None: there is nothing), and the words written into it."""

    value: float | None
    words: str


@dataclass(frozen=True)
class _Look:
    face: str
    text: str


_STRONG_HIGH = _Look(BLUE_900, WHITE)
_HIGH = _Look(BLUE_200, INK)
_EVEN = _Look(WHITE, INK)
_LOW = _Look(ORANGE_50, INK)
_STRONG_LOW = _Look(ORANGE_800, WHITE)


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Heat]],
    *,
    strong: float,
    high_label: str,
    even_label: str,
    low_label: str,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A cell for each row and column, in blue above zero and in orange below, darker from `strong` on either side.

    Every cell says its value in words too. One without a value stays grey, with its words.
    """
    longest = max((len(label) for label in rows), default=0)
    # Names that do not fit beside each other are slanted, and need height.
    slanted = 0.35 * max((len(label) for label in columns), default=0) * canvas.TEXT_SIZE / 2
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 22 + 13 * max(len(rows), 1) + min(slanted, 40)))
    for y, line in enumerate(cells):
        for x, cell in enumerate(line):
            look = _look(cell.value, strong)
            axes.add_patch(
                Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=look.face, edgecolor=SOFT_INK, linewidth=0.6)
            )
            axes.text(
                x,
                y,
                clean(cell.words),
                ha="center",
                va="center",
                color=look.text,
                fontsize=SMALL_TEXT_SIZE if longest > 12 else canvas.TEXT_SIZE,
            )
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), cleaned(rows))
    canvas.name_places(axes, columns)
    axes.spines[["left", "bottom"]].set_visible(False)
    canvas.legend_above(
        axes,
        [
            Patch(facecolor=look.face, edgecolor=SOFT_INK, label=clean(label))
            for look, label in ((_HIGH, high_label), (_EVEN, even_label), (_LOW, low_label))
        ],
    )
    return canvas.finished(drawing, kind)


def _look(value: float | None, strong: float) -> _Look:
    if value is None:
        return _Look(GRID, INK)
    if value >= strong:
        return _STRONG_HIGH
    if value <= -strong:
        return _STRONG_LOW
    return _HIGH if value > 0 else _LOW if value < 0 else _EVEN
