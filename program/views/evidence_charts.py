"""The charts of figures computed from publications, and the table of all of them as a file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.documents.tables import stream_csv
from kernel.methods import reads
from program.enums import PaperFigure
from program.evidence_charts import MOST_ROWS, number_of, partner_rows, unit_words
from program.evidence_words import figure_text
from program.views.evidence_runs import figure_asked, kept_run, partner_row

SVG = "image/svg+xml"


@reads
def evidence_chart(request: HttpRequest, public_id: str) -> HttpResponse:
    from kernel.documents.charts.shades import shaded_grid  # matplotlib is slow to load

    run = kept_run(request, public_id)
    _form, figure = figure_asked(request)
    rows = partner_rows(run)[:MOST_ROWS]
    svg = shaded_grid(
        [row.name for row in rows],
        [str(year) for year in range(run.first_year, run.last_year + 1)],
        [[number_of(year, figure) for year in row.years] for row in rows],
        unit=unit_words(figure),
        below_label=_("below zero"),
        absent_label=_("not known"),
    )
    return HttpResponse(svg, content_type=SVG)


@reads
def evidence_partner_chart(request: HttpRequest, public_id: str, partner: str) -> HttpResponse:
    from kernel.documents.charts import coauthorship_by_year  # matplotlib is slow to load

    _run, row = partner_row(request, public_id, partner)
    _form, figure = figure_asked(request)
    svg = coauthorship_by_year(
        [str(year.year) for year in row.years],
        [number_of(year, figure) for year in row.years],
        baseline=None,
        count_label=label(figure),
        baseline_label="",
        unit=unit_words(figure),
    )
    return HttpResponse(svg, content_type=SVG)


@reads
def evidence_figures_csv(request: HttpRequest, public_id: str) -> StreamingHttpResponse:
    """Every figure of every partner and year, or of the one partner that the address names."""
    run = kept_run(request, public_id)
    asked = request.GET.get("partner", "")
    rows = [row for row in partner_rows(run) if not asked or row.key == asked]
    headings = [_("Partner"), _("Countries"), _("Year"), *(label(figure) for figure in PaperFigure)]

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            for year in row.years:
                figures = [figure_text(year, figure) for figure in PaperFigure]
                yield [row.name, " ".join(run.partners[row.key]), year.year, *figures]

    response = StreamingHttpResponse(stream_csv(headings, lines()), content_type="text/csv; charset=utf-8")
    name = f"figures-{run.field.code}-{run.first_year}-{run.last_year}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
