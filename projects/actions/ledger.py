"""Writing the ledger: each movement of money is one entry, appended and never changed."""

import datetime as dt
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.transitions import apply_transition
from kernel.violations import Violation, refuse_if
from projects.actions.adoption import lock_money
from projects.actions.constraints import refused_in_words
from projects.enums import EntryKind, ProjectState
from projects.models import LedgerEntry, Project, SpendAccount
from projects.permissions import may_keep_ledger
from projects.queries import allocated, available, paid
from proposals.enums import BudgetCategory


def _locked(project: Project, by: Any, *years: int) -> Project:
    """The project as it stands, with its accounts locked, if `by` may keep its ledger and it is running."""
    project = (
        # No stronger than needed: an entry by raw SQL holds the project's key while it waits for the accounts.
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "agency", "institution", "proposal__call")
        .get(pk=project.pk)
    )
    require(may_keep_ledger(by, project))
    refuse_if(Violation("project_not_active") if project.state != ProjectState.ACTIVE else None)
    lock_money(project, *years)
    return project


def _year_violation(project: Project, fiscal_year: int) -> Violation | None:
    known = SpendAccount.objects.filter(project=project, fiscal_year=fiscal_year).exists()
    return None if known else Violation("year_not_of_project", "fiscal_year", {"year": fiscal_year})


def _amount_violation(amount: int) -> Violation | None:
    return None if amount > 0 else Violation("amount_not_above_zero", "amount")


def _date_violation(project: Project, on: dt.date) -> Violation | None:
    return Violation("date_ahead", "on") if on > today(project.programme.zone) else None


def _left(project: Project, fiscal_year: int) -> int:
    return SpendAccount.objects.get(project=project, fiscal_year=fiscal_year).left


def _append(project: Project, *, by: Any, **fields: Any) -> LedgerEntry:
    with refused_in_words():
        entry = LedgerEntry.objects.create(
            **{"project": project, "institution": project.institution, "by": by, **fields}
        )
    audit.record(
        "entered",
        entry,
        by=by,
        details={
            "project": project.public_id,
            "kind": str(entry.kind),
            "fiscal_year": entry.fiscal_year,
            "category": str(entry.category),
            "amount": entry.amount,
        },
    )
    return entry


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
    """Let a running project end: its ledger then takes no more payments. Programme officers of the owning agency may.

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
    """Record a payment of `amount` yen that belongs to `fiscal_year`, whatever its date `on`.

    Raises:
        RuleBroken: `project_not_active`, `amount_not_above_zero`, `year_not_of_project`, `available_exceeded`,
            `category_exceeded`, `date_ahead`.
    """
    project = _locked(project, by, fiscal_year)
    refuse_if(
        _amount_violation(amount),
        _year_violation(project, fiscal_year),
        _date_violation(project, on),
    )
    left = _left(project, fiscal_year)
    key = (fiscal_year, str(BudgetCategory(category)))
    of_category = available(project).get(key, 0) - paid(project).get(key, 0)
    values = {"year": fiscal_year}
    refuse_if(
        Violation("available_exceeded", "amount", values | {"left": f"{left:,}"}) if amount > left else None,
        Violation("category_exceeded", "amount", values | {"left": f"{of_category:,}"})
        if of_category < amount <= left
        else None,
    )
    return _append(
        project,
        by=by,
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
        RuleBroken: `reason_missing`, `year_not_of_project`, `change_below_zero`, `amount_not_above_zero` for 0, and what
            caps, envelope and payments refuse.
    """
    project = _locked(project, by, fiscal_year)
    current = allocated(project).get((fiscal_year, str(BudgetCategory(category))), 0)
    refuse_if(
        Violation("amount_not_above_zero", "amount") if amount == 0 else None,
        None if reason.strip() else Violation("reason_missing", "reason"),
        _year_violation(project, fiscal_year),
        Violation("change_below_zero", "amount") if current + amount < 0 else None,
    )
    return _append(
        project,
        by=by,
        fiscal_year=fiscal_year,
        category=category,
        kind=EntryKind.CHANGE,
        amount=amount,
        on=today(project.programme.zone),
        reason=reason,
    )


