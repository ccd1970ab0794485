"""The second officer compares a list recorded on an agency's behalf with the letter that it rests on."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files import show
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken, sentence
from program.views.answering import only_if
from review.actions.agreeing import confirm_list, discard_list
from review.agreeing import lists_visible_to
from review.models import AgencyList
from review.permissions import may_confirm_list, may_see_letters
from review.rules.agreement import Place
from review.views.agreeing import place_words
from review.views.pools import crumbs


def _to_confirm(request: HttpRequest, public_id: str) -> AgencyList:
    found = get_object_or_404(lists_visible_to(request.user), public_id=public_id)
    only_if(may_confirm_list(request.user, found))
    return found


@reads_and_writes
@idempotent
def list_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second officer compares a list on behalf with the agency's letter, and confirms it or discards it."""
    found = _to_confirm(request, public_id)
    back = reverse("review:lists", args=[found.call.public_id])
    errors: list[Any] = []
    if request.method == "POST":
        try:
            confirm_list(found=found, by=request.user)
        except RuleBroken as broken:
            errors = [{"label": "", "message": sentence(v), "url": ""} for v in broken.violations]
        else:
            messages.success(request, _("The list is confirmed, and counts."))
            return redirect(back)
    elif found.confirmed_at:
        return redirect(back)
    lines = [
        f"{item.proposal.receipt_number}: {place_words(Place('', item.is_recommended, item.rank))} {item.words}"
        for item in found.items.select_related("proposal").order_by("rank", "proposal__receipt_number")
    ]
    context = {
        "lead": _(
            "You are the second officer: the list counts once you confirm that it is what the letter says."
        ),
        "errors": errors,
        "sentences": [],
        "facts": [
            {"label": _("Agency"), "value": localized(found.agency, "name"), "url": ""},
            {"label": _("What was recorded"), "value": "\n".join(lines), "url": ""},
            {"label": _("Date of the letter"), "value": day(found.letter_dated), "url": ""},
            {"label": _("Recorded by"), "value": str(found.recorded_by), "url": ""},
        ],
        "letter_url": reverse("review:list_letter", args=[public_id]),
        "discard_url": reverse("review:list_discard", args=[public_id]),
        "cancel_url": back,
        "breadcrumbs": crumbs(found.call, _("Compare with the letter")),
    }
    return render(request, "review/answer_confirm.html", context)


@writes
@idempotent
def list_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _to_confirm(request, public_id)
    discard_list(found=found, by=request.user)
    messages.success(request, _("The record is discarded; the list can be recorded anew."))
    return redirect("review:lists", public_id=found.call.public_id)


@reads
def list_letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter on which a list on behalf rests."""
    found = get_object_or_404(lists_visible_to(request.user), public_id=public_id)
    if found.letter is None or not may_see_letters(request.user, found.call):
        raise Http404
    return show(request, found.letter)
