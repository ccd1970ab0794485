"""Publishing a decision: the instant, the letters with their preview for each reader, and the end of the reserve list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from kernel.choices import label
from kernel.clock import day_of, now
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import fiscal_year
from program.views.answering import answer_form, only_if, posted
from projects.actions.adoption import parts_awarded
from proposals.enums import BudgetCategory
from review.actions.publishing import prolong_reserve, set_letter_text, set_publication
from review.enums import Addressee, DecisionKind, DecisionState, Outcome
from review.forms.decisions import LetterTextForm, PublicationForm, ReserveForm
from review.letters import LANGUAGES, Addressed, Letters, Written, text_of
from review.models import Decision, DecisionLetter, LetterText
from review.permissions import may_publish
from review.queries import decisions_visible_to
from review.rules.letters import PLACES
from review.views.pools import crumbs
from review.views.shown import proposal_title

LETTERS_SHOWN = 200


def _decision(request: HttpRequest, public_id: str) -> Decision:
    return get_object_or_404(decisions_visible_to(request.user), public_id=public_id)


def _adopted(request: HttpRequest, public_id: str) -> Decision:
    found = _decision(request, public_id)
    only_if(found.state == DecisionState.ADOPTED)
    return found


def _address(decision: Decision, page: str = "decision") -> str:
    return reverse(f"review:{page}", args=[decision.public_id])


def _crumbs(decision: Decision, here: str) -> list[dict[str, Any]]:
    number = _("Decision %(number)s") % {"number": decision.number}
    trail = crumbs(decision.call, here)
    trail.insert(-1, {"label": number, "url": _address(decision)})
    return trail


@reads_and_writes
@idempotent
def publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lead agency sets or moves the instant of publication."""
    found = _adopted(request, public_id)
    only_if(may_publish(request.user, found))
    form = PublicationForm(posted(request), initial={"at": found.publish_at})
    return answer_form(
        request,
        form=form,
        act=lambda values: set_publication(decision=found, by=request.user, at=values["at"]),
        back=_address(found),
        heading=_("Move the publication") if found.publish_at else _("Set the publication"),
        lead=_(
            "At this time the letters go out, and applicants, partners and institutions see the results. Read the letters first."
        ),
        submit=_("Set the publication"),
        success=_("The publication is set. The letters wait in the outbox until then."),
        moves=[Move(_("Letters"), _address(found, "letters"))],
        breadcrumbs=_crumbs(found, _("Publication")),
    )


