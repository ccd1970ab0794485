"""Plan against actual (計画と実績): the stays that proposals planned, beside the visits that took place.

A plan may name nobody yet, so plans are counted by stay; visits are counted by visit. Both count in the fiscal year in
which they begin, and their days in the years in which they fall.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kernel.years import FiscalCalendar
from proposals.rules.exchange import parts_of
from reporting.rules.mobility import Visit


@dataclass(frozen=True, slots=True)
class PlannedStay:
    """One stay as a proposal planned it."""

    key: str
    direction: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One fiscal year and direction: stays and days, planned and actual, and the records behind each."""

    planned: int = 0
    planned_days: int = 0
    actual: int = 0
    actual_days: int = 0
    plans: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()


def compare(
    plans: Iterable[PlannedStay], visits: Iterable[Visit], calendar: FiscalCalendar
) -> Mapping[tuple[int, str], PlanRow]:
    """`{(fiscal year, direction): PlanRow}` for every year that a plan or a visit touches."""
    rows: dict[tuple[int, str], dict[str, list[tuple[str, int, bool]]]] = {}

    def note(side: str, direction: str, keys: Iterable[str], parts: Iterable[tuple[int, int]]) -> None:
        for place, (year, days) in enumerate(parts):
            sides = rows.setdefault((year, direction), {"plan": [], "visit": []})
            for number, key in enumerate(keys):
                sides[side].append((key, days if number == 0 else 0, place == 0 and number == 0))

    for plan in plans:
        parts = [(part.year, part.days) for part in parts_of(plan.starts_on, plan.ends_on, calendar)]
        note("plan", plan.direction, (plan.key,), parts)
    for visit in visits:
        note("visit", visit.direction, visit.stays, [(part.year, part.days) for part in visit.parts])
    return {
        key: PlanRow(
            planned=sum(begins for _key, _days, begins in sides["plan"]),
            planned_days=sum(days for _key, days, _begins in sides["plan"]),
            actual=sum(begins for _key, _days, begins in sides["visit"]),
            actual_days=sum(days for _key, days, _begins in sides["visit"]),
            plans=tuple(sorted({record for record, _days, _begins in sides["plan"]})),
            stays=tuple(sorted({record for record, _days, _begins in sides["visit"]})),
        )
        for key, sides in sorted(rows.items())
    }
