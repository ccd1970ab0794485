"""One scenario: its proposals, its money, what it cannot keep and what its rules cost; as page, chart and CSV."""

from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label_of_field
from kernel.documents.tables import stream_csv
from kernel.fragments import progress_part, wants_part
from kernel.jobs.states import JobState
from kernel.languages import localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.templatetags.kernel import fiscal_year_short
from program.enums import CallState
from review.enums import ScenarioKind
from review.models import Scenario
from review.permissions import may_propose
from review.portfolio import Portfolio, portfolio_of
from review.queries import waiting_decision
from review.rules.means import in_words
from review.scenario_words import Words, inside, money_rows, sum_of_scenario
from review.views.pools import crumbs
from review.views.scenarios import address, found_scenario, is_computing
from review.views.shown import proposal_title, rank_words, tabs_of

MILLION = 1_000_000


@reads
def scenario(request: HttpRequest, public_id: str) -> HttpResponse:
    """A scenario, or how far its computation is; asked by htmx, the inside of the progress box."""
    found = found_scenario(request, public_id)
    if is_computing(found) or (found.job is not None and wants_part(request)):
        return _progress(request, found)
    whole = portfolio_of(request.user, found.call)
    words = Words(whole)
    chosen = set(found.chosen)
    outcome = found.outcome
    context = {
        "scenario": found,
        "call": found.call,
        "kind": label_of_field(found, "kind"),
        "sum": sum_of_scenario(whole, found),
        "missed": [words.missed(one) for one in outcome.get("missed", [])],
        "prices": [words.price(one) for one in outcome.get("prices", [])],
        "basis": words.basis(found.wishes.get("both_from")) if found.wishes.get("only_both") else [],
        "gap": f"{outcome['gap']:.1%}" if outcome.get("gap") else "",
        "is_best": found.kind == ScenarioKind.BEST and not outcome.get("missed"),
        "money": money_rows(whole, found),
        "figure": _figure(whole, found),
        "rows": [
            {
                "proposal": entry.proposal,
                "title": proposal_title(entry.proposal),
                "rank": rank_words(entry.row.rank, entry.row.is_shared),
                "mean": in_words(entry.row.overall),
                "asked": sum(
                    yen
                    for (agency, _year), yen in entry.costs.items()
                    if agency == found.call.lead_agency.public_id
                ),
                "is_in": entry.key in chosen,
            }
            for entry in whole.entries
        ],
        "tabs": tabs_of(request.user, found.call, "portfolio"),
        "moves": _moves(request, found),
        "breadcrumbs": crumbs(found.call, found.title),
    }
    return render(request, "review/scenario.html", context)


def _progress(request: HttpRequest, found: Scenario) -> HttpResponse:
    job = found.job
    has_ended = job is None or job.has_ended
    state = {
        "label": found.title,
        "state_label": label_of_field(job, "state") if job else "",
        "percent": job.percent if job else 100,
        "result_url": address("scenario", found) if found.outcome else "",
        "result_label": _("Open the scenario") if found.outcome else "",
    }
    if wants_part(request):
        return progress_part(request, state, has_ended=has_ended)
    context = {
        **state,
        "scenario": found,
        "call": found.call,
        "has_ended": has_ended,
        "failed": job is not None and job.state == JobState.FAILED,
        "poll_url": address("scenario", found),
        "moves": _moves(request, found),
        "breadcrumbs": crumbs(found.call, found.title),
    }
    return render(request, "review/scenario_progress.html", context)


def _moves(request: HttpRequest, found: Scenario) -> list[Move]:
    moves = []
    is_open = found.call.state == CallState.REVIEW and waiting_decision(found.call) is None
    if found.outcome and is_open and may_propose(request.user, found.call):
        url = reverse("review:decision_propose", args=[found.call.public_id])
        moves.append(
            Move(_("Begin the decision with it"), f"{url}?scenario={found.public_id}", tone="primary")
        )
    moves.append(Move(_("Change the scenario"), address("scenario_edit", found)))
    if found.outcome:
        moves.append(Move(_("Table as CSV"), address("scenario_csv", found)))
    discard = _("The scenario is thrown away. No proposal and no envelope changes.")
    moves.append(Move(_("Discard"), address("scenario_discard", found), "post", "danger", discard))
    return moves


def _figure(whole: Portfolio, found: Scenario) -> dict[str, Any]:
    """The lead agency's years: what the scenario takes of what is left."""
    rows = [row for row in money_rows(whole, found) if row.agency == whole.call.lead_agency.short_name]
    over = [row for row in rows if row.over]
    finding = (
        ngettext(
            "%(count)s fiscal year asks for more than is there.",
            "%(count)s fiscal years ask for more than is there.",
            len(over),
        )
        % {"count": len(over)}
        if over
        else _("The scenario stays within the money of every fiscal year.")
    )
    return {
        "title": _("%(agency)s: the scenario beside what is there (million yen)")
        % {"agency": whole.call.lead_agency.short_name},
        "finding": finding,
        "src": address("scenario_chart", found),
        "alt": finding,
        "headers": [_("Fiscal year"), _("In the scenario"), _("May take")],
        "rows": [
            {"head": fiscal_year_short(r.year), "cells": [_millions(r.taken), _millions(_bound(r))]}
            for r in rows
        ],
        "csv_url": address("scenario_csv", found),
    }


def _bound(row: Any) -> int | None:
    return row.limit if row.limit is not None else row.left


def _millions(yen: int | None) -> str:
    return "–" if yen is None else f"{yen / MILLION:,.1f}"


@reads
def scenario_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import Segment, envelope_use  # matplotlib is slow to load

    found = found_scenario(request, public_id)
    whole = portfolio_of(request.user, found.call)
    rows = [row for row in money_rows(whole, found) if row.agency == whole.call.lead_agency.short_name]
    svg = envelope_use(
        [fiscal_year_short(row.year) for row in rows],
        [(_bound(row) or 0) / MILLION for row in rows],
        [Segment(_("In the scenario"), [row.taken / MILLION for row in rows])],
        envelope_label=_("May take"),
        unit=_("million yen"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def scenario_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    found = found_scenario(request, public_id)
    whole = portfolio_of(request.user, found.call)
    chosen = {entry.key for entry in inside(whole, found)}
    keys = [(agency, year) for agency in whole.agencies for year in whole.years]
    headings = [
        _("Rank"),
        _("Number"),
        _("Title of the research"),
        _("Mean of the agencies"),
        _("In the scenario"),
        *(
            _("%(agency)s, fiscal year %(year)s (yen)") % {"agency": agency.short_name, "year": year}
            for agency, year in keys
        ),
    ]
    rows = (
        [
            entry.row.rank,
            entry.proposal.receipt_number or "",
            localized(entry.proposal, "title"),
            in_words(entry.row.overall),
            _("yes") if entry.key in chosen else _("no"),
            *(entry.costs.get((agency.public_id, year), 0) for agency, year in keys),
        ]
        for entry in whole.entries
    )
    response = StreamingHttpResponse(stream_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.call.code}-scenario.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
