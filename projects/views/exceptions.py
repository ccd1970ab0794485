"""Exceptions over a cap: asking for one, and answering it."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import day_of
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import day, fiscal_year
from kernel.violations import RuleBroken
from projects.actions.exceptions import answer_cap_exception, ask_cap_exception
from projects.forms import CapExceptionForm
from projects.models import CapAccount, CapException, Project
from projects.permissions import may_answer_exception, may_enter
from projects.views.budget import accounts_of, cap_in_words
from projects.views.shared import address, crumbs, title_of, visible_project, written


def account_in_words(account: CapAccount) -> str:
    """A cap of a project and the year for which it holds."""
    year = fiscal_year(account.fiscal_year) if account.fiscal_year else _("Whole term")
    return f"{year}: {cap_in_words(account)}"


def exceptions_of(user: Any, project: Project) -> list[dict[str, Any]]:
    """What was asked for and answered, with what the reader may answer now; in one query."""
    found = CapException.objects.filter(account__project=project).select_related(
        "account__cap__support_type", "account__project__proposal", "asked_by__person", "answered_by__person"
    )
    return [
        {
            "cap": account_in_words(one.account),
            "amount": written(one.amount, project.programme.currency),
            "reason": one.reason,
            "asked": f"{_name(one.asked_by)} ({_day(one.asked_at, project)})",
            "answer": _answer_of(one, project),
            "moves": _moves(user, one),
        }
        for one in found.order_by("pk")
    ]


def _day(instant: dt.datetime, project: Project) -> str:
    return str(day(day_of(instant, project.programme.zone)))


def _name(user: Any) -> str:
    return str(user.person.name)


def _answer_of(one: CapException, project: Project) -> str:
    if one.is_approved is None or one.answered_at is None:
        return _("not answered yet")
    words = _("approved by %(who)s (%(day)s)") if one.is_approved else _("refused by %(who)s (%(day)s)")
    return words % {"who": _name(one.answered_by), "day": _day(one.answered_at, project)}


def _moves(user: Any, one: CapException) -> list[Move]:
    if one.is_approved is not None or not may_answer_exception(user, one):
        return []
    return [
        Move(
            _("Approve the exception"),
            reverse("projects:exception_approve", args=[one.public_id]),
            "post",
            "primary",
            _("The limit of this cap rises by the amount. This cannot be undone."),
        ),
        Move(_("Refuse the exception"), reverse("projects:exception_refuse", args=[one.public_id]), "post"),
    ]


@reads_and_writes
@idempotent
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    project = visible_project(request, public_id)
    if not may_enter(request.user, project):
        raise Http404
    accounts = {str(account.pk): account for account in accounts_of(project)}
    form = CapExceptionForm(
        request.POST if request.method == "POST" else None,
        currency=project.programme.currency,
        accounts=[(key, account_in_words(account)) for key, account in accounts.items()],
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            ask_cap_exception(
                project=project,
                by=request.user,
                account=accounts[values["account"]],
                amount=values["amount"],
                reason=values["reason"],
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The exception was asked for. An approver of the agency decides."))
            return redirect(address(project))
    heading = _("Ask for an exception over a cap")
    context = {
        "project": project,
        "title": title_of(project),
        "form": form,
        "heading": heading,
        "cancel_url": address(project),
        "breadcrumbs": crumbs(project, (heading, "")),
    }
    return render(request, "projects/exception.html", context)


def _answered(request: HttpRequest, public_id: str, *, is_approved: bool) -> HttpResponse:
    found = CapException.objects.select_related("account__project__proposal")
    exception = get_object_or_404(found, public_id=public_id)
    if not may_answer_exception(request.user, exception):
        raise Http404
    answer_cap_exception(exception=exception, by=request.user, is_approved=is_approved)
    messages.success(request, _("The answer was recorded."))
    return redirect(address(exception.account.project))


@writes
@idempotent
def approve(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answered(request, public_id, is_approved=True)


@writes
@idempotent
def refuse(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answered(request, public_id, is_approved=False)
