"""The steps that a call takes: opened, closed, given to its reviewers, cancelled."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from program.actions import calls as actions
from program.actions.call_changes import is_announced
from program.forms.announced import CancelForm
from program.views.answering import answer_form, posted, trail
from program.views.calls import address, home, led_call


def _taken(request: HttpRequest, public_id: str, step: Callable[..., Any], words: str) -> HttpResponse:
    call = led_call(request, public_id)
    step(call=call, by=request.user)
    messages.success(request, words)
    return redirect(address(call))


@writes
@idempotent
def call_open(request: HttpRequest, public_id: str) -> HttpResponse:
    return _taken(request, public_id, actions.open_call, _("The call is open."))


@writes
@idempotent
def call_close(request: HttpRequest, public_id: str) -> HttpResponse:
    return _taken(request, public_id, actions.close_call, _("The call is closed."))


@writes
@idempotent
def call_begin_review(request: HttpRequest, public_id: str) -> HttpResponse:
    return _taken(request, public_id, actions.begin_review, _("The review has begun."))


@reads_and_writes
def call_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    heading = _("Cancel the call")
    return answer_form(
        request,
        form=CancelForm(posted(request), is_announced=is_announced(found)),
        act=lambda values: actions.cancel_call(call=found, by=request.user, **values),
        back=reverse("program:calls"),
        heading=heading,
        lead=_(
            "This cannot be undone. The call’s page stays and says that it was cancelled, with the reason; applicants and agencies are told by mail."
        )
        if is_announced(found)
        else _("This cannot be undone. The reason is kept in the audit trail."),
        submit=heading,
        success=_("The call was cancelled."),
        breadcrumbs=trail(home(), (localized(found, "title"), address(found)), (heading, "")),
        tone="danger",
    )
