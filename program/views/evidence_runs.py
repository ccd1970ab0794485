"""Figures computed from publications: by partner, by year, the papers behind each, and one of them into a dossier."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_value
from kernel.documents.tables import stream_csv
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import COUNTED, SIZE, Page
from kernel.violations import RuleBroken, Violation
from program.actions.dossiers import add_evidence
from program.actions.evidence_runs import as_value
from program.enums import PaperFigure
from program.evidence_papers import Filters, FoundPaper, all_papers, page_of_papers
from program.evidence_queries import drafts_of, evidence_runs_visible_to
from program.evidence_words import (
    figure_text,
    finding,
    measure_of,
    partner_names,
    partner_years,
    shown,
    source_name,
    source_of,
    unit_of,
)
from program.forms.evidence_runs import PaperFilterForm, ToDossierForm
from program.models import EvidenceItem, EvidenceRun
from program.rules.coauthored import YearFigures, total_of
from program.views.answering import answer_form, only_if, posted
from program.views.evidence_fields import field_steps
from registries.enums import PublicationKind
from registries.queries import country_names

# Which papers stand behind a figure, as the list's filter names it.
BEHIND = {
    PaperFigure.TOP_SHARE: "top",
    PaperFigure.SHARE_OF_HOME: "joint",
    PaperFigure.SHARE_OF_FIELD: "joint",
}
LAST_PAGE = 1_000_000


def kept_run(request: HttpRequest, public_id: str) -> EvidenceRun:
    return get_object_or_404(evidence_runs_visible_to(request.user), public_id=public_id)


def run_title(run: EvidenceRun) -> str:
    return _("Figures from %(source)s, %(first)s to %(last)s") % {
        "source": source_name(run),
        "first": run.first_year,
        "last": run.last_year,
    }


def _steps(run: EvidenceRun, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    own = reverse("program:evidence_run", args=[run.public_id]) if steps else ""
    return field_steps(run.field, (run_title(run), own), *steps)


def papers_address(run: EvidenceRun, **filters: Any) -> str:
    given = {name: value for name, value in filters.items() if value}
    address = reverse("program:evidence_papers", args=[run.public_id])
    return f"{address}?{urlencode(given)}" if given else address


@reads
def evidence_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """All partners of a run, those with the most joint papers first, and what the figures rest on."""
    run = kept_run(request, public_id)
    names = partner_names(run)
    totals = {key: total_of(partner_years(run, key)) for key in names}
    order = sorted((key for key in names if totals[key].whole), key=lambda key: (-totals[key].whole, key))
    context = {
        "run": run,
        "heading": run_title(run),
        "lead": localized(run.field, "title"),
        "source": source_name(run),
        "files": run.source["files"],
        "rows": [
            {
                "name": names[key],
                "url": reverse("program:evidence_partner", args=[run.public_id, key]),
                "papers_url": papers_address(run, partner=key, show="joint"),
                "cells": [shown(totals[key], figure) for figure in FIGURES_OF_PERIOD[1:]],
                "whole": shown(totals[key], PaperFigure.WHOLE),
            }
            for key in order
        ],
        "headings": [label(figure) for figure in FIGURES_OF_PERIOD],
        "moves": [Move(_("All papers of the field"), papers_address(run, show="all"))],
        "breadcrumbs": _steps(run),
    }
    return render(request, "program/evidence_run.html", context)


FIGURES_OF_PERIOD = (
    PaperFigure.WHOLE,
    PaperFigure.HOME_SHARE,
    PaperFigure.PARTNER_SHARE,
    PaperFigure.SHARE_OF_FIELD,
    PaperFigure.SHARE_OF_HOME,
    PaperFigure.TOP_SHARE,
)


@reads
def evidence_partner(request: HttpRequest, public_id: str, partner: str) -> HttpResponse:
    """The figures of one partner, year by year; each leads to the papers behind it."""
    run, name = _partner(request, public_id, partner)
    rows = partner_years(run, partner)
    may_add = drafts_of(request.user, run, partner).exists()
    add = reverse("program:evidence_to_dossier", args=[run.public_id, partner])
    context = {
        "run": run,
        "heading": name,
        "lead": f"{localized(run.field, 'title')}: {run_title(run)}",
        "finding": finding(run, partner, name),
        "headings": [label(figure) for figure in PaperFigure],
        "rows": [_year(run, partner, row) for row in rows],
        "total": [shown(total_of(rows), figure) for figure in PaperFigure],
        "moves": [Move(_("Add to the dossier"), add, tone="primary")] if may_add else [],
        "may_add": may_add,
        "breadcrumbs": _steps(run, (name, "")),
    }
    return render(request, "program/evidence_partner.html", context)


def _partner(request: HttpRequest, public_id: str, partner: str) -> tuple[EvidenceRun, str]:
    run = kept_run(request, public_id)
    names = partner_names(run)
    if partner not in names:
        raise Http404
    return run, names[partner]


def _year(run: EvidenceRun, partner: str, row: YearFigures) -> dict[str, Any]:
    return {
        "year": str(row.year),
        "cells": [
            {
                "text": shown(row, figure),
                "url": papers_address(run, partner=partner, year=row.year, show=BEHIND.get(figure, "joint"))
                if row.whole
                else "",
                "figure": label(figure),
            }
            for figure in PaperFigure
        ],
    }


@reads_and_writes
@idempotent
def evidence_to_dossier(request: HttpRequest, public_id: str, partner: str) -> HttpResponse:
    """One figure becomes an item of evidence, with what it measures, its unit, year and source filled in."""
    run, name = _partner(request, public_id, partner)
    drafts = list(drafts_of(request.user, run, partner))
    only_if(bool(drafts))
    years = {row.year: row for row in partner_years(run, partner)}
    back = reverse("program:evidence_partner", args=[run.public_id, partner])
    heading = _("Add a figure to the dossier")

    def act(values: dict[str, Any]) -> EvidenceItem:
        figure, year = PaperFigure(values.pop("figure")), int(values.pop("year"))
        text = figure_text(years[year], figure)
        if not text:
            raise RuleBroken(Violation("evidence_figure_absent", "year"))
        measure, unit, source = measure_of(run, partner, figure), unit_of(figure), source_of(run)
        item: EvidenceItem = add_evidence(
            designation=form.drafts[values.pop("designation")],
            by=request.user,
            measure_ja=measure["ja"],
            measure_en=measure["en"],
            value=as_value(text),
            unit_ja=unit["ja"],
            unit_en=unit["en"],
            year=year,
            source_ja=source["ja"],
            source_en=source["en"],
            source_url=f"{settings.SITE_ADDRESS}{back}",
            **values,
        )
        return item

    form = ToDossierForm(posted(request), drafts=drafts, years=range(run.first_year, run.last_year + 1))
    return answer_form(
        request,
        form=form,
        act=act,
        back=back,
        goes_to=lambda item: reverse("program:designation", args=[item.designation.public_id]),
        heading=heading,
        lead=f"{localized(run.field, 'title')}, {name}",
        submit=_("Add to the dossier"),
        success=_("The evidence was added."),
        breadcrumbs=_steps(run, (name, back), (heading, "")),
    )


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
        home=show in ("joint", "top", "home"),
        year=int(year) if year else None,
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
        "breadcrumbs": _steps(run, (heading, "")),
    }
    return render(request, "program/evidence_papers.html", context)


@reads
def evidence_papers_csv(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The same papers as a table, as many as there are."""
    run = kept_run(request, public_id)
    _form, filters = _filters(request, run)
    columns = [
        "DOI",
        _("Title"),
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
