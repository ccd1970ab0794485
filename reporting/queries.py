"""Reads of outcomes, as far as a user may see them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Organisation, Person
from kernel.jobs.models import Job
from program.models import Programme
from projects.models import Project
from projects.queries import projects_visible_to
from reporting.models import OutcomeReport, ProjectPublication, ReportDocument, Stay
from reporting.permissions import may_see_indicators

REPORT_JOB = "reporting.outcome_report"


def stays_visible_to(user: Any) -> QuerySet[Stay]:
    """The stays of the projects that the user may read, newest first."""
    return (
        Stay.objects.filter(project__in=projects_visible_to(user).order_by())
        .select_related("person", "project__programme", "project__proposal")
        .order_by("-starts_on", "-id")
    )


def paper_links_visible_to(user: Any) -> QuerySet[ProjectPublication]:
    """The papers of the projects that the user may read, newest first."""
    return (
        ProjectPublication.objects.filter(project__in=projects_visible_to(user).order_by())
        .select_related("publication", "project")
        .order_by("-publication__year", "-id")
    )


def projects_covered(
    programme: Programme, fiscal_year: int, agency: Organisation | None
) -> QuerySet[Project]:
    """What an outcome report covers: the projects begun by the end of the fiscal year, by number."""
    projects = Project.objects.filter(programme=programme, first_year__lte=fiscal_year)
    if agency is not None:
        projects = projects.filter(agency=agency)
    return projects.order_by("number")


def reports_visible_to(user: Any) -> QuerySet[OutcomeReport]:
    """Officers of agencies and of the ministry see the reports all of whose projects they may read, newest first."""
    reports = (
        OutcomeReport.objects.select_related("programme", "agency", "job")
        .defer("snapshot")
        .order_by("-made_at", "-id")
    )
    if not may_see_indicators(user):
        return reports.none()
    covered = OutcomeReport.projects.through.objects.filter(outcomereport=OuterRef("pk"))
    hidden = covered.exclude(project__in=projects_visible_to(user).order_by().values("pk"))
    return reports.exclude(Exists(hidden))


def documents_visible_to(user: Any) -> QuerySet[ReportDocument]:
    """The files of the reports that the user may see."""
    return ReportDocument.objects.filter(report__in=reports_visible_to(user).order_by()).select_related(
        "file", "report__programme", "report__agency"
    )


def report_jobs_visible_to(user: Any) -> QuerySet[Job]:
    """The reports that the user has asked for, ready or not, newest first."""
    jobs = Job.objects.filter(name=REPORT_JOB).order_by("-id")
    return jobs.filter(requested_by=user) if may_see_indicators(user) else jobs.none()


def next_number(programme: Programme, fiscal_year: int, agency: Organisation | None) -> int:
    """The number of the next version of a report."""
    versions = OutcomeReport.objects.filter(programme=programme, fiscal_year=fiscal_year, agency=agency)
    last = versions.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def people_of(project: Project) -> QuerySet[Person]:
    """Those whom the project knows: its team, and everybody whose stay it has recorded."""
    team = Person.objects.filter(team_memberships__proposal=project.proposal_id)
    known = Person.objects.filter(stays__project=project)
    return (team | known).filter(merged_into=None).distinct()
