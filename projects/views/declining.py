"""Declining after the decision, by the principal investigator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from projects.actions.declining import decline_proposal
from proposals.forms.submission import ReasonForm
from proposals.permissions import may_decline
from proposals.views.own import crumbs, led_proposal


@reads_and_writes
@idempotent
def decline(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = led_proposal(request, public_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            decline_proposal(proposal=proposal, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("You have declined. The agencies were told."))
            return redirect("proposals:tasks", public_id=public_id)
    elif request.method != "POST" and not may_decline(request.user, proposal):
        return redirect("proposals:tasks", public_id=public_id)
    context = {
        "form": form,
        "proposal": proposal,
        "heading": _("Decline after the decision"),
        "warning": _(
            "Your project is closed, and its money goes to others: the agencies call on the reserve list. This cannot be undone."
        ),
        "submit_label": _("Decline"),
        "cancel_url": reverse("proposals:tasks", args=[proposal.public_id]),
        "breadcrumbs": crumbs(proposal, _("Decline")),
    }
    return render(request, "proposals/giving_up.html", context)
