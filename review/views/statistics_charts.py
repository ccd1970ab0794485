"""The charts of the statistics: each is an SVG, with its finding, its numbers and the same CSV."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.methods import reads
from kernel.pages import part_of
from review.figures import Row, common_scale
from review.reading import Pair, Reading, pairs_of, reading_of, strips_of
from review.rules.means import NOTHING, in_words
from review.views.statistics import SHOWN, Asked, asked, ordered
from review.views.statistics_words import decimals

SVG = "image/svg+xml"


def _number(row: Row) -> str:
    return str(row.proposal.receipt_number or row.proposal.public_id)


def _address(of: Asked, name: str, *more: str, page: int | None = None) -> str:
    address = reverse(f"review:{name}", args=[of.call.public_id, *more]) + of.query
    return f"{address}&page={page}" if page else address


def _csv(of: Asked) -> str:
    return reverse("review:statistics_csv", args=[of.call.public_id]) + of.query


def intervals_figure(of: Asked, reading: Reading, rows: Sequence[Row], page: int) -> dict[str, Any]:
    """Adjusted ranks with their intervals: how many cannot be told from the line."""
    found = reading.adjusted
    near = [a for a in found.values() if of.line and a.rank_low <= of.line < a.rank_high]
    if of.line:
        finding = _(
            "Of %(all)s proposals, %(near)s have a rank whose 95%% interval lies on both sides of the line behind rank %(line)s."
        ) % {"all": len(found), "near": len(near), "line": of.line}
    else:
        wide = max((a.rank_high - a.rank_low for a in found.values()), default=0)
        finding = _("The widest 95%% interval of a rank goes over %(places)s places.") % {"places": wide}
    return {
        "title": _("Adjusted rank with its 95% interval"),
        "finding": finding,
        "src": _address(of, "statistics_intervals", page=page),
        "alt": finding,
        "headers": [_("Proposal"), _("Adjusted rank"), _("from"), _("to")],
        "rows": [
            {"head": _number(row), "cells": [one.rank, one.rank_low, one.rank_high]}
            for row in rows
            if (one := found.get(row.proposal.public_id))
        ],
        "csv_url": _csv(of),
    }


def strips_figure(of: Asked, rows: Sequence[Row], page: int) -> dict[str, Any]:
    """A dot a review: where reviewers are of two minds."""
    groups = strips_of(of.board, [row.proposal.public_id for row in rows])
    spreads = []
    for index, row in enumerate(rows):
        values = [value for _agency, strips in groups for value in strips[index]]
        if values:
            spreads.append((max(values) - min(values), _number(row)))
    finding = _("No review is submitted yet.")
    if spreads:
        widest, number = max(spreads)
        finding = _("The reviews lie farthest apart for %(number)s: %(points)s points.") % {
            "number": number,
            "points": decimals(widest),
        }
    return {
        "title": _("A dot for each review, by proposal"),
        "finding": finding,
        "src": _address(of, "statistics_strips", page=page),
        "alt": finding,
        "headers": [_("Proposal"), *(agency.short_name for agency, _strips in groups)],
        "rows": [
            {
                "head": _number(row),
                "cells": [
                    ", ".join(decimals(value) for value in sorted(strips[index], reverse=True)) or NOTHING
                    for _agency, strips in groups
                ],
            }
            for index, row in enumerate(rows)
        ],
        "csv_url": _csv(of),
    }


def _points(of: Asked, pair: Pair) -> list[tuple[Row, Any, Any]]:
    """The proposals that both of a pair scored, with the two means."""
    places = {side.agency.pk: index for index, side in enumerate(of.board.sides)}
    found = []
    for row in of.board.rows:
        one, other = (row.cells[places[side.pk]].figure for side in (pair.first, pair.second))
        if one and other and one.mean is not None and other.mean is not None:
            found.append((row, one.mean, other.mean))
    return found


def pairs_figures(of: Asked, pairs: Sequence[Pair]) -> list[dict[str, Any]]:
    """Each two agencies' means against each other, with the diagonal on which they agree."""
    figures = []
    for pair in pairs:
        points = _points(of, pair)
        names = {"first": pair.first.short_name, "second": pair.second.short_name}
        if not points:
            continue
        row, one, other = max(points, key=lambda point: abs(point[1] - point[2]))
        finding = _(
            "%(first)s and %(second)s lie farthest apart on %(number)s: %(one)s against %(other)s."
        ) % {
            **names,
            "number": _number(row),
            "one": in_words(one),
            "other": in_words(other),
        }
        figures.append(
            {
                "title": _("%(first)s against %(second)s") % names,
                "finding": finding,
                "src": _address(of, "statistics_pair", pair.first.public_id, pair.second.public_id),
                "alt": finding,
                "headers": [_("Proposal"), names["first"], names["second"]],
                "rows": [
                    {"head": _number(row), "cells": [in_words(one), in_words(other)]}
                    for row, one, other in points
                ],
                "csv_url": reverse("review:board_csv", args=[of.call.public_id]),
            }
        )
    return figures


@reads
def statistics_intervals(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import Interval, rank_intervals  # matplotlib is slow to load

    of = asked(request, public_id)
    reading = reading_of(of.call, of.board, of.view, of.line)
    if reading.fit is None:
        raise Http404
    rows = part_of(ordered(of, reading), request, size=SHOWN).objects
    found = reading.adjusted
    bars = [
        Interval(_number(row), one.rank, one.rank_low, one.rank_high)
        for row in rows
        if (one := found.get(row.proposal.public_id))
    ]
    svg = rank_intervals(
        bars,
        line=of.line,
        most=max((one.rank_high for one in found.values()), default=1),
        rank_label=_("Adjusted rank"),
        interval_label=_("95% interval"),
        line_label=_("Funding line"),
    )
    return HttpResponse(svg, content_type=SVG)


@reads
def statistics_strips(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import ScoreGroup, dot_strips

    of = asked(request, public_id)
    reading = reading_of(of.call, of.board, of.view, of.line)
    rows = list(part_of(ordered(of, reading), request, size=SHOWN).objects)
    groups = strips_of(of.board, [row.proposal.public_id for row in rows])
    svg = dot_strips(
        [_number(row) for row in rows],
        [ScoreGroup(agency.short_name, strips) for agency, strips in groups][:4],
        scale=common_scale(of.call),
        mean_label=_("Mean"),
    )
    return HttpResponse(svg, content_type=SVG)


@reads
def statistics_pair(request: HttpRequest, public_id: str, first_id: str, second_id: str) -> HttpResponse:
    from kernel.documents.charts import Pair as Point
    from kernel.documents.charts import agency_against_agency

    of = asked(request, public_id)
    pair = next(
        (
            one
            for one in pairs_of(of.board, None)
            if (one.first.public_id, one.second.public_id) == (first_id, second_id)
        ),
        None,
    )
    if pair is None:
        raise Http404
    svg = agency_against_agency(
        [Point(_number(row), float(one), float(other)) for row, one, other in _points(of, pair)],
        first_label=pair.first.short_name,
        second_label=pair.second.short_name,
        scale=common_scale(of.call),
        agreement_label=_("where both agree"),
    )
    return HttpResponse(svg, content_type=SVG)