@action
def carry_over(
    *, project: Project, by: Any, fiscal_year: int, category: str, amount: int, reason: str
) -> tuple[LedgerEntry, LedgerEntry]:
    """Carry `amount` yen that were not used in `fiscal_year` over to the next: one entry out, one in.

    What is carried in counts towards no cap again (domain.md, section 2).

    Raises:
        RuleBroken: `reason_missing`, `amount_not_above_zero`, `year_not_of_project`, `next_year_not_of_programme`,
            `category_exceeded`.
    """
    project = _locked(project, by, fiscal_year, fiscal_year + 1)
    key = (fiscal_year, str(BudgetCategory(category)))
    left = available(project).get(key, 0) - paid(project).get(key, 0)
    values = {"year": fiscal_year}
    refuse_if(
        _amount_violation(amount),
        None if reason.strip() else Violation("reason_missing", "reason"),
        _year_violation(project, fiscal_year),
        Violation("next_year_not_of_programme", "fiscal_year", values)
        if fiscal_year + 1 not in project.programme.years
        else None,
        Violation("category_exceeded", "amount", values | {"left": f"{left:,}"}) if amount > left else None,
    )
    SpendAccount.objects.get_or_create(project=project, fiscal_year=fiscal_year + 1)
    fields = {"category": category, "amount": amount, "on": today(project.programme.zone), "reason": reason}
    out = _append(project, by=by, fiscal_year=fiscal_year, kind=EntryKind.CARRY_OUT, **fields)
    into = _append(project, by=by, fiscal_year=fiscal_year + 1, kind=EntryKind.CARRY_IN, **fields)
    return out, into


@action
def record_return(
    *, project: Project, by: Any, fiscal_year: int, category: str, amount: int, on: dt.date, reason: str
) -> LedgerEntry:
    """Record that the institution returned `amount` yen of what it had not used.

    Raises:
        RuleBroken: `reason_missing`, `amount_not_above_zero`, `year_not_of_project`, `category_exceeded`, `date_ahead`.
    """
    project = _locked(project, by, fiscal_year)
    key = (fiscal_year, str(BudgetCategory(category)))
    left = available(project).get(key, 0) - paid(project).get(key, 0)
    values = {"year": fiscal_year, "left": f"{left:,}"}
    refuse_if(
        _amount_violation(amount),
        None if reason.strip() else Violation("reason_missing", "reason"),
        _year_violation(project, fiscal_year),
        _date_violation(project, on),
        Violation("category_exceeded", "amount", values) if amount > left else None,
    )
    return _append(
        project,
        by=by,
        fiscal_year=fiscal_year,
        category=category,
        kind=EntryKind.RETURN,
        amount=amount,
        on=on,
        reason=reason,
    )


def years_touched(entry: LedgerEntry) -> list[int]:
    """The fiscal years whose money an entry moves: two for a carry-over, of which each half is one entry."""
    other = {EntryKind.CARRY_OUT: 1, EntryKind.CARRY_IN: -1}.get(EntryKind(entry.kind))
    return sorted({entry.fiscal_year, entry.fiscal_year + (other or 0)})


@action
def correct_entry(*, entry: LedgerEntry, by: Any, reason: str) -> LedgerEntry:
    """Put a mistaken entry right by one of the same kind against it. Both stay in the ledger.

    Raises:
        RuleBroken: `entry_corrected_already`, `entry_is_a_correction`, `reason_missing`, and what the accounts refuse.
    """
    project = _locked(entry.project, by, entry.fiscal_year)
    refuse_if(
        Violation("entry_is_a_correction") if entry.corrects_id else None,
        Violation("entry_corrected_already") if LedgerEntry.objects.filter(corrects=entry).exists() else None,
        None if reason.strip() else Violation("reason_missing", "reason"),
    )
    return _append(
        project,
        by=by,
        institution=entry.institution,
        fiscal_year=entry.fiscal_year,
        category=entry.category,
        kind=entry.kind,
        amount=-entry.amount,
        on=today(project.programme.zone),
        reason=reason,
        corrects=entry,
    )
