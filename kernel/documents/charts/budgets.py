"""Amounts against what they may not exceed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.patches import Patch

from kernel.documents.charts import canvas
from kernel.documents.charts.canvas import (
    BLUE_50,
    BLUE_200,
    BLUE_900,
    GRID,
    INK,
    ORANGE_50,
    ORANGE_800,
    SMALL_TEXT_SIZE,
    WHITE,
    Format,
    Size,
    clean,
    cleaned,
    thousands,
)

_OVER: Final[dict[str, Any]] = {"facecolor": ORANGE_50, "edgecolor": ORANGE_800, "hatch": "////", "zorder": 2}
_FILLS: Final[list[dict[str, Any]]] = [
    {"facecolor": BLUE_900, "edgecolor": BLUE_900},
    {"facecolor": BLUE_200, "edgecolor": BLUE_900, "hatch": "////"},
    {"facecolor": BLUE_50, "edgecolor": BLUE_900, "hatch": "\\\\"},
    {"facecolor": WHITE, "edgecolor": BLUE_900, "hatch": "----"},
]
_HEIGHT_OF_TEXT: Final = 0.09  # of the tallest bar: what a figure above a bar takes


def budget_against_cap(
    years: Sequence[str],
    amounts: Sequence[float],
    cap: float | Sequence[float | None] | None,
    *,
    cap_label: str,
    over_label: str,
    unit: str,
    write: Callable[[float], str] = thousands,
    size: Size = (canvas.PAGE_WIDTH, 80),
    kind: Format = "svg",
) -> bytes:
    """A bar for each year, the cap as a line across them, and what lies above the cap hatched in another colour.

    `years`: labels ("令和9年度"), one for each of `amounts`. `cap`: one for all years, or one a year (None: no cap that
    year), or None. All in one unit, which `unit` names at the axis ("百万円"). `cap_label` is written at the line's end
    ("上限 100百万円"); `over_label` names the hatching in the legend, which is there only if a year is above its cap.
    """
    drawing, axes = canvas.figure(size)
    caps = list(cap) if isinstance(cap, Sequence) else [cap] * len(amounts)
    places = range(len(amounts))
    width = 0.56
    within = [
        amount if limit is None else min(amount, limit) for amount, limit in zip(amounts, caps, strict=True)
    ]
    over = [amount - inside for amount, inside in zip(amounts, within, strict=True)]
    axes.bar(places, within, width, color=BLUE_900, zorder=2)
    for place, base, excess in zip(places, within, over, strict=True):
        if excess > 0:
            axes.bar(place, excess, width, bottom=base, **_OVER)
    known = [limit for limit in caps if limit is not None]
    top = max([*amounts, *known, 1])
    for place, amount, limit in zip(places, amounts, caps, strict=True):
        if limit is not None:
            # A halo would cut the top off a bar that reaches the cap exactly: it would seem to end below the line.
            halo = [] if amount == limit else canvas.line_halo(4.6)
            axes.plot(
                [place - 0.5, place + 0.5], [limit, limit], color=INK, linewidth=1.6, solid_capstyle="butt",
                path_effects=halo, zorder=4,
            )  # fmt: skip
    for place, amount, limit in zip(places, amounts, caps, strict=True):
        # A figure that the cap would strike through stands above it.
        crossed = limit is not None and limit - top * _HEIGHT_OF_TEXT < amount < limit
        foot = limit if crossed and limit is not None else amount
        axes.annotate(
            write(amount), (place, foot), xytext=(0, 3.5), textcoords="offset points", ha="center", va="bottom",
            bbox=canvas.ON_WHITE, zorder=5,
        )  # fmt: skip
    if known and caps[-1] is not None:
        axes.annotate(
            clean(cap_label), (len(caps) - 0.5, caps[-1]), xytext=(4, 0), textcoords="offset points", va="center",
            annotation_clip=False,
        )  # fmt: skip
    canvas.value_axis(axes, write, unit)
    axes.set_ylim(min(0, *amounts), top * 1.16)
    canvas.name_places(axes, years)
    if any(excess > 0 for excess in over):
        canvas.legend_above(axes, [Patch(label=clean(over_label), **_OVER)])
    return canvas.finished(drawing, kind)


@dataclass(frozen=True)
class Segment:
    """One kind of use ("支出済"), with its amount in each row."""

    label: str
    amounts: Sequence[float]


def envelope_use(
    rows: Sequence[str],
    envelopes: Sequence[float],
    segments: Sequence[Segment],
    *,
    envelope_label: str,
    unit: str,
    write: Callable[[float], str] = thousands,
    size: Size | None = None,
    kind: Format = "svg",
) -> bytes:
    """A row for each envelope (a year, an agency): what is used of it, by kind, inside the outline of the whole.

    `segments`, at most four, are laid end to end in their order, so they must not overlap: paid, then awarded but not
    yet paid, then reserved. Each has its own lightness and pattern. At the end of a row stands the share used.
    """
    if len(segments) > len(_FILLS):
        raise ValueError(f"at most {len(_FILLS)} segments can be told apart")
    drawing, axes = canvas.figure(size or (canvas.PAGE_WIDTH, 24 + 11 * len(rows)))
    places = range(len(rows))
    height = 0.58
    used = [0.0] * len(rows)
    for segment, fill in zip(segments, _FILLS, strict=False):
        axes.barh(places, segment.amounts, height, left=used, label=clean(segment.label), zorder=2, **fill)
        used = [before + amount for before, amount in zip(used, segment.amounts, strict=True)]
    axes.barh(places, envelopes, height, facecolor="none", edgecolor=INK, linewidth=1.2, zorder=3)
    for place, amount, whole in zip(places, used, envelopes, strict=True):
        share = f"{amount / whole:.0%}" if whole else "–"
        axes.annotate(
            f"{write(amount)} / {write(whole)}  {share}", (max(amount, whole), place), xytext=(5, 0),
            textcoords="offset points", va="center", fontsize=SMALL_TEXT_SIZE,
        )  # fmt: skip
    axes.set_yticks(places, cleaned(rows))
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, max([*used, *envelopes, 1]) * 1.24)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _position: write(value))
    axes.set_xlabel(clean(unit))
    outline = Patch(facecolor=WHITE, edgecolor=INK, linewidth=1.2, label=clean(envelope_label))
    handles = [
        Patch(label=clean(segment.label), **fill) for segment, fill in zip(segments, _FILLS, strict=False)
    ]
    canvas.legend_above(axes, [*handles, outline])
    return canvas.finished(drawing, kind)
