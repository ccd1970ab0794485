"""Who works for whom: kept by staff, and by the officers of research institutions for their own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.actions.people import end_membership, give_membership
from accounts.enums import Role
from accounts.forms import EndForm, MembershipForm
from accounts.models import Person
from accounts.permissions import may_manage_memberships, may_see_memberships
from accounts.queries import memberships_managed_by, requests_managed_by
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.pages import page_of
from kernel.violations import RuleBroken

REQUESTS_SHOWN = 100


def _those_who_may(request: HttpRequest) -> None:
    if not may_see_memberships(request.user):
        raise Http404


@reads_and_writes
@idempotent
def memberships(request: HttpRequest) -> HttpResponse:
    _those_who_may(request)
    gives = may_manage_memberships(request.user)
    if request.method == "POST" and not gives:
        raise Http404
    form = MembershipForm(request.POST or None) if gives else None
    if form is not None and request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person = Person.objects.filter(email=values["email"].lower(), merged_into=None).first()
        if person is None:
            form.add_error("email", _("Nobody with this e-mail is known. The person must sign up first."))
        else:
            try:
                give_membership(
                    person=person,
                    organisation=values["organisation"],
                    role=Role(values["role"]),
                    starts_on=values["starts_on"],
                    ends_on=values["ends_on"],
                    by=request.user,
                )
            except RuleBroken as broken:
                add_violations(form, broken)
            else:
                messages.success(request, _("The role was given."))
                return redirect("accounts:memberships")
    context = {
        "form": form,
        "page": page_of(memberships_managed_by(request.user), request),
        "asked": list(requests_managed_by(request.user)[:REQUESTS_SHOWN]),
    }
    return render(request, "accounts/memberships.html", context)


@reads_and_writes
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    _those_who_may(request)
    membership = get_object_or_404(memberships_managed_by(request.user), public_id=public_id)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_membership(membership=membership, ends_on=form.cleaned_data["ends_on"], by=request.user)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The role ends on that day."))
            return redirect("accounts:memberships")
    return render(request, "accounts/membership_end.html", {"form": form, "membership": membership})
