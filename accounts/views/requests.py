"""Asking for a role, and answering."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.actions.requests import ask_membership, grant_membership, refuse_membership, withdraw_request
from accounts.enums import Role
from accounts.forms import AnswerForm, AskForm
from accounts.permissions import person_of
from accounts.queries import institution_called, requests_managed_by, requests_of
from kernel.clock import today
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.violations import RuleBroken


@reads_and_writes
@idempotent
def ask(request: HttpRequest) -> HttpResponse:
    if person_of(request.user) is None:
        messages.info(request, _("Enter your name first, so that those who answer know who asks."))
        return redirect("accounts:profile")
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            ask_membership(by=request.user, **{**values, "role": Role(values["role"])})
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("Your request was sent. You are told by mail once it is answered."))
            return redirect("accounts:profile")
    return render(request, "accounts/role_ask.html", {"form": form})


@reads_and_writes
@idempotent
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(requests_managed_by(request.user), public_id=public_id)
    initial: dict[str, Any] = {"starts_on": today()}
    if asked.organisation is None:
        initial["organisation"] = institution_called(asked.institution_name, asked.ror_id)
    refuses = request.POST.get("answer") == "refuse"
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        names_institution=asked.organisation is None,
        refuses=refuses,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            reason = values.pop("reason")
            if refuses:
                refuse_membership(request=asked, by=request.user, reason=reason)
                said = _("The request was refused. The person is told by mail.")
            else:
                said = _("The role was given. The person is told by mail.")
                grant_membership(request=asked, by=request.user, **values)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, said)
            return redirect("accounts:memberships")
    return render(request, "accounts/request_answer.html", {"form": form, "asked": asked})


@writes
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(requests_of(request.user), public_id=public_id)
    withdraw_request(request=asked, by=request.user)
    messages.success(request, _("Your request was withdrawn."))
    return redirect("accounts:profile")
