"""Fair share (応分負担): what both sides contribute to each fiscal year, side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from proposals.enums import FundingSource

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
    """Both sides' yen in one fiscal year. `percent` is the partner's part of their sum to a tenth; None of nothing.

    `own` is what of `home` the institutions bring themselves, `funds` what of `partner` comes beside the award; `other`
    comes from elsewhere and counts for neither side."""

    year: int
    home: int
    partner: int
    percent: Decimal | None
    own: int = 0
    funds: int = 0
    other: int = 0


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


def shares(
    asked: Mapping[int, int],
    awards: Sequence[Span],
    years: Sequence[Year],
    funding: Mapping[tuple[int, str], int] | None = None,
) -> list[Share]:
    """A row for each of `years`: what the proposal asks for (whole yen by fiscal year) and its institutions bring, and what
    the partner's awards bring in the days of that year, with the partner side's other funds. `funding` is
    `{(fiscal year, source): yen}`."""
    found = []
    for year in years:
        own, funds, other = (
            (funding or {}).get((year.number, source), 0)
            for source in (FundingSource.OWN, FundingSource.PARTNER, FundingSource.OTHER)
        )
        home = asked.get(year.number, 0) + own
        partner = sum(yen_within(award, year.first, year.last) for award in awards) + funds
        percent = _percent(partner, home + partner)
        found.append(Share(year.number, home, partner, percent, own, funds, other))
    return found


def _percent(part: int, whole: int) -> Decimal | None:
    if whole == 0:
        return None
    return (Decimal(part * 100) / whole).quantize(TENTH, rounding=ROUND_HALF_UP)
