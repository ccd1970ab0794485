"""The figures of a run as charts, with the sentence and the table that belong to each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import label
from program.enums import PaperFigure
from program.evidence_words import NUMBERS, figure_text, partner_names, partner_years, shown
from program.models import EvidenceRun
from program.rules.coauthored import YearFigures, total_of

# A chart has so many rows; the table and the CSV have all.
MOST_ROWS = 12
# What stands above a column; the whole words are in the list below the table.
SHORT = {
    PaperFigure.WHOLE: gettext_lazy("Papers"),
    PaperFigure.HOME_SHARE: gettext_lazy("Japan, fractional"),
    PaperFigure.PARTNER_SHARE: gettext_lazy("Partner, fractional"),
    PaperFigure.GROWTH: gettext_lazy("Growth"),
    PaperFigure.SHARE_OF_FIELD: gettext_lazy("Of the field"),
    PaperFigure.SHARE_OF_HOME: gettext_lazy("Of Japan’s"),
    PaperFigure.TOP_SHARE: gettext_lazy("Top 10 %"),
}


@dataclass(frozen=True)
class PartnerRow:
    """A partner of a run: its name, its years, and the period as a whole."""

    key: str
    name: str
    years: list[YearFigures]
    total: YearFigures


def partner_rows(run: EvidenceRun) -> list[PartnerRow]:
    """The partners with a joint paper, those with the most first."""
    rows = []
    for key, name in partner_names(run).items():
        years = partner_years(run, key)
        rows.append(PartnerRow(key, name, years, total_of(years)))
    return sorted((row for row in rows if row.total.whole), key=lambda row: (-row.total.whole, row.key))


def number_of(row: YearFigures, figure: PaperFigure) -> float | None:
    """A figure as a chart draws it, percent where it is a share; None where it cannot be had."""
    text = figure_text(row, figure)
    return float(text) if text else None


def unit_words(figure: PaperFigure) -> str:
    return _("papers") if figure in NUMBERS else "%"


def chart_finding(rows: list[PartnerRow], figure: PaperFigure) -> str:
    """One sentence on who stands first by a figure, of the partners that the chart shows."""
    if not rows:
        return _("No joint paper was found.")
    years = rows[0].years
    # The period as a whole has no growth: the last year says it.
    of = (lambda row: row.years[-1]) if figure is PaperFigure.GROWTH else (lambda row: row.total)
    known = [(value, row) for row in rows[:MOST_ROWS] if (value := number_of(of(row), figure)) is not None]
    values = {
        "figure": label(figure),
        "first": years[0].year,
        "last": years[-1].year,
    }
    if not known:
        return _("Nothing is known of this figure: %(figure)s.") % values
    ranked = sorted(known, key=lambda pair: -pair[0])
    values |= {"partner": ranked[0][1].name, "value": shown(of(ranked[0][1]), figure)}
    if figure is PaperFigure.GROWTH:
        return _("In %(last)s, %(partner)s stands first by this figure: %(figure)s, %(value)s.") % values
    if len(ranked) == 1:
        return (
            _("From %(first)s to %(last)s, %(partner)s alone has this figure: %(figure)s, %(value)s.")
            % values
        )
    values |= {"second": ranked[1][1].name, "value2": shown(of(ranked[1][1]), figure)}
    return (
        _(
            "From %(first)s to %(last)s, %(partner)s stands first by this figure: %(figure)s, %(value)s; then %(second)s, %(value2)s."
        )
        % values
    )


def cut_note(rows: list[PartnerRow]) -> str:
    """That the chart does not show all partners; "" where it does."""
    if len(rows) <= MOST_ROWS:
        return ""
    return _(
        "The chart shows %(shown)s of %(all)s partners, those with the most joint papers; the table and the CSV have all."
    ) % {"shown": MOST_ROWS, "all": len(rows)}


def yearly_finding(row: PartnerRow, figure: PaperFigure) -> str:
    """One sentence on how a figure of one partner went from the first year of which it is known to the last."""
    known = [year for year in row.years if number_of(year, figure) is not None]
    if not known:
        return _("Nothing is known of this figure: %(figure)s.") % {"figure": label(figure)}
    return _("%(figure)s: %(value)s in %(first)s, %(value2)s in %(last)s.") % {
        "figure": label(figure),
        "first": known[0].year,
        "value": shown(known[0], figure),
        "last": known[-1].year,
        "value2": shown(known[-1], figure),
    }
