"""The budget: tables of categories and fiscal years, their sums made by the server, and by a script while one types."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations, make_from
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.money import Unit
from kernel.violations import RuleBroken, Violation, sentence
from proposals.actions.budgets import (
    funding_of,
    institutions_of,
    parts_of,
    save_budget,
    stored_institutions,
)
from proposals.actions.completeness import caps_of
from proposals.exchange_words import share_words
from proposals.forms.budget import BudgetForm, initial_cells
from proposals.models import Proposal
from proposals.rules.budget import Amounts, Cap, budget_violations, part_year_warnings, sum_of
from proposals.rules.institutions import LEAD
from proposals.rules.months import months_by_year, months_violation
from proposals.views.budget_filling import block_form, block_left, fill_indirect, paste, shown_keys
from proposals.views.budget_tables import caps_table, funding_table, table_of, whole_table
from proposals.views.outside_term import left_out
from proposals.views.own import crumbs, version_seen, written_proposal
from proposals.views.writing import leave_if_closed
from registries.queries import institution_names

# The buttons that save nothing.
UNSAVED = ("calculate", "paste", "indirect", "add", "remove")


@dataclass(frozen=True)
class Sheet:
    """A whole budget: of each institution by its key, the lead one first; what others bring; the months."""

    parts: dict[str, dict[tuple[int, str], int]]
    funding: Amounts
    months: tuple[int | None, int | None]


@reads_and_writes
def budget(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    if leave := leave_if_closed(request, proposal):
        return leave
    prefetch_related_objects([proposal], "team", "budget", "budget_institutions", "other_funding", "exchange")
    years, shown = list(proposal.fiscal_years), _stored(proposal)
    offered = institutions_of(proposal)
    keys = shown_keys(request, list(shown.parts))
    names = _names(proposal, offered, [*keys, *offered])
    parts = [(key, names[key]) for key in keys]
    data = request.POST.copy() if request.method == "POST" else None
    block, pasted = block_form(request, parts), None

    def make(data: Any) -> BudgetForm:
        return BudgetForm(
            data,
            years=years,
            parts=parts,
            year_begins=proposal.call.programme.calendar.first_month,
            initial=_initial(proposal, shown),
        )

    if data is not None and "paste" in data:
        pasted = paste(data, block, years)
        block.data = data
    if data is not None and "indirect" in data:
        fill_indirect(data, make(data), proposal.call.indirect_percent)
    form, status, saved, is_valid = make(data), 200, None, True
    if data is not None:
        is_valid = form.is_valid()
        saves = not any(name in data for name in UNSAVED)
        is_kept = not (saves and block_left(block))
        shown = Sheet(form.parts(), form.funding(), form.months())
        if is_valid and saves and is_kept:
            try:
                _save(request, proposal, form, shown)
            except RuleBroken as broken:
                if broken.is_stale:
                    proposal.refresh_from_db()
                    status, saved = 409, _stored(proposal)
                    make_from(form, "version", proposal.version)
                add_violations(form, broken)
            else:
                messages.success(request, _("The budget was saved."))
                for key in keys[1:]:
                    if not shown.parts.get(key):
                        messages.info(request, _not_kept(names[key]))
                target = "proposals:tasks" if "leave" in data else "proposals:budget"
                return redirect(target, public_id=public_id)
    months = _months(proposal, shown)
    caps, whole = caps_of(proposal, months), sum_of(shown.parts.values())
    percent = proposal.call.indirect_percent
    tables = [table_of(shown.parts.get(key, {}), years, form, percent, key, name) for key, name in parts]
    context = {
        "form": form,
        "pasting": block,
        "pasted": pasted,
        "proposal": proposal,
        "years": years,
        "months": [{"year": year, "n": months[year]} for year in years],
        "percent": percent,
        "table": tables[0],
        "tables": tables,
        "whole": whole_table(shown.parts, names, years) if len(keys) > 1 else None,
        "funding": funding_table(shown.funding, years, form),
        "parts": keys[1:],
        "offers": [(key, names[key]) for key in offered if key not in keys],
        # A cell that could not be read is no zero: its errors are said, and no rule speaks over what is left.
        "warnings": _warnings(proposal, shown, names, caps) if is_valid else [],
        "hints": _hints(proposal, shown, caps, months, set(keys) - {LEAD, *offered}, names)
        if is_valid
        else [],
        "caps": caps_table(whole, years, caps, months, is_reduced=proposal.call.caps_by_month),
        "exchange": _exchange(proposal, whole),
        "refusals": _refusals(),
        "left_out": left_out(proposal),
        "drops_outside": "drop_outside" in request.POST,
        "saved": _tables(saved, years, _names(proposal, offered, saved.parts)) if saved else None,
        "breadcrumbs": crumbs(proposal, _("Budget by fiscal year")),
    }
    return render(request, "proposals/budget.html", context, status=status)


def _not_kept(name: str) -> str:
    return _(
        "The table of %(institution)s holds no amount, so it was not kept. Add it again when you have one."
    ) % {"institution": name}


def _save(request: HttpRequest, proposal: Proposal, form: BudgetForm, shown: Sheet) -> None:
    save_budget(
        proposal=proposal,
        by=request.user,
        version=version_seen(proposal, form.cleaned_data["version"]),
        amounts=shown.parts[LEAD],
        others={key: part for key, part in shown.parts.items() if key != LEAD},
        funding=shown.funding,
        months=shown.months,
        drops_outside="drop_outside" in request.POST,
    )


def _stored(proposal: Proposal) -> Sheet:
    """What stands in the term of the proposal."""

    def within(amounts: Amounts) -> dict[tuple[int, str], int]:
        return {cell: amount for cell, amount in amounts.items() if cell[0] in proposal.fiscal_years}

    parts = {key: within(part) for key, part in parts_of(proposal).items()}
    months = (proposal.first_month, proposal.last_month)
    return Sheet({LEAD: {}, **parts}, within(funding_of(proposal)), months)


def _exchange(proposal: Proposal, whole: Amounts) -> str:
    """What the planned stays take of this budget; blank where neither the plans nor the call say anything of it."""
    planned = sum(plan.amount_yen or 0 for plan in proposal.exchange.all())
    target = proposal.call.exchange_target_percent
    return share_words(planned, sum(whole.values()), target) if planned or target else ""


def _refusals() -> dict[str, str]:
    """Why an amount cannot be read, in the same words beside a cell that a script reads."""
    values = {"currency": Unit("JPY"), "unit": Unit("円")}
    codes = ("amount_negative", "amount_fractional", "amount_too_large", "amount_not_a_number")
    return {code: sentence(Violation(code, params=values)) for code in codes}


def _initial(proposal: Proposal, stored: Sheet) -> dict[str, Any]:
    first, last = stored.months
    cells = initial_cells(stored.parts, stored.funding)
    return {"version": proposal.version, "first_month": first, "last_month": last, **cells}


def _names(proposal: Proposal, offered: dict[str, Any], keys: Any) -> dict[str, str]:
    """What the institutions are called, by their keys."""
    known = {**stored_institutions(proposal), **offered}
    unknown = _("An institution that is not of the team")
    lead = localized(proposal.institution, "name")
    called = institution_names(known[key].ror_id for key in keys if key in known)
    names = {key: called.get(named.ror_id, named.name) for key, named in known.items()}
    return {key: names.get(key, unknown) if key else lead for key in keys}


def _months(proposal: Proposal, shown: Sheet) -> dict[int, int]:
    """The months of each fiscal year; of an order that cannot be, every year is taken as a whole one."""
    begins = proposal.call.programme.calendar.first_month
    wrong = months_violation(proposal.fiscal_years, *shown.months, begins)
    return months_by_year(proposal.fiscal_years, *((None, None) if wrong else shown.months), begins)


def _warnings(proposal: Proposal, shown: Sheet, names: dict[str, str], caps: list[Cap]) -> list[str]:
    """What stands against submitting this budget; nothing is said of an empty one."""
    whole = sum_of(shown.parts.values())
    if not any(whole.values()):
        return []
    found = budget_violations(
        whole,
        proposal.fiscal_years,
        percent=proposal.call.indirect_percent,
        caps=caps,
        parts=[(names[key], part) for key, part in shown.parts.items()],
    )
    return [sentence(violation) for violation in found]


def _hints(
    proposal: Proposal,
    shown: Sheet,
    caps: list[Cap],
    months: dict[int, int],
    strange: set[str],
    names: dict[str, str],
) -> list[str]:
    """What is to be looked at and stands against nothing: part years, and institutions that are not of the team any more."""
    found = part_year_warnings(sum_of(shown.parts.values()), proposal.fiscal_years, caps, months)
    left = [
        _("%(institution)s: no co-investigator of this institution in Japan is on the team.")
        % {"institution": names[key]}
        for key in sorted(strange)
    ]
    return [*(sentence(violation) for violation in found), *left]


def _tables(sheet: Sheet, years: list[int], names: dict[str, str]) -> dict[str, Any]:
    """A budget without fields, to be read beside another."""
    several = len(sheet.parts) > 1
    return {
        "tables": [
            table_of(part, years, key=key, name=names[key] if several else "")
            for key, part in sheet.parts.items()
        ],
        "funding": funding_table(sheet.funding, years) if sheet.funding else None,
    }
