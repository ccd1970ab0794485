"""What the buttons of the budget's page put into what was typed, before anything is saved: a block from a spreadsheet,
indirect cost by rule, a table more or less."""

from typing import Any

from django.http import HttpRequest, QueryDict

from kernel.money import format_amount
from kernel.violations import Violation, sentence
from proposals.enums import BudgetCategory, FundingSource
from proposals.forms.budget import FUNDING, BlockForm, BudgetForm, cell_name, funding_name
from proposals.rules.blocks import place
from proposals.rules.budget import indirect_by_rule
from proposals.rules.institutions import LEAD
from proposals.views.budget_tables import LEAD_TOKEN

# So many institutions beside the lead one have a table of their own; so long is a key.
MOST_PARTS, LONGEST_KEY = 30, 12


def shown_keys(request: HttpRequest, stored: list[str]) -> list[str]:
    """The institutions whose tables are shown, the lead one first: those that the page had (`part`), with one that is added
    or without one that is removed; else those that have a part now."""
    sent = request.POST
    had = sent.getlist("part") if "parts" in sent else stored
    added = [sent["offer"]] if "add" in sent and sent.get("offer") else []
    keys = [key for key in dict.fromkeys([*had, *added]) if key.isalnum() and len(key) <= LONGEST_KEY]
    return [LEAD, *(key for key in keys[:MOST_PARTS] if key != sent.get("remove"))]


def block_form(request: HttpRequest, parts: list[tuple[str, str]]) -> BlockForm:
    """The form of a pasted block, with what was pasted."""
    return BlockForm(request.POST if request.method == "POST" else None, parts=parts)


def paste(data: QueryDict, form: BlockForm, years: list[int]) -> dict[str, Any] | None:
    """Put the block of a form into the fields of its table, and tell what was `read` and what is `outside` the table; None
    where the form is not in order. What could not be read stands in its cell as it was typed, and is told there."""
    if not form.is_valid():
        return None
    values = form.cleaned_data
    into = values["block_into"] or LEAD_TOKEN
    if into == FUNDING:
        names = [[funding_name(source, year) for year in years] for source in FundingSource]
    else:
        key = LEAD if into == LEAD_TOKEN else into
        names = [[cell_name(category, year, key) for year in years] for category in BudgetCategory]
    unit = values["block_unit"] or "円"
    placed = place(values["block"], rows=len(names), columns=len(years), unit=unit)
    for (row, column), text in placed.cells.items():
        data[names[row][column]] = text
    if not placed.unread and not placed.outside:
        data["block"] = ""
    return {"read": placed.read, "unread": len(placed.unread), "outside": placed.outside, "unit": unit}


def block_left(form: BlockForm) -> bool:
    """Whether a block stands in its box still when the budget is saved: it is kept there, and told that it is in no table."""
    if form.is_valid() and not form.cleaned_data["block"].strip():
        return False
    if not form.has_error("block"):
        form.add_error("block", sentence(Violation("block_not_taken_over")))
    return True


def fill_indirect(data: QueryDict, form: BudgetForm, percent: int) -> None:
    """Put as much indirect cost as the rule allows into every table; a cell of direct cost that cannot be read counts as
    blank, and is told as always."""
    form.is_valid()
    for key in form.keys:
        amounts = indirect_by_rule(form.amounts(key), form.years, percent)
        for year in form.years:
            amount = amounts[year, BudgetCategory.INDIRECT.value]
            data[cell_name(BudgetCategory.INDIRECT, year, key)] = format_amount(amount) if amount else ""
