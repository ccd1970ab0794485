"""The portfolio of a call: scenarios side by side, each with its money, what it cannot keep and what its rules cost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label, label_of_field
from kernel.documents.tables import stream_csv
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.states import JobState
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from kernel.templatetags.kernel import fiscal_year_short
from program.models import Call
from program.views.answering import carried_out, only_if, posted
from review.actions.scenarios import change_scenario, discard_scenario, make_scenario, shape_of
from review.enums import ScenarioKind
from review.forms.scenarios import ScenarioForm, initial_of
from review.models import Scenario
from review.permissions import may_plan, may_propose
from review.portfolio import Portfolio, portfolio_of, scenarios_visible_to
from review.queries import agencies_today, locks_of, waiting_decision
from review.rules.means import in_words
from review.scenario_words import Words, inside, money_rows, sum_of_scenario
from review.views.pools import call_or_404, crumbs
from review.views.shown import behalf_words, proposal_title, rank_words, tabs_of

MILLION = 1_000_000


def _planning(request: HttpRequest, public_id: str) -> Call:
    """The call, for officers without a conflict in it."""
    call = call_or_404(request, public_id)
    only_if(_own_agency(request, call) is not None)
    return call


def _own_agency(request: HttpRequest, call: Call) -> Any:
    own = [agency for agency in agencies_today(call) if may_plan(request.user, call, agency)]
    return own[0] if own else None


def _found(request: HttpRequest, public_id: str) -> Scenario:
    """One of the reader's agency's scenarios, of a call with which they have no conflict."""
    scenario = get_object_or_404(scenarios_visible_to(request.user), public_id=public_id)
    scenario.call = call_or_404(request, scenario.call.public_id)
    only_if(may_plan(request.user, scenario.call, scenario.agency))
    return scenario


def _address(name: str, scenario: Scenario) -> str:
    return reverse(f"review:{name}", args=[scenario.public_id])


@reads
def portfolio(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _planning(request, public_id)
    found = portfolio_of(request.user, call)
    own = list(scenarios_visible_to(request.user).filter(call=call))
    new = Move(_("New scenario"), reverse("review:scenario_new", args=[public_id]), tone="primary")
    context = {
        "call": call,
        "all_locked": found.board.all_locked,
        "scenarios": [
            {
                "scenario": one,
                "url": _address("scenario", one),
                "kind": label(ScenarioKind(one.kind)),
                "sum": sum_of_scenario(found, one),
                "is_computing": _is_computing(one),
            }
            for one in own
        ],
        "rows": [
            {
                "proposal": entry.proposal,
                "title": proposal_title(entry.proposal),
                "rank": rank_words(entry.row.rank, entry.row.is_shared),
                "places": [{"title": one.title, "is_in": entry.key in one.chosen} for one in own],
            }
            for entry in found.entries
        ]
        if own
        else [],
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "portfolio"),
        "moves": [new] if found.board.all_locked else [],
        "breadcrumbs": crumbs(call, _("Portfolio")),
    }
    return render(request, "review/portfolio.html", context)


def _is_computing(scenario: Scenario) -> bool:
    return scenario.kind == ScenarioKind.BEST and not scenario.outcome


@reads_and_writes
@idempotent
def scenario_new(request: HttpRequest, public_id: str) -> HttpResponse:
    call = _planning(request, public_id)
    found = portfolio_of(request.user, call)
    if not found.board.all_locked:
        messages.info(request, _("Scenarios can be made once every agency has locked its scores."))
        return redirect("review:portfolio", public_id=public_id)
    form = ScenarioForm(posted(request), portfolio=found, initial=initial_of(found))
    done, made = carried_out(
        request,
        form,
        lambda values: make_scenario(
            call=call,
            agency=_own_agency(request, call),
            by=request.user,
            title=values["title"],
            kind=values["kind"],
            settings=form.settings(),
        ),
        _("The scenario is kept. It changes no proposal and no envelope."),
    )
    if done:
        return redirect(_address("scenario", made))
    return _form_page(
        request, call, form, found, _("New scenario"), reverse("review:portfolio", args=[public_id])
    )


@reads_and_writes
@idempotent
def scenario_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    scenario = _found(request, public_id)
    found = portfolio_of(request.user, scenario.call)
    initial = {"title": scenario.title, "kind": scenario.kind, **initial_of(found, scenario.wishes)}
    form = ScenarioForm(
        posted(request), portfolio=found, initial=initial, seen=fingerprint(shape_of(scenario))
    )
    done, changed = carried_out(
        request,
        form,
        lambda values: change_scenario(
            scenario=scenario,
            by=request.user,
            title=values["title"],
            kind=values["kind"],
            settings=form.settings(),
            seen=values["seen"],
        ),
        _("The scenario is kept. It changes no proposal and no envelope."),
    )
    if done:
        return redirect(_address("scenario", changed))
    return _form_page(
        request, scenario.call, form, found, _("Change the scenario"), _address("scenario", scenario)
    )


def _form_page(
    request: HttpRequest, call: Call, form: ScenarioForm, found: Portfolio, heading: str, back: str
) -> HttpResponse:
    fields = [form[f"field_{key}"] for key in found.fields]
    context = {
        "call": call,
        "form": form,
        "heading": heading,
        "purses": [
            {
                "agency": agency.short_name,
                "cells": [
                    {
                        "year": year,
                        "field": form[f"purse_{agency.public_id}_{year}"],
                        "left": found.purses.get((agency.public_id, year)),
                    }
                    for year in found.years
                ],
            }
            for agency in found.agencies
        ],
        "minimums": [*fields, *(form[f"country_{code}"] for code in found.countries)],
        "rows": [
            {
                "proposal": entry.proposal,
                "title": proposal_title(entry.proposal),
                "rank": rank_words(entry.row.rank, entry.row.is_shared),
                "field": form[f"place_{entry.key}"],
            }
            for entry in found.entries
        ],
        "cancel_url": back,
        "breadcrumbs": crumbs(call, heading),
    }
    return render(request, "review/scenario_form.html", context)


@reads
def scenario(request: HttpRequest, public_id: str) -> HttpResponse:
    """A scenario, or how far its computation is; asked by htmx, the inside of the progress box."""
    found = _found(request, public_id)
    if _is_computing(found) or wants_part(request):
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
        "result_url": _address("scenario", found) if found.outcome else "",
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
        "poll_url": _address("scenario", found),
        "moves": _moves(request, found),
        "breadcrumbs": crumbs(found.call, found.title),
    }
    return render(request, "review/scenario_progress.html", context)


def _moves(request: HttpRequest, found: Scenario) -> list[Move]:
    moves = []
    if found.outcome and may_propose(request.user, found.call) and waiting_decision(found.call) is None:
        url = reverse("review:decision_propose", args=[found.call.public_id])
        moves.append(
            Move(_("Begin the decision with it"), f"{url}?scenario={found.public_id}", tone="primary")
        )
    moves.append(Move(_("Change the scenario"), _address("scenario_edit", found)))
    if found.outcome:
        moves.append(Move(_("Table as CSV"), _address("scenario_csv", found)))
    discard = _("The scenario is thrown away. No proposal and no envelope changes.")
    moves.append(Move(_("Discard"), _address("scenario_discard", found), "post", "danger", discard))
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
        "src": _address("scenario_chart", found),
        "alt": finding,
        "headers": [_("Fiscal year"), _("In the scenario"), _("May take")],
        "rows": [
            {"head": fiscal_year_short(r.year), "cells": [_millions(r.taken), _millions(_bound(r))]}
            for r in rows
        ],
        "csv_url": _address("scenario_csv", found),
    }


def _bound(row: Any) -> int | None:
    return row.limit if row.limit is not None else row.left


def _millions(yen: int | None) -> str:
    return "–" if yen is None else f"{yen / MILLION:,.1f}"


@reads
def scenario_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts import Segment, envelope_use  # matplotlib is slow to load

    found = _found(request, public_id)
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
    found = _found(request, public_id)
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


@writes
@idempotent
def scenario_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _found(request, public_id)
    discard_scenario(scenario=found, by=request.user)
    messages.success(request, _("The scenario is discarded."))
    return redirect("review:portfolio", public_id=found.call.public_id)
