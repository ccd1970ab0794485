"""Figures that are read across and down, a cell for each pair of a row and a column."""

import math
from collections.abc import Callable, Sequence
from typing import Final

from matplotlib.patches import Patch, Rectangle

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_50,
    BLUE_200,
    BLUE_400,
    BLUE_900,
    GRID,
    INK,
    ORANGE_50,
    SMALL_TEXT_SIZE,
    SOFT_INK,
    WHITE,
    Format,
    Size,
    clean,
    cleaned,
)

# From little to much, each with the colour of the words on it.
_STEPS: Final = ((BLUE_50, INK), (BLUE_200, INK), (BLUE_400, INK), (BLUE_900, WHITE))


def shaded_grid(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    unit: str,
    below_label: str,
    absent_label: str,
    write: Callable[[float], str] = canvas.thousands,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A cell for each row and column, the darker the more: in four steps of the greatest value, whose spans the legend names.

    Zero is white, what lies below zero orange (`below_label`), what is not known grey with a dash (`absent_label`); these
    stand in the legend where there are any. Every cell says its value, as `write` does. `unit` is named above.
    """
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 20 + 8 * max(len(rows), 1)))
    known = [value for line in values for value in line if value is not None]
    most = max([value for value in known if value > 0], default=0)
    for y, line in enumerate(values):
        for x, value in enumerate(line):
            face, ink = _look(value, most)
            axes.add_patch(
                Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor=WHITE, linewidth=1.2)
            )
            words = "–" if value is None else write(value)
            axes.text(x, y, clean(words), ha="center", va="center", color=ink, fontsize=SMALL_TEXT_SIZE)
    axes.set_xlim(-0.5, max(len(columns), 1) - 0.5)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.set_xticks(range(len(columns)), cleaned(columns))
    axes.set_yticks(range(len(rows)), cleaned(rows))
    axes.spines[["left", "bottom"]].set_visible(False)
    is_counted = all(float(value).is_integer() for value in known)
    shown = _legend(most, write, is_counted=is_counted) if most else []
    if any(value < 0 for value in known):
        shown = [(ORANGE_50, below_label), *shown]
    if any(value is None for line in values for value in line):
        shown = [*shown, (GRID, absent_label)]
    unit_only = Patch(facecolor="none", edgecolor="none", label=clean(unit))
    patches = [Patch(facecolor=face, edgecolor=SOFT_INK, label=clean(words)) for face, words in shown]
    canvas.legend_above(axes, [unit_only, *patches])
    return canvas.finished(drawing, kind)


def _legend(most: float, write: Callable[[float], str], *, is_counted: bool) -> list[tuple[str, str]]:
    """Each step's colour and the values that have it, from which to which: of counts the whole numbers."""
    found = []
    for step, (face, _ink) in enumerate(_STEPS):
        low, high = most * step / len(_STEPS), most * (step + 1) / len(_STEPS)
        if is_counted:
            first, last = math.floor(low) + 1, math.floor(high)
            if first <= last:
                found.append((face, write(first) if first == last else f"{write(first)}–{write(last)}"))
        else:
            found.append((face, f"{write(low)}–{write(high)}"))
    return found


def _look(value: float | None, most: float) -> tuple[str, str]:
    if value is None:
        return GRID, INK
    if value <= 0:
        return (ORANGE_50, INK) if value < 0 else (WHITE, INK)
    return _STEPS[min(int(value / most * len(_STEPS) - 1e-9), len(_STEPS) - 1)]
