"""A person's own profile."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions.people import change_names, claim_person
from accounts.forms import ProfileForm
from accounts.permissions import person_of
from accounts.queries import memberships_visible_to, requests_of
from accounts.rules.numbers import researcher_number_warning
from kernel.forms import add_violations
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, sentence

REQUESTS_SHOWN = 20


@reads_and_writes
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request.user)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            if person is None:
                claim_person(user=request.user, **form.cleaned_data)
            else:
                change_names(person=person, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("Your profile was saved."))
            return redirect("accounts:profile")
    memberships = memberships_visible_to(request.user).filter(person=person)
    context = {
        "form": form,
        "memberships": memberships,
        "asked": list(requests_of(request.user)[:REQUESTS_SHOWN]),
        "has_name": person is not None,
        "doubt": sentence(doubt)
        if person and person.erad_number and (doubt := researcher_number_warning(person.erad_number))
        else "",
    }
    return render(request, "accounts/profile.html", context)
