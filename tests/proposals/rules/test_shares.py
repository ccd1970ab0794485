"""Both sides' money by fiscal year."""

import datetime as dt
from decimal import Decimal

from proposals.rules.shares import Share, Span, Year, shares, yen_within

YEARS = [Year(year, dt.date(year, 4, 1), dt.date(year + 1, 3, 31)) for year in (2026, 2027)]


def test_an_award_is_spread_over_its_days() -> None:
    award = Span(730_000, dt.date(2026, 4, 1), dt.date(2028, 3, 30))  # 730 days
    assert [yen_within(award, year.first, year.last) for year in YEARS] == [365_000, 365_000]


def test_neighbouring_years_add_up_to_the_whole() -> None:
    award = Span(1_000_001, dt.date(2026, 10, 1), dt.date(2027, 9, 30))
    parts = [yen_within(award, year.first, year.last) for year in YEARS]
    assert sum(parts) == 1_000_001


def test_days_outside_the_award_bring_nothing() -> None:
    award = Span(100, dt.date(2030, 1, 1), dt.date(2030, 1, 1))
    assert yen_within(award, YEARS[0].first, YEARS[0].last) == 0
    assert yen_within(award, dt.date(2030, 1, 1), dt.date(2030, 1, 1)) == 100


def test_an_award_without_a_rate_brings_nothing_that_could_be_said() -> None:
    assert yen_within(Span(None, YEARS[0].first, YEARS[0].last), YEARS[0].first, YEARS[0].last) == 0


def test_the_partners_share_is_of_both_sides_sum_and_of_nothing_there_is_none() -> None:
    award = Span(25_000_000, YEARS[0].first, YEARS[0].last)
    assert shares({2026: 75_000_000}, [award], YEARS) == [
        Share(2026, 75_000_000, 25_000_000, Decimal("25.0")),
        Share(2027, 0, 0, None),
    ]


def test_each_side_counts_what_it_brings_itself_and_others_count_for_neither() -> None:
    funding = {(2026, "own"): 25, (2026, "partner"): 100, (2026, "other"): 7}
    (share,) = shares({2026: 75}, [], YEARS[:1], funding)
    assert (share.home, share.partner, share.other, str(share.percent)) == (100, 100, 7, "50.0")
