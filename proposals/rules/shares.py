"""Fair share (応分負担): what both sides contribute to each fiscal year, side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Span:
    """An award's sum in whole yen (None where no rate is known), and its days, both end days counted."""

    amount_yen: int | None
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Year:
    """A fiscal year and its days, both end days counted."""

    number: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Share:
    """Both sides' yen in one fiscal year. `percent` is the partner's part of their sum to a tenth; None of nothing."""

    year: int
    home: int
    partner: int
    percent: Decimal | None


def yen_within(span: Span, first: dt.date, last: dt.date) -> int:
    """What of an award falls on the days from `first` to `last`: by days, rounded down such that neighbouring spans
    add up to the whole."""
    if span.amount_yen is None:
        return 0
    days = (span.ends_on - span.starts_on).days + 1

    def until(day: dt.date) -> int:
        passed = min(max((day - span.starts_on).days + 1, 0), days)
        return (span.amount_yen or 0) * passed // days

    return until(last) - until(first - dt.timedelta(days=1))


def shares(asked: Mapping[int, int], awards: Sequence[Span], years: Sequence[Year]) -> list[Share]:
    """A row for each of `years`: what the proposal asks for (whole yen by fiscal year), and what the partner's awards
    bring in the days of that year."""
    found = []
    for year in years:
        home = asked.get(year.number, 0)
        partner = sum(yen_within(award, year.first, year.last) for award in awards)
        found.append(Share(year.number, home, partner, _percent(partner, home + partner)))
    return found


def _percent(part: int, whole: int) -> Decimal | None:
    if whole == 0:
        return None
    return (Decimal(part * 100) / whole).quantize(TENTH, rounding=ROUND_HALF_UP)
