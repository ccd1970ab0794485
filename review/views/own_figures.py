"""A reviewer's own distribution against the anonymous others, after submitting: its finding, chart, numbers and CSV."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.documents.columns import Column, Kind
from kernel.documents.tables import headings_of, stream_csv
from kernel.languages import localized
from kernel.methods import reads
from program.models import Call
from program.views.answering import trail
from review.comparing import Compared, compared
from review.queries import own_assignments
from review.rules.distribution import MOST_STEPS, Share
from review.rules.means import in_words


def _call(request: HttpRequest, public_id: str) -> Call:
    own = own_assignments(request.user).values("proposal__call")
    found: Call = get_object_or_404(Call.objects.filter(pk__in=own), public_id=public_id)
    return found


def _shares_or_404(request: HttpRequest, call: Call) -> Compared:
    found = compared(request.user, call)
    if found is None or not found.shares:
        raise Http404
    return found


def _shown(found: Compared) -> Sequence[Share]:
    """All steps; of a long scale, on which a picture would have no end, those that somebody has given."""
    is_long = len(found.shares) > MOST_STEPS
    return [share for share in found.shares if not is_long or share.own or share.others]


def _finding(found: Compared) -> str:
    values = {"own": in_words(found.own_mean), "others": in_words(found.others_mean)}
    if not found.shares:
        return _(
            "Too few others have reviewed the same proposals so far: who scored what could be told from the figures."
        )
    if found.own_mean == found.others_mean:
        return _("Your scores have the same mean as the others’: %(own)s.") % values
    is_stricter = (found.own_mean or 0) < (found.others_mean or 0)
    if found.low_is_best:
        is_stricter = not is_stricter
    if is_stricter:
        return _("You score more strictly than the others: your mean is %(own)s, theirs %(others)s.") % values
    return _("You score more generously than the others: your mean is %(own)s, theirs %(others)s.") % values


@reads
def own_figures(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _call(request, public_id)
    found = compared(request.user, call)
    if found is None:
        return redirect("review:inbox")
    context = {
        "title": localized(call, "title"),
        "found": found,
        "finding": _finding(found),
        "figure": _figure(call, found),
        "breadcrumbs": trail(
            (_("My reviews"), reverse("review:inbox")), (_("Your scores and the others’"), "")
        ),
    }
    return render(request, "review/own_figures.html", context)


def _figure(call: Call, found: Compared) -> dict[str, Any]:
    return {
        "title": _("Scores by step of the scale, best first"),
        "src": reverse("review:own_figures_chart", args=[call.public_id]),
        "headers": [_("Score"), _("Yours"), _("The others’")],
        "rows": [
            {
                "head": share.step,
                "cells": [
                    f"{share.own_percent}% ({share.own})",
                    f"{share.others_percent}% ({share.others})",
                ],
            }
            for share in _shown(found)
        ],
        "csv_url": reverse("review:own_figures_csv", args=[call.public_id]),
    }


@reads
def own_figures_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import Spread, step_shares  # matplotlib is slow to load

    shares = _shown(_shares_or_404(request, _call(request, public_id)))
    svg = step_shares(
        [str(share.step) for share in shares],
        [
            Spread(_("Yours"), [share.own for share in shares]),
            Spread(_("The others’"), [share.others for share in shares]),
        ],
        share_label=_("Share of the scores"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def own_figures_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """The numbers of the chart: how many scores each step has, of one's own and of the others'."""
    call = _call(request, public_id)
    found = _shares_or_404(request, call)
    columns = [
        Column(_("Score"), Kind.INTEGER),
        Column(_("Yours"), Kind.INTEGER),
        Column(_("Yours, per cent"), Kind.INTEGER),
        Column(_("The others’"), Kind.INTEGER),
        Column(_("The others’, per cent"), Kind.INTEGER),
    ]
    rows = [
        [share.step, share.own, share.own_percent, share.others, share.others_percent]
        for share in found.shares
    ]
    response = StreamingHttpResponse(
        stream_csv(headings_of(columns), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{call.code}-own-scores.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
