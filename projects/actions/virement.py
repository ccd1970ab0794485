"""Moving money between the direct categories of a year (費目間流用), up to the threshold without approval."""

from typing import Any

from kernel.actions import action
from kernel.clock import today
from kernel.violations import Violation, refuse_if
from projects.actions.entering import (
    amount_violation,
    append_entry,
    locked_project,
    reason_violation,
    year_violation,
)
from projects.actions.limits import left_violation
from projects.enums import EntryKind
from projects.models import LedgerEntry, Project
from projects.queries import sums_of
from projects.rules.awarding import INDIRECT
from projects.rules.limits import limit_violation
from projects.rules.spending import moved_between_categories, virement_limit, with_move
from proposals.enums import BudgetCategory


@action
def move_between_categories(
    *, project: Project, by: Any, fiscal_year: int, source: str, target: str, amount: int, reason: str
) -> tuple[LedgerEntry, LedgerEntry]:
    """Move `amount` yen of a fiscal year from one direct category to another: one change down, one up.

    Caps and envelope stay as they are. Raises:
        RuleBroken: `amount_not_above_zero`, `ledger_reason_missing`, `year_not_of_project`, `virement_same_category`,
            `virement_not_direct`, `category_exceeded`, and `virement_needs_approval` above the threshold.
    """
    project = locked_project(project, by, fiscal_year)
    source, target = str(BudgetCategory(source)), str(BudgetCategory(target))
    refuse_if(
        amount_violation(amount),
        reason_violation(reason),
        year_violation(project, fiscal_year),
        Violation("virement_same_category", "target") if source == target else None,
        *(
            Violation("virement_not_direct", field) if category == INDIRECT else None
            for field, category in (("source", source), ("target", target))
        ),
    )
    refuse_if(left_violation(project, fiscal_year, source, amount))
    refuse_if(_threshold_violation(project, fiscal_year, source, target, amount))
    fields = {
        "fiscal_year": fiscal_year,
        "kind": EntryKind.CHANGE,
        "on": today(project.programme.zone),
        "reason": reason,
    }
    # Down first: in between, the year has less, never more than its caps allow.
    down = append_entry(project, by, category=source, amount=-amount, **fields)
    return down, append_entry(project, by, category=target, amount=amount, **fields)


def _threshold_violation(
    project: Project, fiscal_year: int, source: str, target: str, amount: int
) -> Violation | None:
    """Whether all that moved in the year would come above what may move without approval."""
    sums = sums_of(project)
    stands = moved_between_categories(sums, fiscal_year)
    moved = moved_between_categories(with_move(sums, fiscal_year, source, target, amount), fiscal_year)
    return limit_violation(
        "virement_needs_approval",
        limit=virement_limit(sums, fiscal_year),
        stands=stands,
        asked=moved - stands,
        currency=project.programme.currency,
        year=fiscal_year,
    )
