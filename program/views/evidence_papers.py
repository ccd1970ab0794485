"""The papers behind the figures of a field: a list to filter, and the same as a table."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kernel.choices import label_of_value
from kernel.documents.tables import stream_csv
from kernel.methods import reads
from kernel.pages import COUNTED, SIZE, Page
from program.evidence_papers import Filters, FoundPaper, all_papers, page_of_papers
from program.evidence_words import partner_names
from program.forms.evidence_runs import PaperFilterForm
from program.models import EvidenceRun
from program.views.evidence_runs import kept_run, run_steps, run_title
from registries.enums import PublicationKind
from registries.queries import country_names

LAST_PAGE = 1_000_000


def _filters(request: HttpRequest, run: EvidenceRun) -> tuple[PaperFilterForm, Filters]:
    """What the address asks for; nonsense is left out."""
    names = partner_names(run)
    form = PaperFilterForm(
        request.GET, partners=list(names.items()), years=range(run.last_year, run.first_year - 1, -1)
    )
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    show, year = asked.get("show", ""), asked.get("year", "")
    return form, Filters(
        countries=tuple(run.partners.get(asked.get("partner") or "", ())),
        home=show in ("joint", "top", "home", "growth"),
        year=int(year) if year else None,
        year_before=show == "growth",
        top=show == "top",
        counted=show != "all",
        words=asked.get("q", ""),
    )


@reads
def evidence_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The papers behind a figure, or all of the field."""
    run = kept_run(request, public_id)
    form, filters = _filters(request, run)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 7 else 1
    number = min(max(number, 1), LAST_PAGE)
    with run.papers.on_disk() as path:
        papers, total = page_of_papers(path, filters, page=number, size=SIZE)
    page = Page(papers, number, min(total, COUNTED), False, number * SIZE < total)
    csv = reverse("program:evidence_papers_csv", args=[run.public_id])
    heading = _("The papers behind the figures")
    names = country_names()
    context = {
        "run": run,
        "heading": heading,
        "lead": run_title(run),
        "filter_form": form,
        "clear_url": reverse("program:evidence_papers", args=[run.public_id]),
        "csv_url": f"{csv}?{request.GET.urlencode()}",
        "page": page,
        "total": f"{total:,}",
        "rows": [
            {
                "paper": paper,
                "kind": label_of_value(PublicationKind, paper.kind)
                if paper.kind in list(PublicationKind)
                else "",
                "countries": ", ".join(names.get(code, code) for code in paper.countries.split()),
            }
            for paper in papers
        ],
        "breadcrumbs": run_steps(run, (heading, "")),
    }
    return render(request, "program/evidence_papers.html", context)


@reads
def evidence_papers_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The same papers as a table, as many as there are."""
    run = kept_run(request, public_id)
    _form, filters = _filters(request, run)
    columns = [
        "DOI",
        _("Title of the paper"),
        _("Year"),
        _("Kind"),
        _("Journal"),
        _("Countries of affiliation"),
        _("Retracted"),
        _("In the top 10 %"),
    ]

    def rows() -> Iterator[list[Any]]:
        with run.papers.on_disk() as path:
            for paper in all_papers(path, filters):
                yield _line(paper)

    response = StreamingHttpResponse(stream_csv(columns, rows()), content_type="text/csv; charset=utf-8")
    name = f"papers-{run.field.code}-{run.first_year}-{run.last_year}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response


def _line(paper: FoundPaper) -> list[Any]:
    return [
        paper.doi or paper.key,
        paper.title,
        paper.year,
        paper.kind,
        paper.container,
        paper.countries,
        paper.is_retracted,
        paper.is_top10,
    ]
