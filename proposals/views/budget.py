"""The budget: a table of categories and fiscal years, its sums made by the server."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.forms import add_violations
from kernel.methods import reads_and_writes
from kernel.money import indirect_limit
from kernel.violations import RuleBroken, sentence
from proposals.actions.budgets import save_budget
from proposals.actions.content import caps_of
from proposals.enums import DIRECT_CATEGORIES, BudgetCategory
from proposals.forms.budget import BudgetForm, cell_name, initial_cells
from proposals.models import Proposal
from proposals.rules.budget import budget_violations, direct_of, total_of
from proposals.views.own import crumbs, make_from, written_proposal
from proposals.views.writing import leave_if_closed

Amounts = Mapping[tuple[int, str], int]


@reads_and_writes
def budget(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    years, stored = list(proposal.fiscal_years), _stored(proposal)
    initial = {"version": proposal.version, **initial_cells(stored)}
    form = BudgetForm(request.POST or None, years=years, initial=initial)
    amounts, status, saved = stored, 200, None
    if request.method == "POST":
        is_valid = form.is_valid()
        amounts = form.amounts()
        if is_valid and "calculate" not in request.POST:
            try:
                save_budget(
                    proposal=proposal,
                    by=request.user,
                    version=form.cleaned_data["version"],
                    amounts=amounts,
                )
            except RuleBroken as broken:
                if broken.is_stale:
                    proposal.refresh_from_db()
                    status, saved = 409, _table(_stored(proposal), years)
                    make_from(form, "version", proposal.version)
                add_violations(form, broken)
            else:
                messages.success(request, _("The budget was saved."))
                target = "proposals:tasks" if "leave" in request.POST else "proposals:budget"
                return redirect(target, public_id=public_id)
    context = {
        "form": form,
        "proposal": proposal,
        "years": years,
        "table": _table(amounts, years, form, proposal.call.indirect_percent),
        "warnings": _warnings(proposal, amounts),
        "caps": proposal.call.caps.order_by("pk"),
        "saved": saved,
        "breadcrumbs": crumbs(proposal, _("Budget by fiscal year")),
    }
    return render(request, "proposals/budget.html", context, status=status)


def _stored(proposal: Proposal) -> dict[tuple[int, str], int]:
    return {
        (line.fiscal_year, line.category): line.amount
        for line in proposal.budget.all()
        if line.fiscal_year in proposal.fiscal_years
    }


def _warnings(proposal: Proposal, amounts: Amounts) -> list[str]:
    """What stands against submitting this budget; nothing is said of an empty one."""
    if not any(amounts.values()):
        return []
    found = budget_violations(
        amounts,
        proposal.fiscal_years,
        percent=proposal.call.indirect_percent,
        caps=caps_of(proposal),
    )
    return [sentence(violation) for violation in found]


def _table(
    amounts: Amounts, years: list[int], form: BudgetForm | None = None, percent: int = 0
) -> dict[str, Any]:
    """Rows of amounts, each with its sum: `direct` rows, their subtotal, the most that indirect cost may be, `indirect`,
    the total. With a form its fields stand in the cells, without one the amounts."""

    def row(category: BudgetCategory) -> dict[str, Any]:
        cells = [
            {
                "field": form[cell_name(category, year)] if form else None,
                "amount": amounts.get((year, category), 0),
            }
            for year in years
        ]
        return {"label": label(category), "cells": cells, "total": sum(cell["amount"] for cell in cells)}

    def sums(of_year: Any) -> dict[str, Any]:
        values = [of_year(year) for year in years]
        return {"values": values, "total": sum(values)}

    return {
        "direct_rows": [row(category) for category in DIRECT_CATEGORIES],
        "direct": sums(lambda year: direct_of(amounts, year)),
        "limit": sums(lambda year: indirect_limit(direct_of(amounts, year), percent)),
        "percent": percent,
        "indirect": row(BudgetCategory.INDIRECT),
        "total": sums(lambda year: total_of(amounts, year)),
    }
