"""How the reviews' means spread over the scale, agency beside agency: a chart with its finding, its numbers and its CSV."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.documents.columns import Column, Kind
from kernel.documents.tables import headings_of, stream_csv
from kernel.methods import reads
from review.figures import Board
from review.rules.distribution import counted_in, step_ranges
from review.views.statistics import Asked, asked


def _words(run: range) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def _spread(of: Asked) -> tuple[list[str], list[tuple[str, list[int]]]]:
    """The steps in words, best first, and for each open side its name and how many reviews each step has; nothing where
    no review is submitted."""
    if not of.board.given:
        return [], []
    steps = step_ranges(*of.board.scale)
    sides = [side.agency for side in of.board.sides if side.is_open]
    return [_words(run) for run in steps], [
        (agency.short_name, counted_in(_means(of.board, agency.pk), steps)) for agency in sides
    ]


def _means(board: Board, agency: int) -> list[Any]:
    return [one.mean for one in board.given if one.mean is not None and one.agency_id == agency]


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole) if whole else 0}% ({part})"


def spread_figures(of: Asked) -> list[dict[str, Any]]:
    """The figure; none where no review is submitted."""
    steps, groups = _spread(of)
    wholes = [sum(counts) for _name, counts in groups]
    if not any(wholes):
        return []
    by_step = [sum(counts[place] for _name, counts in groups) for place in range(len(steps))]
    most = max(by_step)
    finding = _("Most reviews have a mean that rounds to %(step)s: %(count)s of %(all)s.") % {
        "step": steps[by_step.index(most)],
        "count": most,
        "all": sum(wholes),
    }
    ids = [of.call.public_id]
    return [
        {
            "title": _("Means of the reviews by step of the scale, best first"),
            "finding": finding,
            "src": reverse("review:statistics_spread", args=ids),
            "alt": finding,
            "headers": [_("Mean, rounded"), *(name for name, _counts in groups)],
            "rows": [
                {
                    "head": step,
                    "cells": [
                        _percent(counts[place], whole)
                        for (_name, counts), whole in zip(groups, wholes, strict=True)
                    ],
                }
                for place, step in enumerate(steps)
            ],
            "csv_url": reverse("review:statistics_spread_csv", args=ids),
        }
    ]


@reads
def statistics_spread(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import Spread, step_shares  # matplotlib is slow to load

    steps, groups = _spread(asked(request, public_id))
    if not any(sum(counts) for _name, counts in groups):
        raise Http404
    svg = step_shares(
        steps, [Spread(name, counts) for name, counts in groups][:4], share_label=_("Share of the reviews")
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def statistics_spread_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """How many reviews of each open side have a mean that rounds to each step."""
    of = asked(request, public_id)
    steps, groups = _spread(of)
    columns = [
        Column(_("Mean, rounded"), Kind.CODE),
        *(Column(name, Kind.INTEGER) for name, _counts in groups),
    ]
    rows = [[step, *(counts[place] for _name, counts in groups)] for place, step in enumerate(steps)]
    response = StreamingHttpResponse(
        stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{of.call.code}-spread.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
