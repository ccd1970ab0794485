"""Indicators: where each stands between its baseline and its target."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_200,
    BLUE_900,
    INK,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    SOFT_INK,
    WHITE,
    Format,
    Size,
    clean,
    thousands,
)


@dataclass(frozen=True)
class Bullet:
    """An indicator: its value (None: not yet known), and what it is measured by; `unit` is written behind the value."""

    label: str
    value: float | None
    target: float | None = None
    baseline: float | None = None
    unit: str = ""


def bullet_bars(
    bullets: Sequence[Bullet],
    *,
    value_label: str,
    target_label: str,
    baseline_label: str,
    write: Callable[[float], str] = thousands,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A row for each indicator, on a scale of its own: the value as a bar, the target as a line across, the baseline as a
    diamond. Units differ from row to row, so there is no common axis: every number is written out beside its row."""
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 16 + 13 * len(bullets)))
    axes.set_axis_off()
    axes.set_xlim(-0.62, 1.5)
    axes.set_ylim(len(bullets) - 0.4, -0.6)
    for row, bullet in enumerate(bullets):
        known = [number for number in (bullet.value, bullet.target, bullet.baseline) if number is not None]
        full = max([*known, 0]) * 1.08 or 1.0
        axes.add_patch(Rectangle((0, row - 0.3), 1, 0.6, facecolor=BLUE_200, edgecolor="none", zorder=1))
        if bullet.value is not None:
            axes.add_patch(
                Rectangle(
                    (0, row - 0.14),
                    max(bullet.value, 0) / full,
                    0.28,
                    facecolor=BLUE_900,
                    edgecolor="none",
                    zorder=2,
                )
            )
        if bullet.target is not None:
            axes.plot(
                [bullet.target / full] * 2, [row - 0.27, row + 0.27], color=INK, linewidth=2.6, solid_capstyle="butt",
                path_effects=canvas.line_halo(5), zorder=4,
            )  # fmt: skip
        if bullet.baseline is not None:
            axes.plot(
                [bullet.baseline / full], [row], "D", markersize=5.5, markerfacecolor=WHITE, markeredgecolor=ORANGE_800,
                markeredgewidth=1.5, zorder=5,
            )  # fmt: skip
        axes.text(-0.02, row, clean(bullet.label), ha="right", va="center")
        axes.text(1.02, row - 0.14, _written(bullet.value, bullet.unit, write), va="center", weight="bold")
        measured = [
            f"{label} {write(number)}"
            for label, number in ((target_label, bullet.target), (baseline_label, bullet.baseline))
            if number is not None
        ]
        axes.text(
            1.02, row + 0.2, clean("  ".join(measured)), va="center", fontsize=SMALL_TEXT_SIZE, color=SOFT_INK
        )
    canvas.legend_above(
        axes,
        [
            Patch(facecolor=BLUE_900, label=clean(value_label)),
            Line2D([], [], linestyle="", marker="|", color=INK, markersize=10, markeredgewidth=2.6, label=clean(target_label)),
            Line2D([], [], linestyle="", marker="D", markersize=5.5, markerfacecolor=WHITE, markeredgecolor=ORANGE_800,
                   markeredgewidth=1.5, label=clean(baseline_label)),
        ],
    )  # fmt: skip
    return canvas.finished(drawing, kind)


def _written(value: float | None, unit: str, write: Callable[[float], str]) -> str:
    return "–" if value is None else clean(f"{write(value)}{unit}")
