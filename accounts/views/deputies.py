"""Who decides for the officers of a research institution, from day to day."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions.people import name_deputy
from accounts.forms import DeputyForm
from accounts.permissions import is_institution_officer
from accounts.queries import deputies_named_by, possible_deputies
from kernel.clock import today
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.pages import page_of
from kernel.violations import RuleBroken


@reads_and_writes
@idempotent
def deputies(request: HttpRequest) -> HttpResponse:
    """The deputies, with their days, and a form that names another."""
    if not is_institution_officer(request.user):
        raise Http404
    form = DeputyForm(
        request.POST if request.method == "POST" else None,
        people=possible_deputies(request.user),
        initial={"starts_on": today()},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            name_deputy(
                member=values["person"],
                by=request.user,
                starts_on=values["starts_on"],
                ends_on=values["ends_on"],
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The deputy was named and is told by mail."))
            return redirect("accounts:deputies")
    context = {"form": form, "page": page_of(deputies_named_by(request.user), request)}
    return render(request, "accounts/deputies.html", context)
