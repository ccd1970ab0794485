"""The joint decision: proposed with ranks, outcomes and reasons beside both agencies' budgets; and as it stands."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import person_of
from kernel.choices import label_of_field
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken
from program.enums import CallState
from program.models import Call
from program.permissions import participation
from program.views.answering import only_if, posted
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.decisions import propose_decision
from review.budgets import YearRow, asked_by_year, year_rows
from review.enums import DecisionKind, DecisionState, Outcome
from review.figures import Board, board_of
from review.forms.decisions import DecisionForm
from review.models import AgencyAnswer, Decision
from review.panels import newest_panel
from review.permissions import (
    conflicted,
    may_answer,
    may_confirm,
    may_propose,
    may_record_on_behalf,
    may_see_letter,
    note_conflict,
    root_of,
)
from review.portfolio import scenarios_visible_to
from review.queries import (
    agencies_today,
    decisions_visible_to,
    is_place_free,
    locks_of,
    reserve_list,
    waiting_decision,
)
from review.rules.means import NOTHING, in_words
from review.views.boards import LAST, cells_of, proposing
from review.views.pools import call_or_404, crumbs
from review.views.shown import behalf_words, decision_of, proposal_title, tabs_of

TONES = {
    DecisionState.PROPOSED: "warning",
    DecisionState.ADOPTED: "success",
    DecisionState.REFUSED: "error",
}
OUTCOME_TONES = {Outcome.ADOPT: "success", Outcome.RESERVE: "info", Outcome.REJECT: "neutral"}


@reads_and_writes
@idempotent
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    only_if(may_propose(request.user, call))
    board = board_of(request.user, call)
    is_call_up = call.state == CallState.DECIDED
    ranks = reserve_list(call) if is_call_up else first_ranks(call, board)
    if request.method == "GET":
        waiting = waiting_decision(call) if decision_of(request.user, call) else None
        if waiting is not None:
            return redirect("review:decision", public_id=waiting.public_id)
        if is_call_up and not (ranks and is_place_free(call)):
            messages.info(request, _("Nobody can be moved up from the reserve list at the moment."))
            return redirect("review:board", public_id=public_id)
        if not board.all_locked and not is_call_up:
            messages.info(request, _("A decision can be proposed once every agency has locked its scores."))
            return redirect("review:board", public_id=public_id)
    state = ProposalState.RESERVED if is_call_up else ProposalState.ELIGIBLE
    undecided = [row for row in board.rows if row.proposal.state == state]
    undecided.sort(key=lambda row: (ranks.get(row.proposal.pk, LAST), row.proposal.receipt_number))
    proposals = [row.proposal for row in undecided]
    form = DecisionForm(
        posted(request),
        proposals=proposals,
        ranks=ranks,
        is_call_up=is_call_up,
        adopted=_in_scenario(request, call),
    )
    if request.method == "POST" and form.is_valid():
        try:
            decision = propose_decision(call=call, by=request.user, items=form.items())
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The decision is before the agencies."))
            return redirect("review:decision", public_id=decision.public_id)
    asked = asked_by_year(proposals)
    agencies = agencies_today(call)
    context = {
        "call": call,
        "heading": proposing(call),
        "is_call_up": is_call_up,
        "form": form,
        "sides": board.sides,
        "behalf": behalf_words(request.user, board.locks),
        "rows": [
            {
                "proposal": row.proposal,
                "title": proposal_title(row.proposal),
                "cells": cells_of(board, row),
                "overall": in_words(row.overall),
                "asked": sum(asked.get(row.proposal.pk, {}).values()),
                "fields": _fields(form, row.proposal),
            }
            for row in undecided
        ],
        "years": years_shown(agencies, year_rows(call, agencies, asked.values())),
        "asked_by": _("All proposals of the list"),
        "cancel_url": reverse("review:board", args=[public_id]),
        "breadcrumbs": crumbs(call, proposing(call)),
    }
    return render(request, "review/decision_propose.html", context)


def _in_scenario(request: HttpRequest, call: Call) -> set[str]:
    """The proposals of the scenario with which the decision is begun, by their public ids."""
    asked = request.GET.get("scenario", "")
    found = scenarios_visible_to(request.user).filter(call=call, public_id=asked).first() if asked else None
    return set(found.chosen) if found else set()


def first_ranks(call: Call, board: Board) -> dict[int, int]:
    """The ranks that are suggested: those of the panel that met last; without one, those of the means."""
    panel = newest_panel(call)
    if panel is None:
        return {row.proposal.pk: row.rank for row in board.rows if row.rank}
    return dict(panel.items.values_list("proposal", "rank"))


def years_shown(
    agencies: list[Organisation], rows: list[YearRow], *, is_kept: bool = False
) -> dict[str, Any]:
    """The years, each agency's money under its name: what it has left today, and before it what it had when the
    decision was proposed, where that `is_kept`."""
    heads = []
    for agency in agencies:
        values = {"agency": agency.short_name}
        if is_kept:
            heads.append(_("Left at %(agency)s when proposed") % values)
            heads.append(_("Left at %(agency)s today") % values)
        else:
            heads.append(_("Left at %(agency)s") % values)
    return {
        "heads": heads,
        "rows": [
            {
                "year": row.year,
                "asked": row.asked,
                "is_over": row.is_over,
                "left": [
                    {"head": head, "amount": amount}
                    for head, amount in zip(heads, _amounts(row, is_kept=is_kept), strict=True)
                ],
            }
            for row in rows
        ],
    }


def _amounts(row: YearRow, *, is_kept: bool) -> list[int | None]:
    if not is_kept:
        return list(row.left)
    return [amount for pair in zip(row.left_then, row.left, strict=True) for amount in pair]


def _fields(form: DecisionForm, proposal: Proposal) -> list[Any]:
    return [form[f"{name}_{proposal.public_id}"] for name in ("rank", "outcome", "reason")]


@reads
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    """The ranked list, the answers to it, and what the reader may do about it."""
    seen = decisions_visible_to(request.user)
    found: Any = get_object_or_404(
        seen.annotate(
            newest=Subquery(seen.filter(call=OuterRef("call")).values("public_id")[:1]),
            has_conflict=Exists(conflicted(request.user).filter(call=OuterRef("call"))),
        ),
        public_id=public_id,
    )
    call = note_conflict(request.user, found.call, found.has_conflict)
    call.newest_decision = found.newest  # type: ignore[attr-defined]  # as `call_or_404` has it
    items = list(found.items.select_related("proposal__pi", "proposal__institution"))
    adopted = [item.proposal for item in items if item.outcome == Outcome.ADOPT]
    agencies = agencies_today(call)
    asked = asked_by_year([item.proposal for item in items])
    answers = {
        a.agency_id: a
        for a in found.answers.select_related("agency", "person", "recorded_by", "confirmed_by")
    }
    must_agree = participation(call)
    required = [agency for agency in agencies if must_agree[agency.pk].must_agree]
    is_waiting = found.state == DecisionState.PROPOSED
    person: Any = person_of(request.user)
    own = root_of(person).pk
    has_answered = any(own in (a.person_id, a.recorded_by_id) for a in answers.values())
    context = {
        "decision": found,
        "kind": label_of_field(found, "kind") if found.kind == DecisionKind.CALL_UP else "",
        "call": call,
        "tone": TONES[DecisionState(found.state)],
        "rows": [
            {
                "item": item,
                "title": proposal_title(item.proposal),
                "tone": OUTCOME_TONES[Outcome(item.outcome)],
                "asked": sum(asked.get(item.proposal_id, {}).values()),
            }
            for item in items
        ],
        "answers": [
            _answer_row(request.user, found, agency, answers.get(agency.pk), has_answered=has_answered)
            for agency in required
        ],
        "is_waiting": is_waiting,
        "years": years_shown(
            agencies,
            year_rows(
                call,
                agencies,
                [asked.get(p.pk, {}) for p in adopted],
                kept=found.left_when_proposed,
                is_decided=not is_waiting,
            ),
            is_kept=bool(found.left_when_proposed),
        ),
        "asked_by": _("Proposals to be adopted"),
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "decision"),
        "breadcrumbs": crumbs(call, _("Decision")),
    }
    return render(request, "review/decision.html", context)


def _answer_row(
    user: Any, found: Decision, agency: Organisation, answer: AgencyAnswer | None, *, has_answered: bool
) -> dict[str, Any]:
    """What an agency has answered, who by, and the reader's next step with it."""
    row: dict[str, Any] = {
        "agency": agency,
        "words": _("awaited"),
        "tone": "warning",
        "by": NOTHING,
        "at": None,
        "reason": "",
        "letter_url": "",
        "moves": [],
    }
    is_waiting = found.state == DecisionState.PROPOSED
    if answer is None:
        if is_waiting:
            row["moves"] = _moves_towards(user, found, agency, has_answered=has_answered)
        return row
    row["words"], row["at"], row["reason"] = label_of_field(answer, "vote"), answer.at, answer.reason
    row["tone"] = "success" if answer.vote == "yes" else "error"
    if answer.on_behalf:
        answer.decision = found
        row["by"] = _("Recorded by %(name)s on behalf of %(agency)s, which does not sign in.") % {
            "name": answer.recorded_by,
            "agency": agency.short_name,
        }
        if may_see_letter(user, answer):
            row["letter_url"] = reverse("review:answer_letter", args=[answer.public_id])
        if answer.confirmed_by:
            row["by"] += " " + _("Confirmed by %(name)s.") % {"name": answer.confirmed_by}
        else:
            row["tone"] = "warning"
            row["words"] = _("%(vote)s: a second officer has to confirm it") % {"vote": row["words"]}
            if is_waiting and may_confirm(user, answer):
                url = reverse("review:answer_confirm", args=[answer.public_id])
                row["moves"] = [Move(_("Compare with the letter"), url, tone="primary")]
    else:
        row["by"] = str(answer.person)
    return row


def _moves_towards(user: Any, found: Decision, agency: Organisation, *, has_answered: bool) -> list[Move]:
    ids = [found.public_id, agency.public_id]
    if may_answer(user, found, agency) and not has_answered:
        words = _("Answer for %(agency)s") % {"agency": agency.short_name}
        return [Move(words, reverse("review:answer", args=ids), tone="primary")]
    if may_record_on_behalf(user, found, agency):
        words = _("Record the answer of %(agency)s") % {"agency": agency.short_name}
        return [Move(words, reverse("review:answer_on_behalf", args=ids), tone="primary")]
    return []
