"""The programme's indicators: its own counts, from its records, beside the national baselines."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from program.enums import IndicatorMeasure
from program.models import Indicator, Programme
from proposals.enums import ExchangeDirection
from reporting.figures.mobility import Mobility
from reporting.figures.papers import Papers
from reporting.rules.indicators import IndicatorYear, side_by_side

DIRECTIONS = {
    IndicatorMeasure.DISPATCHED: ExchangeDirection.DISPATCH,
    IndicatorMeasure.RECEIVED: ExchangeDirection.ACCEPTANCE,
}


def whole(value: Decimal) -> int | Decimal:
    """A figure without the zeros at its end: 4291.0000 is 4291, 12.5000 is 12.5."""
    return int(value) if value == value.to_integral_value() else value.normalize()


@dataclass(frozen=True)
class IndicatorFigures:
    """An indicator with its years. `is_fiscal` is false where years are calendar years, as papers are counted."""

    indicator: Indicator
    rows: list[IndicatorYear]
    is_fiscal: bool

    @property
    def own(self) -> list[IndicatorYear]:
        """The years in which the programme itself counts."""
        return [row for row in self.rows if row.programme is not None]

    @property
    def baselines(self) -> list[IndicatorYear]:
        """The years for which a national total is known."""
        return [row for row in self.rows if row.national is not None]


def own_counts(
    measure: IndicatorMeasure, mobility: Mobility, papers: Papers
) -> Mapping[int, tuple[int, tuple[str, ...]]]:
    """`{year: (count, public ids of records)}`: persons whose mid/long-term visit begins in the fiscal year, or papers
    of the calendar year."""
    if measure in DIRECTIONS:
        direction = DIRECTIONS[measure]
        return {
            year: (count.long_people, count.long_stays)
            for (year, way), count in mobility.counts.items()
            if way == direction
        }
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    for paper in papers.programme.papers:
        if paper.is_counted and paper.year is not None:
            count, records = found.get(paper.year, (0, ()))
            found[paper.year] = (count + 1, (*records, papers.records[paper.key].public_id))
    return found


def indicators_of(
    programme: Programme, mobility: Mobility, papers: Papers, *, until: int
) -> list[IndicatorFigures]:
    """Every indicator of the programme, with its years from the programme's first to `until`. Three queries."""
    figures = []
    for indicator in programme.indicators.prefetch_related("baselines", "values"):
        measure = IndicatorMeasure(indicator.measure)
        baselines = {baseline.year: whole(baseline.value) for baseline in indicator.baselines.all()}
        if indicator.takes_figures:
            # What nobody has entered is not known; it is not 0.
            entered = {value.year: (whole(value.value), ()) for value in indicator.values.all()}
            rows = side_by_side(entered, baselines, range(0))
            figures.append(IndicatorFigures(indicator, rows, indicator.counts_fiscal_years))
            continue
        rows = side_by_side(
            own_counts(measure, mobility, papers), baselines, range(programme.first_year, until + 1)
        )
        figures.append(IndicatorFigures(indicator, rows, measure in DIRECTIONS))
    return figures
