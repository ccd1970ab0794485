"""Charts as SVG (for page and PDF) and PNG (for DOCX and XLSX): plain values and translated words in, a file out.

    svg = budget_against_cap(["令和8年度", "令和9年度"], [98, 104], 100, cap_label="上限 100", over_label="超過", unit="百万円")
    png = budget_against_cap(..., kind="png")

Each chart is named after what it was drawn for and knows nothing of it: its arguments are numbers and words. Size is in
millimetres. The same arguments give the same bytes. Everything told by colour is told by a pattern, a shape or a word
too. A chart is never alone: the page beside it has one sentence of finding, a table and a CSV, and the `alt` text.
"""

from kernel.documents.charts.budgets import Segment, budget_against_cap, envelope_use
from kernel.documents.charts.canvas import Format, Size, thousands
from kernel.documents.charts.flows import Flow, coauthorship_by_year, mobility_flow
from kernel.documents.charts.indicators import Bullet, bullet_bars
from kernel.documents.charts.intervals import Interval, rank_intervals
from kernel.documents.charts.scores import Pair, ScoreGroup, agency_against_agency, dot_strips
from kernel.documents.charts.shares import Spread, step_shares

__all__ = [
    "Bullet",
    "Flow",
    "Format",
    "Interval",
    "Pair",
    "ScoreGroup",
    "Segment",
    "Size",
    "Spread",
    "agency_against_agency",
    "budget_against_cap",
    "bullet_bars",
    "coauthorship_by_year",
    "dot_strips",
    "envelope_use",
    "mobility_flow",
    "rank_intervals",
    "step_shares",
    "thousands",
]
