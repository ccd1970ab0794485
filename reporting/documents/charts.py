"""The charts of a report, as SVG. A chart without anything to show is not drawn."""

from collections import Counter
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kernel.documents import charts
from kernel.templatetags.kernel import fiscal_year_short
from reporting.documents import words
from reporting.documents.words import Snapshot


def millions(amount: float) -> str:
    """Yen as millions with one decimal, halves up: 31_500_000 → 31.5."""
    tenths = (int(amount) + 50_000) // 100_000
    return f"{tenths // 10:,}.{tenths % 10}"


def money_chart(snapshot: Snapshot, kind: charts.Format = "svg") -> bytes | None:
    """Paid within allocated, a row a fiscal year."""
    rows = snapshot["money"]["by_year"]
    if not rows:
        return None
    return charts.envelope_use(
        [fiscal_year_short(row["fiscal_year"]) for row in rows],
        [row["allocated"] for row in rows],
        [charts.Segment(_("paid"), [row["paid"] for row in rows])],
        envelope_label=_("allocated"),
        unit=_("million yen"),
        write=millions,
        kind=kind,
    )


def flow_chart(snapshot: Snapshot, kind: charts.Format = "svg") -> bytes | None:
    """Visits from direction to career stage."""
    counts = Counter((visit["direction"], visit["career_stage"]) for visit in snapshot["mobility"]["visits"])
    if not counts:
        return None
    flows = [
        charts.Flow(words.direction(way), words.stage(stage), count)
        for (way, stage), count in sorted(counts.items())
    ]
    return charts.mobility_flow(
        flows, left_label=_("Dispatch or acceptance"), right_label=_("Career stage"), kind=kind
    )


def papers_chart(snapshot: Snapshot, kind: charts.Format = "svg") -> bytes | None:
    """Counted papers by calendar year, years without one included."""
    counts = {row["year"]: row["count"] for row in snapshot["papers"]["programme"]["by_year"]}
    if not counts:
        return None
    return yearly_chart(
        [(str(year), counts.get(year, 0)) for year in range(min(counts), max(counts) + 1)][-12:],
        count_label=_("international co-authored papers"),
        unit=_("papers"),
        kind=kind,
    )


def yearly_chart(
    points: list[tuple[str, Any]], *, count_label: str, unit: str, kind: charts.Format = "svg"
) -> bytes:
    """A count by year. The national totals are counted in another way, so they are left to the table beside."""
    return charts.coauthorship_by_year(
        [year for year, _count in points],
        [float(count) if isinstance(count, Decimal) else count for _year, count in points],
        baseline=None,
        count_label=count_label,
        baseline_label="",
        unit=unit,
        kind=kind,
    )


def charts_of(snapshot: Snapshot) -> dict[str, bytes]:
    """Every chart that there is to draw, by its file name."""
    drawn = {
        "money.svg": money_chart(snapshot),
        "flow.svg": flow_chart(snapshot),
        "papers.svg": papers_chart(snapshot),
    }
    return {name: content for name, content in drawn.items() if content is not None}
