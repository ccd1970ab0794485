"""The lead agency gives one proposal more time: after an outage, an illness, a mistake of the portal's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from proposals.actions.submission import extend_deadline
from proposals.extra_time import may_extend
from proposals.forms.submission import ExtensionForm
from proposals.queries import proposals_visible_to


@reads_and_writes
@idempotent
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = get_object_or_404(proposals_visible_to(request.user), public_id=public_id)
    if not may_extend(request.user, proposal):
        raise Http404
    form = ExtensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            extend_deadline(
                proposal=proposal,
                until=form.until(),
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The proposal was given more time."))
            return redirect("proposals:office")
    return render(request, "proposals/extend.html", {"form": form, "proposal": proposal})
