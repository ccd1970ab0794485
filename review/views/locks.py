"""Locking an agency's scores: what it closes is said first; on behalf, it rests on a letter and a second officer."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from kernel.files import show, store_upload
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken, sentence
from program.enums import CallState
from program.models import Call
from program.views.answering import carried_out, only_if
from review.actions.locks import confirm_lock, discard_lock, lock_scores
from review.enums import AssignmentState as State
from review.forms.locks import LockForm, LockFromLetterForm
from review.models import Assignment, ScoreLock
from review.permissions import acts_from_letter, may_confirm_lock, may_lock, may_see_letters
from review.queries import locks_of, locks_visible_to, reviewing_agencies, unfinished
from review.views.pools import call_or_404, crumbs


def _board(call: Call) -> str:
    return reverse("review:board", args=[call.public_id])


def lock_moves(user: Any, call: Call, agency: Organisation, lock: ScoreLock | None) -> list[Move]:
    """What the reader may do about an agency's lock."""
    if call.state != CallState.REVIEW:
        return []
    if lock is None and may_lock(user, call, agency):
        url = reverse("review:lock", args=[call.public_id, agency.public_id])
        return [Move(_("Lock the scores of %(agency)s") % {"agency": agency.short_name}, url, tone="primary")]
    if lock is not None and not lock.counts and may_confirm_lock(user, lock):
        url = reverse("review:lock_confirm", args=[lock.public_id])
        return [Move(_("Compare with the letter"), url, tone="primary")]
    return []


def closing(left: list[Assignment]) -> dict[str, Any]:
    """What the lock closes, in words: how many have no declaration, how many were begun; and each by name."""
    unanswered = sum(a.state == State.ASSIGNED for a in left)
    begun = len(left) - unanswered
    sentences = []
    if unanswered:
        sentences.append(
            ngettext(
                "%(count)d assignment has not been answered: the declaration is awaited.",
                "%(count)d assignments have not been answered: the declaration is awaited.",
                unanswered,
            )
            % {"count": unanswered}
        )
    if begun:
        sentences.append(
            ngettext(
                "%(count)d review is begun and not submitted.",
                "%(count)d reviews are begun and not submitted.",
                begun,
            )
            % {"count": begun}
        )
    return {"unfinished": left, "sentences": sentences}


@reads_and_writes
@idempotent
def lock(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    agencies = [agency.pk for agency in reviewing_agencies(call)]
    agency = get_object_or_404(Organisation.objects.filter(pk__in=agencies), public_id=agency_id)
    only_if(may_lock(request.user, call, agency))
    if request.method == "GET" and (call.state != CallState.REVIEW or agency.pk in locks_of(call)):
        return redirect(_board(call))
    on_behalf = acts_from_letter(request.user, call, agency)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LockFromLetterForm(*sent) if on_behalf else LockForm(*sent)
    left = unfinished(request.user, call, agency)
    done, _made = carried_out(
        request,
        form,
        lambda values: _lock(request, call, agency, values),
        _("The lock is recorded. It holds once a second officer has confirmed it.")
        if on_behalf
        else _locked(left),
    )
    if done:
        return redirect(_board(call))
    context = {
        "form": form,
        "heading": _("Lock the scores of %(agency)s") % {"agency": localized(agency, "name")},
        "on_behalf": on_behalf,
        **closing(left),
        "submit_label": _("Record the lock") if on_behalf else _("Lock the scores"),
        "cancel_url": _board(call),
        "breadcrumbs": crumbs(call, _("Lock the scores")),
    }
    return render(request, "review/lock.html", context)


def _lock(request: HttpRequest, call: Call, agency: Organisation, values: dict[str, Any]) -> ScoreLock:
    """A letter that comes with it is stored with the lock, or not at all."""
    with transaction.atomic():
        letter = values.get("letter")
        if letter:
            letter = store_upload(upload=letter, by=request.user, allowed=(".pdf",), field="letter")
        return lock_scores(
            call=call,
            agency=agency,
            by=request.user,
            letter=letter,
            letter_dated=values.get("letter_dated"),
        )


def _locked(left: list[Assignment]) -> str:
    if not left:
        return _("The scores are locked.")
    return ngettext(
        "The scores are locked. %(count)d review that was not submitted is closed.",
        "The scores are locked. %(count)d reviews that were not submitted are closed.",
        len(left),
    ) % {"count": len(left)}


def _to_confirm(request: HttpRequest, public_id: str) -> ScoreLock:
    found = get_object_or_404(locks_visible_to(request.user), public_id=public_id)
    only_if(may_confirm_lock(request.user, found))
    return found


@reads_and_writes
@idempotent
def lock_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second officer compares a lock on behalf with the agency's letter, and confirms it or discards it."""
    found = _to_confirm(request, public_id)
    left = unfinished(request.user, found.call, found.agency)
    errors: list[Any] = []
    if request.method == "POST":
        try:
            confirm_lock(lock=found, by=request.user)
        except RuleBroken as broken:
            errors = [{"label": "", "message": sentence(v), "url": ""} for v in broken.violations]
        else:
            messages.success(request, _locked(left))
            return redirect(_board(found.call))
    elif found.confirmed_at or found.call.state != CallState.REVIEW:
        return redirect(_board(found.call))
    context = {
        "lead": _(
            "You are the second officer: the scores are locked once you confirm that it is what the letter says."
        ),
        "errors": errors,
        "facts": [
            {"label": _("Agency"), "value": localized(found.agency, "name"), "url": ""},
            {"label": _("What was recorded"), "value": _("The agency’s scores are final."), "url": ""},
            {"label": _("Date of the letter"), "value": day(found.letter_dated), "url": ""},
            {"label": _("Recorded by"), "value": str(found.recorded_by), "url": ""},
        ],
        **closing(left),
        "letter_url": reverse("review:lock_letter", args=[public_id]),
        "discard_url": reverse("review:lock_discard", args=[public_id]),
        "cancel_url": _board(found.call),
        "breadcrumbs": crumbs(found.call, _("Compare with the letter")),
    }
    return render(request, "review/answer_confirm.html", context)


@writes
@idempotent
def lock_discard(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _to_confirm(request, public_id)
    discard_lock(lock=found, by=request.user)
    messages.success(request, _("The record is discarded; the lock can be recorded anew."))
    return redirect(_board(found.call))


@reads
def lock_letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter on which a lock on behalf rests."""
    found = get_object_or_404(locks_visible_to(request.user), public_id=public_id)
    if found.letter is None or not may_see_letters(request.user, found.call):
        raise Http404
    return show(request, found.letter)
