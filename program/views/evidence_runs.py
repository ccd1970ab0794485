"""Figures computed from publications: by partner, by year, and one of them into a dossier."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken, Violation
from program.actions.dossiers import add_evidence
from program.actions.evidence_runs import as_value
from program.enums import PaperFigure
from program.evidence_charts import (
    SHORT,
    PartnerRow,
    chart_finding,
    cut_note,
    partner_rows,
    unit_words,
    yearly_finding,
)
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
from program.forms.evidence_runs import FigureForm, ToDossierForm
from program.models import EvidenceItem, EvidenceRun
from program.rules.coauthored import YearFigures, total_of
from program.views.answering import answer_form, only_if, posted
from program.views.evidence_fields import field_steps

# Which papers stand behind a figure, as the list's filter names it.
BEHIND = {
    PaperFigure.TOP_SHARE: "top",
    PaperFigure.GROWTH: "growth",
    PaperFigure.SHARE_OF_HOME: "joint",
    PaperFigure.SHARE_OF_FIELD: "joint",
}


def kept_run(request: HttpRequest, public_id: str) -> EvidenceRun:
    return get_object_or_404(evidence_runs_visible_to(request.user), public_id=public_id)


def run_title(run: EvidenceRun) -> str:
    return _("Figures from %(source)s, %(first)s to %(last)s") % {
        "source": source_name(run),
        "first": run.first_year,
        "last": run.last_year,
    }


def run_steps(run: EvidenceRun, *steps: tuple[Any, str]) -> list[dict[str, Any]]:
    own = reverse("program:evidence_run", args=[run.public_id]) if steps else ""
    return field_steps(run.field, (run_title(run), own), *steps)


def papers_address(run: EvidenceRun, **filters: Any) -> str:
    given = {name: value for name, value in filters.items() if value}
    address = reverse("program:evidence_papers", args=[run.public_id])
    return f"{address}?{urlencode(given)}" if given else address


def figure_asked(request: HttpRequest) -> tuple[FigureForm, PaperFigure]:
    """The figure that the address names, the number of papers where it names none."""
    form = FigureForm(request.GET, words=SHORT)
    return form, PaperFigure(form.cleaned_data["figure"]) if form.is_valid() else PaperFigure.WHOLE


def run_figure(run: EvidenceRun, rows: list[PartnerRow], figure: PaperFigure) -> dict[str, Any]:
    """A chart of the partners by year, for `components/figure.html`."""
    finding = chart_finding(rows, figure)
    return {
        "title": f"{localized(run.field, 'title')}: {label(figure)}",
        "finding": " ".join(filter(None, (finding, cut_note(rows)))),
        "src": f"{reverse('program:evidence_chart', args=[run.public_id])}?figure={figure.value}",
        "alt": finding,
        "headers": [_("Partner"), *(str(year) for year in range(run.first_year, run.last_year + 1))],
        "rows": [{"head": row.name, "cells": [shown(year, figure) for year in row.years]} for row in rows],
        "csv_url": reverse("program:evidence_figures_csv", args=[run.public_id]),
    }


def partner_figure(run: EvidenceRun, row: PartnerRow, figure: PaperFigure) -> dict[str, Any]:
    """A chart of one partner by year, for `components/figure.html`."""
    finding = yearly_finding(row, figure)
    chart = reverse("program:evidence_partner_chart", args=[run.public_id, row.key])
    csv = reverse("program:evidence_figures_csv", args=[run.public_id])
    return {
        "title": f"{row.name}: {label(figure)}",
        "finding": finding,
        "src": f"{chart}?figure={figure.value}",
        "alt": finding,
        "headers": [_("Year"), unit_words(figure)],
        "rows": [{"head": year.year, "cells": [shown(year, figure)]} for year in row.years],
        "csv_url": f"{csv}?partner={row.key}",
    }


@reads
def evidence_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """All partners of a run, those with the most joint papers first, and what the figures rest on."""
    run = kept_run(request, public_id)
    rows = partner_rows(run)
    form, figure = figure_asked(request)
    context = {
        "run": run,
        "heading": run_title(run),
        "lead": localized(run.field, "title"),
        "source": source_name(run),
        "files": run.source["files"],
        "filter_form": form,
        "figure": run_figure(run, rows, figure),
        "rows": [
            {
                "name": row.name,
                "url": reverse("program:evidence_partner", args=[run.public_id, row.key]),
                "papers_url": papers_address(run, partner=row.key, show="joint"),
                "cells": [shown(row.total, figure) for figure in FIGURES_OF_PERIOD[1:]],
                "whole": shown(row.total, PaperFigure.WHOLE),
            }
            for row in rows
        ],
        "headings": [SHORT[figure] for figure in FIGURES_OF_PERIOD],
        "columns": columns(),
        "moves": [Move(_("All papers of the field"), papers_address(run, show="all"))],
        "breadcrumbs": run_steps(run),
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
    run, row = partner_row(request, public_id, partner)
    rows, name = row.years, row.name
    form, figure = figure_asked(request)
    may_add = drafts_of(request.user, run, partner).exists()
    add = reverse("program:evidence_to_dossier", args=[run.public_id, partner])
    context = {
        "run": run,
        "heading": name,
        "lead": f"{localized(run.field, 'title')}: {run_title(run)}",
        "finding": finding(run, partner, name),
        "filter_form": form,
        "figure": partner_figure(run, row, figure),
        "headings": [SHORT[figure] for figure in PaperFigure],
        "columns": columns(),
        "rows": [_year(run, partner, row) for row in rows],
        "total": [shown(row.total, figure) for figure in PaperFigure],
        "moves": [Move(_("Add to the dossier"), add, tone="primary")] if may_add else [],
        "may_add": may_add,
        "breadcrumbs": run_steps(run, (name, "")),
    }
    return render(request, "program/evidence_partner.html", context)


def columns() -> list[dict[str, Any]]:
    """What the short words above the columns stand for."""
    return [{"short": SHORT[figure], "long": label(figure)} for figure in PaperFigure]


def partner_row(request: HttpRequest, public_id: str, partner: str) -> tuple[EvidenceRun, PartnerRow]:
    run = kept_run(request, public_id)
    names = partner_names(run)
    if partner not in names:
        raise Http404
    years = partner_years(run, partner)
    return run, PartnerRow(partner, names[partner], years, total_of(years))


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
    run, row = partner_row(request, public_id, partner)
    name = row.name
    drafts = list(drafts_of(request.user, run, partner))
    only_if(bool(drafts))
    years = {year.year: year for year in row.years}
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
        breadcrumbs=run_steps(run, (name, back), (heading, "")),
    )
