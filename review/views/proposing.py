"""Proposing a decision: ranks, outcomes and reasons beside both agencies' budgets; awards, conditions and words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, Violation, sentence
from program.enums import CallState
from program.models import Call
from program.views.answering import only_if, posted
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.decisions import propose_decision
from review.agreeing import places_of
from review.budgets import asked_by_year, year_rows
from review.figures import Board, board_of
from review.forms.decisions import DecisionForm
from review.models import Panel
from review.panels import newest_panel, panel_list
from review.permissions import may_propose
from review.portfolio import scenarios_visible_to
from review.queries import agencies_today, waiting_decision
from review.reserve import is_place_free, reserve_list
from review.rules.agreement import agreement_of
from review.rules.means import in_words
from review.views.agreeing import said_of
from review.views.boards import LAST, cells_of, proposing
from review.views.budgets import years_shown
from review.views.pools import call_or_404, crumbs
from review.views.reopened import reopened_words
from review.views.shown import behalf_words, decision_of, proposal_title
from review.views.unread import unread_notice


@reads_and_writes
@idempotent
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    only_if(may_propose(request.user, call))
    board = board_of(request.user, call)
    is_call_up = call.state == CallState.DECIDED
    panel = None if is_call_up else newest_panel(call)
    ranks = reserve_list(call) if is_call_up else first_ranks(panel, board)
    if request.method == "GET" and (elsewhere := _elsewhere(request, call, board, is_empty=not ranks)):
        return elsewhere
    state = ProposalState.RESERVED if is_call_up else ProposalState.ELIGIBLE
    undecided = [row for row in board.rows if row.proposal.state == state]
    undecided.sort(key=lambda row: (ranks.get(row.proposal.pk, LAST), row.proposal.receipt_number))
    proposals = [row.proposal for row in undecided]
    asked = asked_by_year(proposals)
    form = DecisionForm(
        posted(request),
        proposals=proposals,
        ranks=ranks,
        asked=asked,
        currency=call.programme.currency,
        is_call_up=is_call_up,
        adopted=_in_scenario(request, call),
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = propose_decision(
                call=call,
                by=request.user,
                items=form.items(),
                extras=form.extras(),
                reserve_until=form.cleaned_data.get("reserve_until"),
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The decision is before the agencies."))
            return redirect("review:decision", public_id=decision.public_id)
    agencies, lists = agencies_today(call), places_of(call)
    context = {
        "call": call,
        "heading": proposing(call),
        "is_call_up": is_call_up,
        "form": form,
        "sides": board.sides,
        "unread": unread_notice(
            board,
            places=ranks,
            line=panel.places if panel else None,
            among=[proposal.pk for proposal in proposals],
        ),
        "reopened": reopened_words(call, proposals),
        "behalf": behalf_words(request.user, board.locks),
        "rows": [
            {
                "proposal": row.proposal,
                "title": proposal_title(row.proposal),
                "cells": cells_of(board, row),
                "overall": in_words(row.overall),
                "asked": sum(asked.get(row.proposal.pk, {}).values()),
                "fields": _fields(form, row.proposal),
                "said": said_of(lists, row.proposal),
                "is_unread": row in board.unread,
                "extras": form.extra_fields(row.proposal),
                "is_open": any(field.errors for field in form.extra_fields(row.proposal)),
            }
            for row in undecided
        ],
        "reserve_field": None if is_call_up else form["reserve_until"],
        "years": years_shown(agencies, year_rows(call, agencies, asked.values())),
        "asked_by": _("All proposals of the list"),
        "cancel_url": reverse("review:board", args=[public_id]),
        "breadcrumbs": crumbs(call, proposing(call)),
    }
    return render(request, "review/decision_propose.html", context)


def _elsewhere(request: HttpRequest, call: Call, board: Board, *, is_empty: bool) -> HttpResponse | None:
    """Where nothing can be proposed yet, or any more, the page that is in order, and why; None where it can."""
    waiting = waiting_decision(call) if decision_of(request.user, call) else None
    if waiting is not None:
        return redirect("review:decision", public_id=waiting.public_id)
    to, why = "board", ""
    if call.state == CallState.DECIDED:
        if is_empty or not is_place_free(call):
            why = _("Nobody can be moved up from the reserve list at the moment.")
    elif not board.all_locked:
        why = _("A decision can be proposed once every agency has locked its scores.")
    elif agreement_of(call.agreement).has_panel and panel_list(call) is None:
        to, why = "panels", sentence(Violation("panel_not_closed"))
    if not why:
        return None
    messages.info(request, why)
    return redirect(f"review:{to}", public_id=call.public_id)


def first_ranks(panel: Panel | None, board: Board) -> dict[int, int]:
    """The ranks that are suggested: those of the panel that met last; without one, those of the means."""
    if panel is None:
        return {row.proposal.pk: row.rank for row in board.rows if row.rank}
    return dict(panel.items.values_list("proposal", "rank"))


def _in_scenario(request: HttpRequest, call: Call) -> set[str]:
    """The proposals of the scenario with which the decision is begun, by their public ids."""
    asked = request.GET.get("scenario", "")
    found = scenarios_visible_to(request.user).filter(call=call, public_id=asked).first() if asked else None
    return set(found.chosen) if found else set()


def _fields(form: DecisionForm, proposal: Proposal) -> list[Any]:
    return [form[f"{name}_{proposal.public_id}"] for name in ("rank", "outcome", "reason")]
