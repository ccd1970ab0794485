"""What all charts share: size, faces, colours, and how a figure becomes a file.

Only matplotlib's object interface is used, and its settings are made once, when this module is loaded: charts may be
drawn in several threads at a time. Letters are drawn as outlines, because an SVG in an `<img>` can load no font.
"""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, Normal, Stroke

from kernel.documents.fonts import BOLD, REGULAR
from kernel.documents.glyphs import printable

Format: TypeAlias = Literal["svg", "png"]
Size: TypeAlias = tuple[float, float]
"""Width and height in millimetres. The default of most charts, 160 × 80, is the width of a printed page's text."""

PAGE_WIDTH: Final = 160.0
PNG_DOTS_PER_INCH: Final = 200

# The Digital Agency's palette (design tokens 1.1.9), in steps of lightness that a black-and-white printer keeps apart.
INK: Final = "#1a1a1a"
SOFT_INK: Final = "#4d4d4d"
GRID: Final = "#d9d9d9"
BLUE_900: Final = "#0017c1"
BLUE_600: Final = "#3460fb"
BLUE_400: Final = "#7096f8"
BLUE_200: Final = "#c5d7fb"
BLUE_50: Final = "#e8f1fe"
ORANGE_800: Final = "#c74700"
ORANGE_50: Final = "#ffeee2"
WHITE: Final = "#ffffff"

TEXT_SIZE: Final = 8.5
SMALL_TEXT_SIZE: Final = 7.5

_MILLIMETRES_IN_INCH: Final = 25.4


def _use_own_fonts(paths: Sequence[Path]) -> list[str]:
    """Make matplotlib know these files, before any of the same name on the machine; answers their families."""
    manager = font_manager.fontManager
    known = len(manager.ttflist)
    for path in paths:
        manager.addfont(path)
    own = manager.ttflist[known:]
    manager.ttflist[:] = own + manager.ttflist[:known]
    return list(dict.fromkeys(entry.name for entry in own))


# Latin letters and digits in both languages; BIZ UDPGothic's p, g and y have so little below the line that they look cut.
LATIN: Final = "Noto Sans"
# BIZ UDGothic serves the typesetter alone (see the fonts' README): in a label, punctuation may be proportional.
FAMILIES: Final = [
    LATIN,
    *(name for name in _use_own_fonts((*REGULAR, *BOLD)) if name not in ("BIZ UDGothic", LATIN)),
]

mpl.rcParams.update(
    {
        "font.family": FAMILIES,
        "font.size": TEXT_SIZE,
        "text.color": INK,
        "text.parse_math": False,  # "$" in a name is a dollar
        "axes.labelcolor": INK,
        "axes.labelsize": TEXT_SIZE,
        "axes.edgecolor": SOFT_INK,
        "axes.linewidth": 0.8,
        "axes.axisbelow": True,
        "xtick.color": SOFT_INK,
        "ytick.color": SOFT_INK,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "hatch.linewidth": 1.1,
        "legend.fontsize": TEXT_SIZE,
        "legend.frameon": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "chart",  # names of elements depend on the content alone
    }
)


def figure(size: Size) -> tuple[Figure, Axes]:
    """A blank figure with one pair of axes, of which only the two that carry scales are drawn."""
    drawing = Figure(
        figsize=(size[0] / _MILLIMETRES_IN_INCH, size[1] / _MILLIMETRES_IN_INCH), layout="constrained"
    )
    FigureCanvasAgg(drawing)
    axes = drawing.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(length=0)
    return drawing, axes


def finished(drawing: Figure, kind: Format) -> bytes:
    """The file: the same bytes for the same figure, because neither date nor random name is in it."""
    content = io.BytesIO()
    if kind == "svg":
        drawing.savefig(content, format="svg", facecolor=WHITE, metadata={"Date": None, "Creator": None})
    else:
        drawing.savefig(
            content, format="png", facecolor=WHITE, dpi=PNG_DOTS_PER_INCH, metadata={"Software": None}
        )
    return content.getvalue()


def clean(label: str) -> str:
    """A label in which every character can be drawn."""
    return printable(label)[0]


def shortened(label: str, most: int = 28) -> str:
    """A label that leaves the drawing its room; the table beside the picture has it in full."""
    plain = clean(label)
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"


def cleaned(labels: Sequence[str]) -> list[str]:
    return [clean(label) for label in labels]


# Behind a word that stands on grid lines or on a curve: keeps it readable on whatever it crosses.
ON_WHITE: Final[dict[str, Any]] = {"boxstyle": "square,pad=0.1", "facecolor": WHITE, "edgecolor": "none"}


def line_halo(width: float) -> list[AbstractPathEffect]:
    """A white rim of a line that is itself thinner than `width`."""
    return [Stroke(linewidth=width, foreground=WHITE), Normal()]


def thousands(value: float) -> str:
    """12345 -> "12,345"; a fraction keeps the digits that it has, at most two."""
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".").replace("-", "−")


def value_axis(axes: Axes, write: Callable[[float], str], unit: str) -> None:
    """The upward scale: a light grid instead of an axis, and the unit written level above the numbers."""
    axes.yaxis.set_major_formatter(lambda value, _position: write(value))
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.spines["left"].set_visible(False)
    axes.annotate(
        clean(unit),
        (0, 1),
        xycoords="axes fraction",
        xytext=(-4, 7),
        textcoords="offset points",
        ha="right",
        va="bottom",
        fontsize=SMALL_TEXT_SIZE,
    )


def name_places(axes: Axes, labels: Sequence[str]) -> None:
    """Labels under the places 0, 1, 2, ...: smaller, then slanted, if they would run into each other."""
    axes.set_xticks(range(len(labels)), cleaned(labels))
    axes.set_xlim(-0.5, len(labels) - 0.5)
    if _collide(axes):
        axes.tick_params(axis="x", labelsize=SMALL_TEXT_SIZE)
        if _collide(axes):
            for label in axes.get_xticklabels():
                label.set(rotation=35, ha="right", rotation_mode="anchor")


def _collide(axes: Axes) -> bool:
    drawing = axes.get_figure(root=True)
    if drawing is None:
        raise ValueError("axes without a figure")
    drawing.draw_without_rendering()
    boxes = [label.get_window_extent() for label in axes.get_xticklabels()]
    return any(left.x1 + 4 > right.x0 for left, right in pairwise(boxes))


def score_ticks(scale: tuple[float, float]) -> list[int]:
    """Whole scores, or every tenth on a long scale."""
    whole = range(round(scale[0]), round(scale[1]) + 1)
    return [tick for tick in whole if len(whole) <= 12 or tick % 10 == 0]


def legend_above(axes: Axes, handles: Sequence[Any], *, columns: int | None = None) -> None:
    """A legend in one line above the axes, from the left, so that it covers nothing."""
    axes.legend(
        handles=list(handles),
        loc="lower left",
        bbox_to_anchor=(0, 1.02),
        ncols=columns or len(handles),
        borderaxespad=0,
        borderpad=0.2,
        columnspacing=1.6,
        handlelength=1.6,
        handletextpad=0.6,
    )
