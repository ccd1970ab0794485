"""Trying the form of a call that is being prepared."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.violations import RuleBroken, sentence
from program.enums import CallState
from program.models import Call
from program.permissions import may_change_call
from program.queries import calls_visible_to
from program.versions import latest_form
from program.views.answering import only_if
from proposals.actions.trials import send_trial, start_trial
from proposals.rules.completeness import section_part
from proposals.views.own import led_proposal


@reads_and_writes
@idempotent
def trial(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whether the form has been tried, and beginning a test."""
    call: Call = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    only_if(may_change_call(request.user, call) and call.state == CallState.DRAFT)
    if request.method == "POST":
        proposal = start_trial(call=call, by=request.user)
        return redirect("proposals:tasks", public_id=proposal.public_id)
    version = latest_form(call)
    preparation = reverse("program:call_preparation", args=[public_id])
    context = {
        "call": call,
        "version": version,
        "back": preparation,
        "breadcrumbs": [
            {"label": _("Calls"), "url": reverse("program:calls")},
            {"label": localized(call, "title"), "url": reverse("program:call", args=[public_id])},
            {"label": _("Preparation"), "url": preparation},
            {"label": _("Test submission"), "url": ""},
        ],
    }
    return render(request, "proposals/trial.html", context)


@writes
@idempotent
def trial_send(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = led_proposal(request, public_id)
    if not proposal.is_test:
        raise Http404
    try:
        send_trial(proposal=proposal, by=request.user)
    except RuleBroken as broken:
        titles = {
            section_part(section.key): localized(section, "title")
            for section in proposal.form_version.sections.all()
        }
        for violation in broken.violations:
            title = titles.get(violation.field)
            told = sentence(violation)
            messages.error(
                request,
                _("“%(section)s”: %(what)s") % {"section": title, "what": told} if title else told,
            )
        return redirect("proposals:tasks", public_id=public_id)
    messages.success(
        request, _("The test was sent off: the form can be filled in and printed. Nothing was received.")
    )
    return redirect("program:call_preparation", public_id=proposal.call.public_id)
