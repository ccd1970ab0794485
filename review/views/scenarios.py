"""The portfolio of a call: scenarios side by side, each with its money, what it cannot keep and what its rules cost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from program.models import Call
from program.views.answering import carried_out, only_if, posted
from review.actions.scenarios import change_scenario, discard_scenario, make_scenario, shape_of
from review.enums import ScenarioKind
from review.forms.scenarios import ScenarioForm, initial_of
from review.models import Scenario
from review.permissions import may_plan
from review.portfolio import Portfolio, portfolio_of, scenarios_visible_to
from review.queries import agencies_today, locks_of
from review.scenario_words import Words, sum_of_scenario
from review.views.pools import call_or_404, crumbs
from review.views.shown import behalf_words, proposal_title, rank_words, tabs_of


def _planning(request: HttpRequest, public_id: str) -> Call:
    """The call, for officers without a conflict in it."""
    call = call_or_404(request, public_id)
    only_if(_own_agency(request, call) is not None)
    return call


def _own_agency(request: HttpRequest, call: Call) -> Any:
    own = [agency for agency in agencies_today(call) if may_plan(request.user, call, agency)]
    return own[0] if own else None


def found_scenario(request: HttpRequest, public_id: str) -> Scenario:
    """One of the reader's agency's scenarios, of a call with which they have no conflict."""
    scenario = get_object_or_404(scenarios_visible_to(request.user), public_id=public_id)
    scenario.call = call_or_404(request, scenario.call.public_id)
    only_if(may_plan(request.user, scenario.call, scenario.agency))
    return scenario


def address(name: str, scenario: Scenario) -> str:
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
                "url": address("scenario", one),
                "kind": label(ScenarioKind(one.kind)),
                "sum": sum_of_scenario(found, one),
                "is_computing": is_computing(one),
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


def is_computing(scenario: Scenario) -> bool:
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
        return redirect(address("scenario", made))
    return _form_page(
        request, call, form, found, _("New scenario"), reverse("review:portfolio", args=[public_id])
    )


@reads_and_writes
@idempotent
def scenario_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    scenario = found_scenario(request, public_id)
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
        return redirect(address("scenario", changed))
    return _form_page(
        request, scenario.call, form, found, _("Change the scenario"), address("scenario", scenario)
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
        "basis": Words(found).basis(form["both_from"].value()),
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


@writes
@idempotent
def scenario_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = found_scenario(request, public_id)
    discard_scenario(scenario=found, by=request.user)
    messages.success(request, _("The scenario is discarded."))
    return redirect("review:portfolio", public_id=found.call.public_id)
