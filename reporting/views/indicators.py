"""The programme's indicators: its own counts beside the national baselines, and the records behind each count."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.documents.tables import stream_csv
from kernel.languages import localized
from kernel.methods import reads
from kernel.templatetags.kernel import day, fiscal_year_short
from program.enums import IndicatorMeasure
from program.models import Indicator, Programme
from program.queries import programmes_visible_to
from program.views.answering import only_if
from projects.models import Project
from projects.queries import projects_visible_to
from registries.queries import country_names
from reporting.figures.indicators import DIRECTIONS, IndicatorFigures, indicators_of
from reporting.figures.mobility import mobility_of
from reporting.figures.papers import papers_of
from reporting.models import Stay
from reporting.permissions import may_see_indicators
from reporting.rules.indicators import IndicatorYear
from reporting.views.shared import Cell, Table, address, crumbs, number
from reporting.views.stays import host_of

PROGRAMMES_SHOWN = 20


def _projects(request: HttpRequest, programme: Programme) -> list[Project]:
    """The projects that the reader may read."""
    return list(projects_visible_to(request.user).filter(programme=programme))


def _figures(programme: Programme, projects: list[Project]) -> list[IndicatorFigures]:
    """The indicators over some projects, up to the present fiscal year."""
    mobility = mobility_of(projects, programme.calendar)
    papers = papers_of(projects)
    year = programme.calendar.year_of(today(programme.zone))
    return indicators_of(programme, mobility, papers, until=min(year, programme.last_year))


@reads
def indicators(request: HttpRequest) -> HttpResponse:
    only_if(may_see_indicators(request.user))
    programmes = list(programmes_visible_to(request.user)[:PROGRAMMES_SHOWN])
    asked = request.GET.get("programme", "")
    programme = next(
        (one for one in programmes if one.public_id == asked), programmes[0] if programmes else None
    )
    projects = _projects(request, programme) if programme else []
    figures = _figures(programme, projects) if programme else []
    tabs = [
        {
            "label": localized(one, "title"),
            "url": f"{address('indicators')}?programme={one.public_id}",
            "current": one == programme,
            "count": "",
        }
        for one in programmes
    ]
    context = {
        "lead": localized(programme, "title") if programme else "",
        "covered": len(projects),
        "tabs": tabs if len(tabs) > 1 else [],
        "indicators": [_shown(one) for one in figures],
        "breadcrumbs": crumbs((_("Indicators"), "")),
    }
    return render(request, "reporting/indicators.html", context)


def _year(figures: IndicatorFigures, year: int) -> str:
    return fiscal_year_short(year) if figures.is_fiscal else str(year)


def _shown(figures: IndicatorFigures) -> dict[str, Any]:
    indicator = figures.indicator
    unit = localized(indicator, "unit")
    finding = _finding(figures, unit)
    entered = {value.year: localized(value, "source") for value in indicator.values.all()}
    sources = {baseline.year: localized(baseline, "source") for baseline in indicator.baselines.all()}
    return {
        "title": localized(indicator, "title"),
        "definition": localized(indicator, "definition"),
        "figure": {
            "title": f"{localized(indicator, 'title')} ({unit})",
            "finding": finding,
            "src": address("indicator_chart", indicator.public_id),
            "alt": _("The programme’s own count, year by year: %(numbers)s")
            % {"numbers": _(", ").join(f"{_year(figures, r.year)} {r.programme}" for r in figures.own)},
            "headers": [_year_word(figures), _("This programme")],
            "rows": [{"head": _year(figures, r.year), "cells": [f"{r.programme:,}"]} for r in figures.own],
            "csv_url": address("indicator_csv", indicator.public_id),
        },
        "own": Table(
            f"own-{indicator.public_id}",
            _("This programme (%(unit)s)") % {"unit": unit},
            [(_year_word(figures), ""), (_("Figure, as entered"), "numeric"), (_("Source"), "")]
            if indicator.takes_figures
            else [(_year_word(figures), ""), (_("Count, with its records"), "numeric")],
            [
                [Cell(_year(figures, row.year)), number(row.programme), Cell(entered[row.year], css="wide")]
                if indicator.takes_figures
                else [Cell(_year(figures, row.year)), _count(indicator, row)]
                for row in figures.own
            ],
            _("No figure has been entered."),
        ),
        "national": Table(
            f"national-{indicator.public_id}",
            _("National totals (%(unit)s): counted by a survey of their own, never added to the programme’s")
            % {"unit": unit},
            [(_year_word(figures), ""), (_("National total"), "numeric"), (_("Source"), "")],
            [
                [
                    Cell(_year(figures, row.year)),
                    number(row.national),
                    Cell(sources.get(row.year, ""), css="wide"),
                ]
                for row in figures.baselines
            ],
            _("No baseline has been entered."),
        ),
    }


def _finding(figures: IndicatorFigures, unit: str) -> str:
    """One sentence on the newest year of which there is a figure."""
    if not figures.own:
        return _("No figure has been entered.")
    last = figures.own[-1]
    values = {"year": _year(figures, last.year), "count": f"{last.programme:,}", "unit": unit}
    if figures.indicator.takes_figures:
        return _("%(year)s: %(count)s %(unit)s.") % values
    return _("%(year)s so far: %(count)s %(unit)s.") % values


def _year_word(figures: IndicatorFigures) -> str:
    return _("Fiscal year") if figures.is_fiscal else _("Calendar year")


def _count(indicator: Indicator, row: IndicatorYear) -> Cell:
    return number(row.programme, address("indicator_records", indicator.public_id, row.year))


def _one(request: HttpRequest, public_id: str) -> IndicatorFigures:
    only_if(may_see_indicators(request.user))
    found = Indicator.objects.filter(programme__in=programmes_visible_to(request.user).order_by())
    indicator = get_object_or_404(found.select_related("programme"), public_id=public_id)
    figures = _figures(indicator.programme, _projects(request, indicator.programme))
    return next(one for one in figures if one.indicator == indicator)


@reads
def chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from reporting.documents.charts import yearly_chart  # matplotlib is slow to load

    figures = _one(request, public_id)
    svg = yearly_chart(
        [(_year(figures, row.year), row.programme) for row in figures.own],
        count_label=_("This programme"),
        unit=localized(figures.indicator, "unit"),
    )
    return HttpResponse(svg, content_type="image/svg+xml")


@reads
def csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    figures = _one(request, public_id)
    headers = [_year_word(figures), _("This programme"), _("National total (baseline)"), _("Unit")]
    unit = localized(figures.indicator, "unit")
    rows = [[row.year, row.programme, row.national, unit] for row in figures.rows]
    response = StreamingHttpResponse(stream_csv(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="indicator-{figures.indicator.public_id}.csv"'
    return response


@reads
def records(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """What a count of one year was made from."""
    figures = _one(request, public_id)
    row = next((one for one in figures.own if one.year == year), None)
    if row is None or figures.indicator.takes_figures:
        raise Http404
    is_mobility = IndicatorMeasure(figures.indicator.measure) in DIRECTIONS
    heading = f"{localized(figures.indicator, 'title')}: {_year(figures, year)}"
    context = {
        "heading": heading,
        "tabs": [],
        "moves": [],
        "breadcrumbs": crumbs((_("Indicators"), address("indicators")), (_year(figures, year), "")),
        "tables": [_stays(row) if is_mobility else _papers(request, figures, row)],
    }
    return render(request, "reporting/tables.html", context)


def _stays(row: IndicatorYear) -> Table:
    stays = Stay.objects.filter(public_id__in=row.records).select_related("project", "person")
    names = country_names()
    rows = [
        [
            Cell(stay.project.number, address("stays", stay.project.public_id)),
            Cell(stay.person.name),
            Cell(host_of(stay, names), css="wide"),
            Cell(f"{day(stay.starts_on)} – {day(stay.ends_on)}"),
        ]
        for stay in stays.order_by("starts_on", "pk")
    ]
    headers = [(_("Project"), ""), (_("Person"), ""), (_("Host (country)"), ""), (_("Period"), "")]
    caption = _("Mid/long-term stays begun in the year: %(n)s persons") % {"n": row.programme}
    return Table("records", caption, headers, rows, _("Nothing was counted."))


def _papers(request: HttpRequest, figures: IndicatorFigures, row: IndicatorYear) -> Table:
    wanted = set(row.records)
    found = papers_of(projects_visible_to(request.user).filter(programme=figures.indicator.programme))
    numbers = {
        project.public_id: project.number
        for project in projects_visible_to(request.user).filter(programme=figures.indicator.programme)
    }
    rows = []
    for key, record in found.records.items():
        if record.public_id in wanted:
            url = f"https://doi.org/{record.doi}" if record.doi else ""
            projects = [numbers[project] for project in found.projects_of[key]]
            rows.append(
                [Cell(record.title or record.doi, url, css="wide"), Cell(", ".join(sorted(projects)))]
            )
    headers = [(_("Title of the paper"), ""), (_("Projects"), "")]
    caption = _("Papers counted in the year: %(n)s") % {"n": row.programme}
    return Table("records", caption, headers, rows, _("Nothing was counted."))
