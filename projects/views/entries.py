"""The forms by which entries are made, each with a preview of what it would leave."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import today
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.templatetags.kernel import fiscal_year, money
from kernel.violations import RuleBroken
from projects.actions import ledger as actions
from projects.actions.previews import preview_entry
from projects.actions.virement import move_between_categories
from projects.enums import EntryKind
from projects.forms import (
    CarryOverForm,
    ChangeForm,
    CorrectionForm,
    EntryForm,
    PaymentForm,
    ReturnForm,
    VirementForm,
)
from projects.models import LedgerEntry, Project
from projects.permissions import may_enter
from projects.queries import Remaining, sums_of, years_of
from projects.rules.spending import Sums, of_year
from projects.views.budget import cap_in_words
from projects.views.shared import address, crumbs, title_of, visible_project, written
from proposals.enums import BudgetCategory

Make = Callable[[dict[str, Any]], Any]


def _open_project(request: HttpRequest, public_id: str) -> Project:
    """The project, if the reader may make an entry in its ledger now."""
    project = visible_project(request, public_id)
    if not may_enter(request.user, project):
        raise Http404
    return project


def _initial(project: Project, years: list[int]) -> dict[str, Any]:
    day = today(project.programme.zone)
    year = project.programme.calendar.year_of(day)
    return {"on": day, "fiscal_year": year if year in years else None}


def _answer(
    request: HttpRequest,
    project: Project,
    *,
    form: forms.Form,
    make: Make,
    touched: Callable[[dict[str, Any]], tuple[list[int], str]],
    heading: str,
    lead: str,
    submit: str,
    success: str,
) -> HttpResponse:
    """A page with one form. With `preview` nothing is recorded, and the page says what the entry would leave.

    `touched` says of the cleaned values which fiscal years and which category the entry concerns.
    """
    preview: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            if "preview" in request.POST:
                years, category = touched(values)
                pairs = preview_entry(
                    project=project, years=years, category=category, make=lambda: make(values)
                )
                preview = _in_words(pairs, category, project.programme.currency)
            else:
                make(values)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            if not preview:
                messages.success(request, success)
                return redirect(address(project, "ledger"))
    context = {
        "project": project,
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit_label": submit,
        "cancel_url": address(project),
        "preview": preview,
        "currency": project.programme.currency,
        "title": title_of(project),
        "left": _left_table(project),
        "breadcrumbs": crumbs(project, (heading, "")),
    }
    return render(request, "projects/entry.html", context)


def _in_words(pairs: list[tuple[Remaining, Remaining]], category: str, currency: str) -> list[dict[str, Any]]:
    rows = []
    every, below, inside = _("all categories"), _("below the cap"), _("in the envelope")
    of_category = label(BudgetCategory(category))
    for before, after in pairs:
        year = fiscal_year(before.fiscal_year)
        rows += [
            (f"{year}: {of_category}", before.category, after.category),
            (f"{year}: {every}", before.year, after.year),
        ]
        for (account, was), (_same, now) in zip(before.caps, after.caps, strict=True):
            rows.append((f"{year}: {below} ({cap_in_words(account)})", was, now))
        rows.append((f"{year}: {inside}", before.envelope, after.envelope))
    return [
        {"label": words, "before": written(was, currency), "after": written(now, currency)}
        for words, was, now in rows
    ]


def _left_table(project: Project) -> dict[str, Any]:
    """What is left to spend, by category and fiscal year."""
    years, sums, currency = years_of(project), sums_of(project), project.programme.currency
    rows = [
        {
            "label": label(category),
            "cells": [written(sums.get((year, str(category)), Sums()).left, currency) for year in years],
        }
        for category in BudgetCategory
    ]
    total = [written(of_year(sums, year).left, currency) for year in years]
    return {"years": years, "rows": rows, "total": total}


def _of_its_year(values: dict[str, Any]) -> tuple[list[int], str]:
    return [values["fiscal_year"]], values["category"]


def _of_two_years(values: dict[str, Any]) -> tuple[list[int], str]:
    return [values["fiscal_year"], values["fiscal_year"] + 1], values["category"]


def _from_a_category(values: dict[str, Any]) -> tuple[list[int], str]:
    return [values["fiscal_year"]], values["source"]


def _entry_form(
    kind: type[EntryForm] | type[VirementForm], request: HttpRequest, project: Project
) -> EntryForm | VirementForm:
    years = years_of(project)
    data = request.POST if request.method == "POST" else None
    return kind(data, project=project, years=years, initial=_initial(project, years))


@reads_and_writes
@idempotent
def payment(request: HttpRequest, public_id: str) -> HttpResponse:
    project = _open_project(request, public_id)
    return _answer(
        request,
        project,
        form=_entry_form(PaymentForm, request, project),
        make=lambda values: actions.record_payment(project=project, by=request.user, **values),
        touched=_of_its_year,
        heading=_("Record a payment"),
        lead=_("Goods delivered in March and paid in April belong to the old year."),
        submit=_("Record the payment"),
        success=_("The payment was recorded."),
    )


@reads_and_writes
@idempotent
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    project = _open_project(request, public_id)

    def make(values: dict[str, Any]) -> LedgerEntry:
        sign = -1 if values["direction"] == "down" else 1
        kept = {name: values[name] for name in ("fiscal_year", "category", "reason")}
        return actions.record_change(project=project, by=request.user, amount=sign * values["amount"], **kept)

    return _answer(
        request,
        project,
        form=_entry_form(ChangeForm, request, project),
        make=make,
        touched=_of_its_year,
        heading=_("Change an allocation"),
        lead=_("Type the amount without a sign. An increase counts towards the caps and the envelope."),
        submit=_("Record the change"),
        success=_("The change was recorded."),
    )


@reads_and_writes
@idempotent
def virement(request: HttpRequest, public_id: str) -> HttpResponse:
    project = _open_project(request, public_id)
    return _answer(
        request,
        project,
        form=_entry_form(VirementForm, request, project),
        make=lambda values: move_between_categories(project=project, by=request.user, **values),
        touched=_from_a_category,
        heading=_("Move between categories"),
        lead=_(
            "Without approval half of the year’s direct cost may move, or ¥5,000,000 where that is more. "
            "Nothing moves from or to indirect cost."
        ),
        submit=_("Record the move"),
        success=_("The move was recorded."),
    )


@reads_and_writes
@idempotent
def carry_over(request: HttpRequest, public_id: str) -> HttpResponse:
    project = _open_project(request, public_id)
    return _answer(
        request,
        project,
        form=_entry_form(CarryOverForm, request, project),
        make=lambda values: actions.carry_over(project=project, by=request.user, **values),
        touched=_of_two_years,
        heading=_("Carry over to the next fiscal year"),
        lead=_(
            "What was not used goes to the same category of the next year. It counts towards no cap again. "
            "Give the cause and what it is for next year."
        ),
        submit=_("Carry over"),
        success=_("The amount was carried over."),
    )


@reads_and_writes
@idempotent
def return_(request: HttpRequest, public_id: str) -> HttpResponse:
    project = _open_project(request, public_id)
    return _answer(
        request,
        project,
        form=_entry_form(ReturnForm, request, project),
        make=lambda values: actions.record_return(project=project, by=request.user, **values),
        touched=_of_its_year,
        heading=_("Record a return of funds"),
        lead=_("What the institution gives back of what it had not used."),
        submit=_("Record the return"),
        success=_("The return was recorded."),
    )


@reads_and_writes
@idempotent
def correct(request: HttpRequest, public_id: str, entry_id: str) -> HttpResponse:
    project = _open_project(request, public_id)
    entry = get_object_or_404(LedgerEntry, project=project, public_id=entry_id)
    year = fiscal_year(entry.fiscal_year)
    words = f"{label_of(entry)}, {year}, {money(entry.amount, project.programme.currency)}"
    return _answer(
        request,
        project,
        form=CorrectionForm(request.POST if request.method == "POST" else None),
        make=lambda values: actions.correct_entry(entry=entry, by=request.user, **values),
        touched=lambda _values: (sorted(half.fiscal_year for half in actions.halves(entry)), entry.category),
        heading=_("Put an entry right"),
        lead=_("%(entry)s. An entry against it is added, and both stay in the ledger.") % {"entry": words},
        submit=_("Record the correction"),
        success=_("The entry was put right. Record the right one now, if there is one."),
    )


def label_of(entry: LedgerEntry) -> str:
    """What an entry is, in words: its kind and category."""
    return f"{label(EntryKind(entry.kind))} ({label(BudgetCategory(entry.category))})"
