"""Saving the budget that is asked for."""

from collections.abc import Mapping
from typing import Any

from kernel import audit
from kernel.actions import action
from kernel.violations import RuleBroken, stale
from proposals.actions.editing import lock_for_editing, touch
from proposals.models import BudgetLine, Proposal
from proposals.rules.budget import shape_violations, total_of


@action
def save_budget(
    *, proposal: Proposal, by: Any, version: int, amounts: Mapping[tuple[int, str], int]
) -> Proposal:
    """Save the whole budget: `{(fiscal year, category): amount}` in whole minor units; what is not named is 0.

    `version` is the proposal's version that the writer had before them; a change of another part since then does no
    harm. A draft may go over a cap, and is told so; it cannot be submitted (see `rules.budget.budget_violations`).

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: `deadline_passed`, `proposal_not_draft`; `stale_version` if the budget was changed since `version`;
            `budget_year_outside_term`, `budget_category_unknown`, `amount_negative`, `amount_too_large`.
    """
    locked = lock_for_editing(proposal=proposal, by=by)
    wrong = shape_violations(amounts, locked.fiscal_years)
    if wrong:
        raise RuleBroken(wrong)
    asked = {(year, str(category)): amount for (year, category), amount in amounts.items() if amount}
    before = {(line.fiscal_year, line.category): line.amount for line in locked.budget.all() if line.amount}
    if asked == before:
        return locked
    if locked.budget_version > version:
        raise RuleBroken(stale(by=by, editor_id=audit.last_actor_id("changed_budget", locked)))
    locked.budget.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(proposal=locked, fiscal_year=year, category=category, amount=amount)
        for (year, category), amount in sorted(asked.items())
    )
    locked.budget_version = locked.version + 1
    touch(locked, "budget_version")
    totals = {str(year): total_of(asked, year) for year in locked.fiscal_years}
    audit.record("changed_budget", locked, by=by, details={"totals": totals})
    return locked
