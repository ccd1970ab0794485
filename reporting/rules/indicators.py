"""Indicators (成果指標): the programme's own counts beside the national baseline, and never one number of both.

A baseline is a national total by the ministry's own survey, with a definition of its own. It is put beside the
programme's count of the same year and is neither added to it nor subtracted nor made a share.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """One year: the programme's own count and the national total. None: there is no count, which is not 0.

    `records` are the keys of what the programme's count was made from.
    """

    year: int
    programme: int | Decimal | None
    national: int | Decimal | None
    records: tuple[str, ...] = ()


def side_by_side(
    counts: Mapping[int, tuple[int | Decimal, tuple[str, ...]]],
    baselines: Mapping[int, int | Decimal],
    years: range,
) -> list[IndicatorYear]:
    """A row for every year of `years` (in which the programme counts, 0 where it has nothing) and of the baselines.

    `counts`: `{year: (count, keys of records)}`. Counts of years outside `years` have their row too.
    """
    every = sorted({*years, *counts, *baselines})
    rows = []
    for year in every:
        count, records = counts.get(year, (0 if year in years else None, ()))
        rows.append(IndicatorYear(year, count, baselines.get(year), records))
    return rows
