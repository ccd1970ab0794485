"""Envelopes: what each agency asked for, was given, has committed and has paid, by fiscal year."""

from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.documents.tables import stream_csv
from kernel.languages import localized
from kernel.methods import reads
from kernel.templatetags.kernel import fiscal_year, fiscal_year_short, money
from program.models import Envelope
from projects.permissions import may_see_envelopes
from projects.queries import EnvelopeUse, envelope_uses, envelopes_visible_to
from projects.views.shared import in_unit, written

MILLION = 1_000_000
Group = list[tuple[Envelope, EnvelopeUse]]


def _visible(request: HttpRequest) -> QuerySet[Envelope]:
    if not may_see_envelopes(request.user):
        raise Http404
    return envelopes_visible_to(request.user).order_by(
        "programme__code", "agency__short_name", "agency_id", "fiscal_year"
    )


def _of(request: HttpRequest, programme_id: str, agency_id: str) -> Group:
    """One agency's envelopes of one programme, as far as the reader may see them."""
    found = envelope_uses(
        _visible(request).filter(programme__public_id=programme_id, agency__public_id=agency_id)
    )
    if not found:
        raise Http404
    return found


@reads
def envelopes(request: HttpRequest) -> HttpResponse:
    every = envelope_uses(_visible(request))
    groups = groupby(every, key=lambda pair: (pair[0].programme_id, pair[0].agency_id))
    tables = [_table(list(group)) for _key, group in groups]
    breadcrumbs = [
        {"label": _("Projects"), "url": reverse("projects:projects")},
        {"label": _("Envelopes"), "url": ""},
    ]
    return render(request, "projects/envelopes.html", {"tables": tables, "breadcrumbs": breadcrumbs})


def _cells(use: EnvelopeUse, currency: str) -> list[str]:
    amounts = (use.requested, use.appropriated, use.committed, use.paid, use.left)
    return [written(amount, currency) for amount in amounts]


def _table(group: Group) -> dict[str, Any]:
    envelope = group[0][0]
    currency, uses = envelope.programme.currency, [use for _envelope, use in group]
    total = EnvelopeUse(
        None,
        sum(use.requested for use in uses),
        sum(use.appropriated for use in uses),
        sum(use.committed for use in uses),
        sum(use.paid for use in uses),
    )
    key = [envelope.programme.public_id, envelope.agency.public_id]
    values = {
        "committed": money(total.committed, currency),
        "appropriated": money(total.appropriated, currency),
        "left": money(total.left, currency),
    }
    finding = _("Of %(appropriated)s in all, %(committed)s are committed and %(left)s are left.") % values
    rows = [{"head": fiscal_year(use.fiscal_year or 0), "cells": _cells(use, currency)} for use in uses]
    sums = {"head": _("Total"), "cells": _cells(total, currency)}
    return {
        "key": envelope.public_id,
        "agency": envelope.agency,
        "programme": envelope.programme,
        "rows": rows,
        "total": sums,
        "figure": {
            "title": in_unit(localized(envelope.agency, "name"), currency),
            "finding": finding,
            "src": reverse("projects:envelopes_chart", args=key),
            "alt": finding,
            "headers": [_("Fiscal year"), *_headings()],
            "rows": [*rows, sums],
            "csv_url": reverse("projects:envelopes_csv", args=key),
        },
    }


def _headings() -> list[str]:
    return [_("Requested"), _("Appropriated"), _("Committed"), _("Paid"), _("Left")]


@reads
def envelopes_chart(request: HttpRequest, programme_id: str, agency_id: str) -> HttpResponse:
    from kernel.documents.charts import Segment, envelope_use  # matplotlib is slow to load

    uses = [use for _envelope, use in _of(request, programme_id, agency_id)]
    svg = envelope_use(
        [fiscal_year_short(use.fiscal_year or 0) for use in uses],
        [use.appropriated / MILLION for use in uses],
        [
            Segment(_("Paid"), [use.paid / MILLION for use in uses]),
            # Carried-over money is paid in a later year than that in which it was committed.
            Segment(
                _("Committed, not paid yet"), [max(use.committed - use.paid, 0) / MILLION for use in uses]
            ),
        ],
        envelope_label=_("Appropriated"),
        unit=_("million yen"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def envelopes_csv(request: HttpRequest, programme_id: str, agency_id: str) -> StreamingHttpResponse:
    group = _of(request, programme_id, agency_id)
    currency = group[0][0].programme.currency
    headings = [_("Agency"), _("Fiscal year"), *(in_unit(words, currency) for words in _headings())]
    rows = [
        [
            envelope.agency.short_name,
            use.fiscal_year,
            use.requested,
            use.appropriated,
            use.committed,
            use.paid,
            use.left,
        ]
        for envelope, use in group
    ]
    response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="envelopes.csv"'
    return response
