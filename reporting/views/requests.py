"""Asking for an outcome report, and watching it being made."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.clock import today
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.methods import reads, reads_and_writes
from kernel.templatetags.kernel import fiscal_year
from kernel.violations import RuleBroken, Violation
from program.models import Programme
from program.views.answering import answer_form, only_if, posted
from projects.queries import projects_visible_to
from reporting.actions.reports import request_report
from reporting.enums import ReportStep
from reporting.forms import ReportForm
from reporting.permissions import may_request_report, may_request_reports, reporting_agencies
from reporting.queries import report_jobs_visible_to, reports_visible_to
from reporting.views.shared import address, crumbs


@reads_and_writes
@idempotent
def request_new(request: HttpRequest) -> HttpResponse:
    only_if(may_request_reports(request.user))
    own = projects_visible_to(request.user).order_by().values("programme")
    programmes = {one.public_id: one for one in Programme.objects.filter(pk__in=own).order_by("code")}
    agencies = {one.public_id: one for one in reporting_agencies(request.user)}
    form = ReportForm(
        posted(request),
        programmes=list(programmes.values()),
        agencies=list(agencies.values()),
        years=_years(list(programmes.values())),
    )

    def act(values: dict[str, Any]) -> Job:
        programme, agency = programmes[values["programme"]], agencies.get(values["agency"])
        year = values["fiscal_year"]
        if not may_request_report(request.user, programme, year, agency):
            raise RuleBroken(Violation("report_covers_hidden_projects", "agency"))
        return request_report(programme=programme, fiscal_year=year, by=request.user, agency=agency)

    return answer_form(
        request,
        form=form,
        act=act,
        back=address("reports"),
        goes_to=lambda job: address("report_progress", job.public_id),
        heading=_("Request a report"),
        lead=_(
            "A report is made in the background, in Japanese and English, as PDF and Excel. Each request makes a new version; earlier ones stay."
        ),
        submit=_("Request this report"),
        success=_("The report is being made. You may leave this page."),
        breadcrumbs=crumbs((_("Outcome reports"), address("reports")), (_("Request a report"), "")),
    )


def _years(programmes: list[Programme]) -> list[int]:
    """The fiscal years of the programmes that have begun, newest first."""
    found: set[int] = set()
    for programme in programmes:
        this_year = programme.calendar.year_of(today(programme.zone))
        found |= {year for year in programme.years if year <= this_year}
    return sorted(found, reverse=True)


@reads
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a report is. Asked by htmx, the inside of the progress box; 286 once there is nothing more to ask."""
    job = get_object_or_404(report_jobs_visible_to(request.user), public_id=public_id)
    state = _state(request, job)
    if wants_part(request):
        return progress_part(request, state, has_ended=job.has_ended)
    heading = {
        JobState.DONE: _("The report has been made"),
        JobState.FAILED: _("The report could not be made"),
        JobState.CANCELLED: _("The making of the report was stopped"),
    }.get(JobState(job.state), _("The report is being made"))
    context = {
        **state,
        "has_ended": job.has_ended,
        "failed": job.state == JobState.FAILED,
        "poll_url": reverse("reporting:report_progress", args=[job.public_id]),
        "heading": heading,
        "breadcrumbs": crumbs((_("Outcome reports"), address("reports")), (heading, "")),
    }
    return render(request, "reporting/progress.html", context)


def _state(request: HttpRequest, job: Job) -> dict[str, Any]:
    words = label_of_field(job, "state")
    if job.state == JobState.RUNNING and job.step in list(ReportStep):
        words = f"{words}: {label(ReportStep(job.step))}"
    report = reports_visible_to(request.user).filter(job=job).first() if job.has_ended else None
    return {
        "label": _("Outcome report %(year)s") % {"year": fiscal_year(int(job.payload["fiscal_year"]))},
        "state_label": words,
        "percent": job.percent,
        "result_url": address("report", report.public_id) if report else "",
        "result_label": _("Open the report") if report else "",
    }
