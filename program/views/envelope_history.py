"""How a programme's envelopes came to be what they are: a chart an agency, with every change and its reason beside it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label_of_field
from kernel.documents.tables import instant_heading, stream_csv
from kernel.languages import localized
from kernel.methods import reads
from kernel.money import format_amount, minor_digits
from kernel.templatetags.kernel import fiscal_year, fiscal_year_short, money, unit_words
from program.enums import EnvelopeEntryKind
from program.envelopes import AgencyHistory, EntryRow, YearChanges, agency_histories, entry_rows
from program.models import Programme
from program.permissions import may_keep_programme
from program.queries import programmes_visible_to
from program.views.answering import only_if, trail

MILLION = 1_000_000


def _programme(request: HttpRequest, public_id: str) -> tuple[Programme, list[EntryRow]]:
    """The programme of an address, with the entries that the reader may see."""
    programme = get_object_or_404(programmes_visible_to(request.user), public_id=public_id)
    rows = entry_rows(request.user, programme)
    only_if(bool(rows) or may_keep_programme(request.user, programme))
    return programme, rows


@reads
def envelope_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every change of a programme's envelopes in the order in which it was entered, with its reason and the sums after it."""
    programme, rows = _programme(request, public_id)
    back = reverse("program:programme_page", args=[programme.public_id])
    context = {
        "programme": programme,
        "rows": rows,
        "histories": [_history(programme, history) for history in agency_histories(rows)],
        "csv_url": reverse("program:envelope_history_csv", args=[programme.public_id]),
        "breadcrumbs": trail((localized(programme, "title"), back), (_("History of the envelopes"), "")),
    }
    return render(request, "program/envelope_history.html", context)


def _history(programme: Programme, history: AgencyHistory) -> dict[str, Any]:
    currency = programme.currency
    chart = reverse("program:envelope_chart", args=[programme.public_id, history.agency.public_id])
    csv = reverse("program:envelope_history_csv", args=[programme.public_id])
    return {
        "agency": history.agency,
        "figure": {
            "title": f"{localized(history.agency, 'name')} ({unit_words(currency)})",
            "finding": _finding(history, currency),
            "src": chart,
            "alt": _finding(history, currency),
            "headers": [
                _("Fiscal year"),
                _("Requested"),
                _("Given at first"),
                _("Added"),
                _("Taken away"),
                _("Stands at"),
            ],
            "rows": [
                {
                    "head": fiscal_year(year.year),
                    "cells": [format_amount(amount, currency) for amount in _amounts(year)],
                }
                for year in history.years
            ],
            "csv_url": f"{csv}?agency={history.agency.public_id}",
        },
        "changes": [
            {
                "year": fiscal_year(row.entry.envelope.fiscal_year),
                "kind": label_of_field(row.entry, "kind"),
                "amount": money(row.entry.amount, currency),
                "reason": row.entry.reason,
                "at": row.entry.at,
            }
            for row in history.entries
        ],
    }


def _amounts(year: YearChanges) -> list[int]:
    return [year.asked, year.given, year.added, year.taken, year.stands]


def _finding(history: AgencyHistory, currency: str) -> str:
    """One sentence: what all years come to, and how often that was changed after it was given."""
    later = (EnvelopeEntryKind.ADDITION, EnvelopeEntryKind.REDUCTION)
    changes = sum(row.entry.kind in later for row in history.entries)
    values = {
        "agency": history.agency.short_name,
        "given": money(sum(year.given for year in history.years), currency),
        "stands": money(sum(year.stands for year in history.years), currency),
        "changes": changes,
    }
    if not changes:
        return _("%(agency)s was given %(given)s in all; nothing was changed since.") % values
    return (
        ngettext(
            "%(agency)s was given %(given)s in all; after %(changes)s change it stands at %(stands)s.",
            "%(agency)s was given %(given)s in all; after %(changes)s changes it stands at %(stands)s.",
            changes,
        )
        % values
    )


@reads
def envelope_chart(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    from kernel.documents.charts.changes import Changed, amounts_with_changes  # matplotlib is slow to load

    programme, rows = _programme(request, public_id)
    found = [one for one in agency_histories(rows) if one.agency.public_id == agency_id]
    if not found:
        raise Http404
    years = found[0].years
    unit = MILLION * 10 ** minor_digits(programme.currency)
    svg = amounts_with_changes(
        [fiscal_year_short(year.year) for year in years],
        [
            Changed(year.asked / unit, year.given / unit, year.added / unit, year.taken / unit)
            for year in years
        ],
        asked_label=_("Requested"),
        given_label=_("Given at first"),
        added_label=_("Added"),
        taken_label=_("Taken away"),
        unit=_("million yen")
        if programme.currency == "JPY"
        else _("million %(currency)s") % {"currency": programme.currency},
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def envelope_history_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """Every entry with its reason and the sums after it; of one agency where the address names it."""
    programme, rows = _programme(request, public_id)
    asked = request.GET.get("agency", "")
    unit, digits = unit_words(programme.currency), minor_digits(programme.currency)
    headings = [
        instant_heading(_("When")),
        _("Agency"),
        _("Fiscal year"),
        _("Entry"),
        f"{_('Amount')} ({unit})",
        f"{_('Sum of the year')} ({unit})",
        f"{_('Sum of the agency')} ({unit})",
        _("Reason"),
        _("Source"),
    ]

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            entry, agency = row.entry, row.entry.envelope.agency
            if asked in ("", agency.public_id):
                yield [
                    entry.at,
                    agency.short_name,
                    entry.envelope.fiscal_year,
                    label_of_field(entry, "kind"),
                    *(Decimal(one).scaleb(-digits) for one in (entry.amount, row.year_sum, row.agency_sum)),
                    entry.reason,
                    entry.source,
                ]

    response = StreamingHttpResponse(stream_csv(headings, lines()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="envelope-history.csv"'
    return response
