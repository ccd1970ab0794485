"""Outcome reports: the list, a version with its documents, and the documents themselves."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.files import respond
from kernel.languages import localized
from kernel.methods import reads
from kernel.money import format_amount
from kernel.moves import Move
from kernel.pages import page_of
from kernel.templatetags.kernel import file_size, fiscal_year, instant
from program.views.answering import only_if
from proposals.enums import ExchangeDirection
from reporting.documents import words
from reporting.models import OutcomeReport, ReportDocument
from reporting.permissions import may_request_reports, may_see_indicators
from reporting.queries import documents_visible_to, report_jobs_visible_to, reports_visible_to
from reporting.views.shared import Cell, Table, address, crumbs

LANGUAGES = {"ja": "日本語", "en": "English"}
JOBS_SHOWN = 5


def scope_of(report: OutcomeReport) -> str:
    """Whose projects a report covers."""
    return localized(report.agency, "name") if report.agency else _("the whole programme")


def title_of(report: OutcomeReport) -> str:
    return _("Outcome report %(year)s, version %(number)s") % {
        "year": fiscal_year(report.fiscal_year),
        "number": report.number,
    }


@reads
def reports(request: HttpRequest) -> HttpResponse:
    only_if(may_see_indicators(request.user))
    page = page_of(reports_visible_to(request.user), request)
    moves = [Move(_("Request a report"), address("report_request"), tone="primary")]
    context = {
        "moves": moves if may_request_reports(request.user) else [],
        "table": _table(page.objects, _("Newest first")),
        "jobs": _jobs(request),
        "page": page,
        "breadcrumbs": crumbs((_("Outcome reports"), "")),
    }
    return render(request, "reporting/reports.html", context)


def _table(found: list[OutcomeReport], caption: Any) -> Table:
    headers = [
        (_("Report"), ""),
        (_("Projects of"), ""),
        (_("Version"), "numeric"),
        (_("Made at"), ""),
        (_("Digest of the data (SHA-256)"), ""),
    ]
    rows = [
        [
            Cell(
                fiscal_year(report.fiscal_year),
                address("report", report.public_id),
                localized(report.programme, "title"),
                "wide",
            ),
            Cell(scope_of(report)),
            Cell(str(report.number), css="numeric"),
            Cell(instant(report.made_at)),
            Cell(report.sha256[:16]),
        ]
        for report in found
    ]
    return Table("reports", caption, headers, rows, _("No report has been made yet."))


def _jobs(request: HttpRequest) -> list[dict[str, Any]]:
    """The reader's own requests that have not led to a report yet."""
    jobs = report_jobs_visible_to(request.user).exclude(state="done")[:JOBS_SHOWN]
    return [
        {
            "url": address("report_progress", job.public_id),
            "label": _("Outcome report %(year)s") % {"year": fiscal_year(int(job.payload["fiscal_year"]))},
            "state": label_of_field(job, "state"),
        }
        for job in jobs
    ]


@reads
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(reports_visible_to(request.user), public_id=public_id)
    versions = reports_visible_to(request.user).filter(
        programme=found.programme, agency=found.agency, fiscal_year=found.fiscal_year
    )
    context = {
        "report": found,
        "heading": title_of(found),
        "lead": localized(found.programme, "title"),
        "facts": _facts(found),
        "documents": [
            _document(one) for one in found.documents.select_related("file").order_by("-language", "format")
        ],
        "table": _table(list(versions[:60]), _("Versions of this report, newest first")),
        "breadcrumbs": crumbs((_("Outcome reports"), address("reports")), (title_of(found), "")),
    }
    return render(request, "reporting/report.html", context)


def _facts(report: OutcomeReport) -> list[dict[str, Any]]:
    snapshot = report.snapshot
    money, papers = snapshot["money"], snapshot["papers"]["programme"]

    def people(way: ExchangeDirection) -> str:
        return _("%(people)s (mid/long-term: %(long)s)") % {
            "people": words.count_of(snapshot, way, "people"),
            "long": words.count_of(snapshot, way, "long_people"),
        }

    facts = [
        (_("Projects of"), scope_of(report)),
        (_("Fiscal year"), words.year_of(snapshot)),
        (_("Projects"), f"{len(snapshot['projects']):,}"),
        (_("Allocated so far (yen)"), format_amount(money["whole"]["allocated"])),
        (_("Paid in the fiscal year (yen)"), format_amount(money["year"]["paid"])),
        (_("Paid so far (yen)"), format_amount(money["whole"]["paid"])),
        (_("Dispatched in the fiscal year"), people(ExchangeDirection.DISPATCH)),
        (_("Received in the fiscal year"), people(ExchangeDirection.ACCEPTANCE)),
        (_("International co-authored papers so far"), f"{papers['total']:,}"),
        (_("Digest of the data (SHA-256)"), report.sha256),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _document(document: ReportDocument) -> dict[str, Any]:
    return {
        "url": address("report_document", document.public_id),
        "label": f"{LANGUAGES[document.language]} {label_of_field(document, 'format')}",
        "language": document.language,
        "size": file_size(document.file.size),
    }


@reads
def document(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """A document, for those who may see its report."""
    found = get_object_or_404(documents_visible_to(request.user), public_id=public_id)
    return respond(found.file)
