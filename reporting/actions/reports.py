"""Asking for outcome reports, and keeping what the background job has made."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from accounts.models import Organisation
from kernel import audit
from kernel.actions import action, require
from kernel.clock import today
from kernel.files import store_bytes
from kernel.jobs import enqueue
from kernel.jobs.models import Job
from kernel.violations import RuleBroken, Violation, refuse_if
from program.models import Programme
from projects.models import Project
from reporting.enums import DocumentFormat
from reporting.models import OutcomeReport, ReportDocument
from reporting.permissions import may_request_report
from reporting.queries import REPORT_JOB, next_number, projects_covered


class VersionTaken(Exception):
    """Another job has made the version of that number meanwhile."""


@action
def request_report(
    *,
    programme: Programme,
    fiscal_year: int,
    by: Any,
    key: str | None = None,
    agency: Organisation | None = None,
) -> Job:
    """Ask for a new version of the outcome report of a fiscal year: of the whole programme, or of an agency's projects.

    With a `key`, the job that already has it is returned instead of a second one.

    Raises:
        NotAllowed: see `may_request_report`.
        RuleBroken: `report_year_not_of_programme`, `report_year_ahead`, `report_without_projects`.
    """
    require(may_request_report(by, programme, fiscal_year, agency))
    this_year = programme.calendar.year_of(today(programme.zone))
    refuse_if(
        Violation("report_year_not_of_programme", "fiscal_year")
        if fiscal_year not in programme.years
        else None,
        Violation("report_year_ahead", "fiscal_year") if fiscal_year > this_year else None,
    )
    if not projects_covered(programme, fiscal_year, agency).exists():
        raise RuleBroken(Violation("report_without_projects", "fiscal_year"))
    payload = {
        "programme": programme.public_id,
        "agency": agency.public_id if agency else None,
        "fiscal_year": fiscal_year,
    }
    if key is not None and (known := Job.objects.filter(key=key).first()):
        return known
    job: Job = enqueue(REPORT_JOB, payload, by=by, key=key)
    audit.record("report_requested", job, by=by, details=payload)
    return job


@action
def keep_report(
    *,
    job: Job,
    programme: Programme,
    agency: Organisation | None,
    fiscal_year: int,
    number: int,
    projects: list[Project],
    snapshot: dict[str, Any],
    sha256: str,
    documents: Mapping[tuple[str, DocumentFormat], tuple[str, bytes]],
    made_at: dt.datetime,
) -> OutcomeReport:
    """Keep a version with its documents, `{(language, format): (file name, content)}`. To be called in the job's commit.

    Raises:
        VersionTaken: there is a version of that number.
    """
    # Two jobs for one programme take their numbers one after the other.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if next_number(programme, fiscal_year, agency) != number:
        raise VersionTaken
    report = OutcomeReport.objects.create(
        programme=programme,
        agency=agency,
        fiscal_year=fiscal_year,
        number=number,
        job=job,
        snapshot=snapshot,
        sha256=sha256,
        made_by=job.requested_by,
        made_at=made_at,
    )
    report.projects.set(projects)
    for (language, kind), (name, content) in documents.items():
        ReportDocument.objects.create(
            report=report, language=language, format=kind, file=store_bytes(name=name, content=content)
        )
    audit.record(
        "made",
        report,
        by=job.requested_by,
        details={"fiscal_year": fiscal_year, "number": number, "sha256": sha256, "job": job.public_id},
    )
    return report
