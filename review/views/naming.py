"""The second officer compares the reviewers recorded on an agency's behalf with the letter that names them."""

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
from review.actions.reviewers import confirm_reviewers, discard_reviewers
from review.models import Reviewer
from review.permissions import may_confirm_reviewers, may_see_letters
from review.queries import reviewers_to_confirm
from review.views.pools import crumbs


def _pool(reviewer: Reviewer) -> str:
    return reverse("review:pool", args=[reviewer.call.public_id])


def _to_confirm(request: HttpRequest, public_id: str) -> Reviewer:
    found = get_object_or_404(reviewers_to_confirm(request.user), public_id=public_id)
    only_if(may_confirm_reviewers(request.user, found))
    return found


@reads_and_writes
@idempotent
def pool_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that was recorded from one letter, side by side with it."""
    found = _to_confirm(request, public_id)
    errors: list[Any] = []
    if request.method == "POST":
        try:
            confirm_reviewers(reviewer=found, by=request.user)
        except RuleBroken as broken:
            errors = [{"label": "", "message": sentence(v), "url": ""} for v in broken.violations]
        else:
            messages.success(request, _("The reviewers are confirmed; proposals can be given to them."))
            return redirect(_pool(found))
    elif found.confirmed_at:
        return redirect(_pool(found))
    together = reviewers_to_confirm(request.user).filter(
        call=found.call_id,
        agency=found.agency_id,
        letter=found.letter_id,
        recorded_by=found.recorded_by_id,
        confirmed_at=None,
    )
    names = "\n".join(f"{one.person.name} ({one.institution_name or '–'})" for one in together)
    context = {
        "lead": _(
            "You are the second officer: proposals can be given to these reviewers once you confirm that the letter names them."
        ),
        "errors": errors,
        "sentences": [],
        "facts": [
            {"label": _("Agency"), "value": localized(found.agency, "name"), "url": ""},
            {"label": _("Reviewers"), "value": names, "url": ""},
            {"label": _("Date of the letter"), "value": day(found.letter_dated), "url": ""},
            {"label": _("Recorded by"), "value": str(found.recorded_by), "url": ""},
        ],
        "letter_url": reverse("review:pool_letter", args=[public_id]),
        "discard_url": reverse("review:pool_discard", args=[public_id]),
        "cancel_url": _pool(found),
        "breadcrumbs": crumbs(found.call, _("Compare with the letter")),
    }
    return render(request, "review/answer_confirm.html", context)


@writes
@idempotent
def pool_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _to_confirm(request, public_id)
    discard_reviewers(reviewer=found, by=request.user)
    messages.success(request, _("The record is discarded; the reviewers have left the pool."))
    return redirect(_pool(found))


@reads
def pool_letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter in which an agency names its reviewers."""
    found = get_object_or_404(reviewers_to_confirm(request.user), public_id=public_id)
    if found.letter is None or not may_see_letters(request.user, found.call):
        raise Http404
    return show(request, found.letter)