@reads_and_writes
@idempotent
def reserve(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lead agency keeps the reserve list longer, with a reason."""
    found = _adopted(request, public_id)
    only_if(may_publish(request.user, found) and found.kind == DecisionKind.FIRST)
    return answer_form(
        request,
        form=ReserveForm(posted(request), initial={"until": found.reserve_until}),
        act=lambda values: prolong_reserve(decision=found, by=request.user, **values),
        back=_address(found),
        heading=_("Keep the reserve list longer"),
        lead=_("After its last day nobody is called up: every proposal on the list is then not adopted."),
        submit=_("Keep it longer"),
        success=_("The reserve list is kept longer."),
        breadcrumbs=_crumbs(found, _("Reserve list")),
    )


@reads
def letters(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every letter of the decision, by proposal and reader, and one of them as it reads in both languages."""
    found = _adopted(request, public_id)
    all_letters = Letters(found, day_of(found.publish_at or now()))
    addressed = all_letters.addressed
    asked = request.GET.get("letter", "")
    shown = next((one for one in addressed if one.number == asked), addressed[0] if addressed else None)
    may = may_publish(request.user, found) and not found.is_published
    context = {
        "decision": found,
        "call": found.call,
        "rows": [_row(one, shown) for one in addressed[:LETTERS_SHOWN]],
        "more": max(len(addressed) - LETTERS_SHOWN, 0),
        "shown": _shown(all_letters.written(shown)) if shown else None,
        "moves": [
            Move(
                _("Change the text: %(outcome)s") % {"outcome": label(outcome)},
                reverse("review:letter_text", args=[public_id, outcome.value]),
            )
            for outcome in Outcome
            if may and any(one.item.outcome == outcome for one in addressed)
        ],
        "breadcrumbs": _crumbs(found, _("Letters")),
    }
    return render(request, "review/letters.html", context)


def _row(letter: Addressed, shown: Addressed | None) -> dict[str, Any]:
    proposal = letter.item.proposal
    return {
        "number": letter.number,
        "receipt": proposal.receipt_number,
        "title": proposal_title(proposal),
        "outcome": label(Outcome(letter.item.outcome)),
        "addressee": label(Addressee(letter.recipient.addressee)),
        "name": letter.recipient.person.name,
        "email": letter.recipient.email,
        "is_shown": shown is not None and shown.number == letter.number,
    }


def _shown(written: Written) -> dict[str, Any]:
    letter = DecisionLetter.objects.filter(
        item__decision=written.item.decision_id, number=written.number
    ).first()
    return {
        "number": written.number,
        "texts": [
            {
                "language": code,
                "subject": written.texts[f"subject_{code}"],
                "body": written.texts[f"body_{code}"],
            }
            for code in LANGUAGES
        ],
        "pdf_url": reverse("review:letter_pdf", args=[letter.public_id]) if letter else "",
    }


@reads_and_writes
@idempotent
def letter_text(request: HttpRequest, public_id: str, outcome: str) -> HttpResponse:
    """The text of the call's letters of one outcome, until the decision is published."""
    found = _adopted(request, public_id)
    only_if(may_publish(request.user, found) and not found.is_published and outcome in list(Outcome))
    kept = LetterText.objects.filter(call=found.call, outcome=outcome).first()
    places = ", ".join(f"{{{place}}}" for place in PLACES)
    return answer_form(
        request,
        form=LetterTextForm(posted(request), initial=text_of(found.call, outcome, kept)),
        act=lambda values: set_letter_text(decision=found, by=request.user, outcome=outcome, **values),
        back=_address(found, "letters"),
        heading=_("Text of the letters: %(outcome)s") % {"outcome": label(Outcome(outcome))},
        lead=_("Places that are filled for each letter: %(places)s") % {"places": places},
        submit=_("Save the text"),
        success=_("The text of the letters is saved."),
        breadcrumbs=_crumbs(found, _("Letters")),
    )


@reads
def awards(request: HttpRequest, public_id: str) -> HttpResponse:
    """What each institution of a proposal to be adopted gets, by fiscal year and category, as the adoption shares it."""
    found = _decision(request, public_id)
    items = found.items.filter(outcome=Outcome.ADOPT).select_related(
        "proposal__institution", "proposal__call__programme", "proposal__pi"
    )
    context = {
        "decision": found,
        "call": found.call,
        "rows": [
            {
                "title": proposal_title(item.proposal),
                "receipt": item.proposal.receipt_number,
                "is_reduced": bool(item.awarded),
                "years": _years(parts_awarded(item.proposal, {int(y): a for y, a in item.awarded.items()})),
            }
            for item in items
        ],
        "categories": [label(category) for category in BudgetCategory],
        "breadcrumbs": _crumbs(found, _("Awards by institution")),
    }
    return render(request, "review/decision_awards.html", context)


def _years(parts: dict[Organisation, dict[tuple[int, str], int]]) -> list[dict[str, Any]]:
    """A row an institution and fiscal year: its amounts by category and their sum."""
    rows = []
    for year in sorted({year for amounts in parts.values() for year, _category in amounts}):
        for institution, amounts in parts.items():
            cells: list[dict[str, Any]] = [
                {"label": label(category), "amount": amounts.get((year, category.value), 0)}
                for category in BudgetCategory
            ]
            rows.append(
                {
                    "year": fiscal_year(year),
                    "institution": localized(institution, "name"),
                    "cells": cells,
                    "total": sum(cell["amount"] for cell in cells),
                }
            )
    return rows
