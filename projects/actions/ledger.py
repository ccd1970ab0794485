"""Writing the ledger: each movement of money is one entry, appended and never changed."""

import datetime as dt
from typing import Any

from kernel.actions import action, require
from kernel.clock import today
from kernel.money import indirect_limit
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from projects.actions.entering import (
    amount_violation,
    append_entry,
    attributed_violation,
    date_violation,
    locked_project,
    reason_violation,
    year_violation,
)
from projects.actions.limits import below_zero_violation, left_violation, payment_violation
from projects.enums import EntryKind
from projects.models import LedgerEntry, Project, SpendAccount
from projects.permissions import may_keep_ledger
from projects.queries import allocated
from projects.rules.limits import limit_violation
from projects.rules.years import carry_over_violation
from proposals.enums import BudgetCategory

# What an entry against another takes out of its category: these had put money into it.
GIVING = (EntryKind.ALLOCATION, EntryKind.CHANGE, EntryKind.CARRY_IN)


@action
def activate_project(*, project: Project, by: Any) -> Project:
    """Let an offered project begin. Programme officers of the owning agency may.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    require(may_keep_ledger(by, project))
    apply_transition(project, "activate", by=by)
    return project


@action
def end_project(*, project: Project, by: Any) -> Project:
    """Let a running project end: its ledger then takes no more entries. Programme officers of the owning agency may.

    Raises:
        RuleBroken: `transition_not_allowed`.
    """
    require(may_keep_ledger(by, project))
    apply_transition(project, "end", by=by)
    return project


@action
def record_payment(
    *,
    project: Project,
    by: Any,
    fiscal_year: int,
    category: str,
    amount: int,
    on: dt.date,
    reason: str = "",
) -> LedgerEntry:
    """Record a payment of `amount` yen made on the day `on` that belongs to `fiscal_year`: that of the day or an earlier one.

    Raises:
        RuleBroken: `project_not_active`, `amount_not_above_zero`, `year_not_of_project`, `available_exceeded`,
            `category_exceeded`, `date_ahead`, `year_after_date`, and `old_year_needs_reason` without a reason.
    """
    project = locked_project(project, by, fiscal_year)
    refuse_if(
        amount_violation(amount),
        year_violation(project, fiscal_year)
        or date_violation(project, on)
        or attributed_violation(project, fiscal_year, on, reason),
    )
    refuse_if(payment_violation(project, fiscal_year, amount))
    refuse_if(left_violation(project, fiscal_year, BudgetCategory(category), amount))
    return append_entry(
        project,
        by,
        fiscal_year=fiscal_year,
        category=category,
        kind=EntryKind.PAYMENT,
        amount=amount,
        on=on,
        reason=reason,
    )


@action
def record_change(
    *, project: Project, by: Any, fiscal_year: int, category: str, amount: int, reason: str
) -> LedgerEntry:
    """Change the allocation of a fiscal year and category by `amount` yen, up or (below zero) down.

    Raises:
        RuleBroken: `reason_missing`, `year_not_of_project`, `change_below_zero`, `amount_not_above_zero` for 0,
            `category_exceeded` and `indirect_above_limit`, and what caps, envelope and payments refuse.
    """
    project = locked_project(project, by, fiscal_year)
    amounts = allocated(project)
    key = (fiscal_year, str(BudgetCategory(category)))
    stands = amounts.get(key, 0)
    amounts[key] = stands + amount
    refuse_if(
        Violation("amount_not_above_zero", "amount") if amount == 0 else None,
        reason_violation(reason),
        year_violation(project, fiscal_year),
        below_zero_violation(project, fiscal_year, stands, amount),
    )
    refuse_if(
        left_violation(project, fiscal_year, category, -amount) if amount < 0 else None,
        _indirect_violation(project, fiscal_year, amounts),
    )
    return append_entry(
        project,
        by,
        fiscal_year=fiscal_year,
        category=category,
        kind=EntryKind.CHANGE,
        amount=amount,
        on=today(project.programme.zone),
        reason=reason,
    )


def _indirect_violation(
    project: Project, fiscal_year: int, amounts: dict[tuple[int, str], int]
) -> Violation | None:
    """Indirect cost stays within the call's percentage of direct cost, in the year's allocations after a change."""
    indirect = amounts.get((fiscal_year, str(BudgetCategory.INDIRECT)), 0)
    direct = sum(amount for (year, _), amount in amounts.items() if year == fiscal_year) - indirect
    percent = project.proposal.call.indirect_percent
    limit = indirect_limit(direct, percent)
    return limit_violation(
        "indirect_above_limit",
        limit=limit,
        stands=0,
        asked=indirect,
        currency=project.programme.currency,
        percent=percent,
    )


@action
def carry_over(
    *, project: Project, by: Any, fiscal_year: int, category: str, amount: int, reason: str
) -> tuple[LedgerEntry, LedgerEntry]:
    """Carry `amount` yen that were not used in `fiscal_year` over to the next: one entry out, one in.

    The year has begun by today's date in the programme's calendar. What is carried in counts towards no cap again
    (domain.md, section 2).

    Raises:
        RuleBroken: `ledger_reason_missing`, `amount_not_above_zero`, `year_not_of_project`, `carried_year_not_begun`,
            `next_year_not_of_programme`, `category_exceeded`.
    """
    project = locked_project(project, by, fiscal_year, fiscal_year + 1)
    programme = project.programme
    refuse_if(
        amount_violation(amount),
        reason_violation(reason),
        year_violation(project, fiscal_year)
        or carry_over_violation(
            fiscal_year=fiscal_year,
            current_year=programme.calendar.year_of(today(programme.zone)),
            last_of_programme=programme.last_year,
        ),
        left_violation(project, fiscal_year, BudgetCategory(category), amount),
    )
    SpendAccount.objects.get_or_create(project=project, fiscal_year=fiscal_year + 1)
    fields = {"category": category, "amount": amount, "on": today(project.programme.zone), "reason": reason}
    out = append_entry(project, by, fiscal_year=fiscal_year, kind=EntryKind.CARRY_OUT, **fields)
    into = append_entry(
        project,
        by,
        fiscal_year=fiscal_year + 1,
        kind=EntryKind.CARRY_IN,
        carried_from=out,
        **fields,
    )
    return out, into


@action
def record_return(
    *, project: Project, by: Any, fiscal_year: int, category: str, amount: int, on: dt.date, reason: str
) -> LedgerEntry:
    """Record that the institution returned `amount` yen of what it had not used.

    Raises:
        RuleBroken: `reason_missing`, `amount_not_above_zero`, `year_not_of_project`, `category_exceeded`, `date_ahead`,
            `year_after_date`.
    """
    project = locked_project(project, by, fiscal_year)
    refuse_if(
        amount_violation(amount),
        reason_violation(reason),
        year_violation(project, fiscal_year)
        or date_violation(project, on)
        or attributed_violation(project, fiscal_year, on, reason),
        left_violation(project, fiscal_year, BudgetCategory(category), amount),
    )
    return append_entry(
        project,
        by,
        fiscal_year=fiscal_year,
        category=category,
        kind=EntryKind.RETURN,
        amount=amount,
        on=on,
        reason=reason,
    )


def halves(entry: LedgerEntry) -> list[LedgerEntry]:
    """The entries that stand and fall together: both halves of a carry-over, what came in first; else the entry alone."""
    if entry.kind == EntryKind.CARRY_IN and entry.carried_from:
        return [entry, entry.carried_from]
    return [*entry.carried_to.all(), entry] if entry.kind == EntryKind.CARRY_OUT else [entry]


@action
def correct_entry(*, entry: LedgerEntry, by: Any, reason: str) -> LedgerEntry:
    """Put a mistaken entry right by one of the same kind against it; of a carry-over, both halves. All stay in the ledger.

    Raises:
        RuleBroken: `entry_corrected_already`, `entry_is_a_correction`, `reason_missing`, `category_exceeded`, and what
            the accounts refuse.
    """
    together = halves(entry)
    project = locked_project(entry.project, by, *(half.fiscal_year for half in together))
    refuse_if(
        Violation("entry_is_a_correction") if entry.corrects_id else None,
        Violation("entry_corrected_already") if LedgerEntry.objects.filter(corrects=entry).exists() else None,
        reason_violation(reason),
    )
    against = {}
    for half in together:
        if half.kind in GIVING:
            refuse_if(left_violation(project, half.fiscal_year, half.category, half.amount))
        against[half.pk] = append_entry(
            project,
            by,
            institution=half.institution,
            fiscal_year=half.fiscal_year,
            category=half.category,
            kind=half.kind,
            amount=-half.amount,
            on=today(project.programme.zone),
            reason=reason,
            corrects=half,
        )
    return against[entry.pk]
