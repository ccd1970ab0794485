"""What every entry of a ledger needs: the project and its accounts locked, its rules, and the entry with its audit row."""

import datetime as dt
from typing import Any

from kernel import audit
from kernel.actions import require
from kernel.clock import today
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.models import Envelope
from projects.actions.constraints import refused_in_words
from projects.actions.limits import commitment_violations
from projects.enums import ProjectState
from projects.models import CapAccount, LedgerEntry, Project, SpendAccount
from projects.permissions import may_keep_ledger
from projects.rules.years import attribution_violation


def lock_money(project: Project, *years: int) -> None:
    """Lock what entries of these years will change, in the one order that everybody keeps."""
    of_agency = {"programme": project.programme_id, "agency": project.agency_id}
    for rows in (
        Envelope.objects.filter(**of_agency, fiscal_year__in=years),
        CapAccount.objects.filter(project=project, fiscal_year__in=[0, *years]),
        SpendAccount.objects.filter(project=project, fiscal_year__in=years),
    ):
        list(rows.select_for_update().order_by("pk").values_list("pk"))


def locked_project(project: Project, doer: Any, *years: int) -> Project:
    """The project as it stands, with its accounts of these years locked, if `doer` may keep its ledger and it is running.

    Raises:
        NotAllowed, RuleBroken: otherwise (`project_not_active`).
    """
    project = (
        # No stronger than needed: an entry by raw SQL holds the project's key while it waits for the accounts.
        Project.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "agency", "institution", "proposal__call")
        .get(pk=project.pk)
    )
    require(may_keep_ledger(doer, project))
    refuse_if(Violation("project_not_active") if project.state != ProjectState.ACTIVE else None)
    lock_money(project, *years)
    return project


def year_violation(project: Project, fiscal_year: int) -> Violation | None:
    known = SpendAccount.objects.filter(project=project, fiscal_year=fiscal_year).exists()
    return None if known else Violation("year_not_of_project", "fiscal_year", {"year": fiscal_year})


def amount_violation(amount: int) -> Violation | None:
    return None if amount > 0 else Violation("amount_not_above_zero", "amount")


def reason_violation(reason: str) -> Violation | None:
    return Violation("ledger_reason_missing", "reason") if is_blank_text(reason) else None


def date_violation(project: Project, on: dt.date) -> Violation | None:
    """Whether the day lies ahead, or before the first fiscal year of the project."""
    if on > today(project.programme.zone):
        return Violation("date_ahead", "on")
    first = project.programme.calendar.first_day(project.first_year)
    return Violation("date_before_project", "on", {"first": first}) if on < first else None


def attributed_violation(project: Project, fiscal_year: int, on: dt.date, reason: str) -> Violation | None:
    """Whether an entry of the day `on` cannot belong to `fiscal_year`, or only with a reason, by the programme's calendar."""
    of_date = project.programme.calendar.year_of(on)
    return attribution_violation(fiscal_year=fiscal_year, year_of_date=of_date, reason=reason)


def append_entry(project: Project, doer: Any, **fields: Any) -> LedgerEntry:
    """Add an entry and its audit row.

    Raises:
        RuleBroken: what caps, envelope and accounts refuse.
    """
    committed = {name: fields[name] for name in ("kind", "fiscal_year", "category", "amount")}
    refuse_if(*commitment_violations(project, **committed))
    with refused_in_words():
        entry = LedgerEntry.objects.create(
            **{"project": project, "institution": project.institution, "by": doer, **fields}
        )
    audit.record(
        "entered",
        entry,
        by=doer,
        details={
            "project": project.public_id,
            "kind": str(entry.kind),
            "fiscal_year": entry.fiscal_year,
            "category": str(entry.category),
            "amount": entry.amount,
        },
    )
    return entry
