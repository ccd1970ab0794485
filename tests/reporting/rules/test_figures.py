import datetime as dt
from fractions import Fraction

import pytest

from kernel.years import FiscalCalendar
from proposals.rules.exchange_money import ExchangeShare, exchange_share
from registries.enums import PublicationKind
from reporting.rules.coauthorship import Paper
from reporting.rules.indicators import IndicatorYear, side_by_side
from reporting.rules.mobility import StayRecord, visits_of
from reporting.rules.papers import count_by_project, written
from reporting.rules.plans import PlannedStay, PlanRow, compare

JAPAN = FiscalCalendar()


def paper(key, *codes, retracted=False):
    return Paper(key, 2025, PublicationKind.ARTICLE, tuple((code,) for code in codes), retracted)


def test_a_paper_of_two_projects_counts_once_in_the_programme_and_under_each():
    shared = paper("10.1234/abc", "JP", "US")
    counts = count_by_project([("p1", shared), ("p2", shared), ("p2", paper("10.1234/d", "JP", "US", "DE"))])
    assert counts.programme.total == 2
    assert {key: count.total for key, count in counts.projects.items()} == {"p1": 1, "p2": 2}
    assert (counts.programme.multilateral, counts.projects["p1"].multilateral) == (1, 0)


def test_a_retracted_paper_is_shown_and_not_counted():
    counts = count_by_project([("p1", paper("10.1234/abc", "JP", "US", retracted=True))])
    assert (counts.programme.total, len(counts.programme.papers)) == (0, 1)


@pytest.mark.parametrize(
    ("share", "text"),
    [(Fraction(1, 3), "0.33"), (Fraction(2, 3), "0.67"), (Fraction(1, 200), "0.01"), (Fraction(12), "12.00")],
)
def test_fractions_are_written_with_halves_up(share, text):
    assert written(share) == text


def test_plans_stand_beside_visits_by_year_and_direction():
    plans = [PlannedStay("x", "dispatch", dt.date(2025, 3, 1), dt.date(2025, 4, 30))]
    stays = [
        StayRecord("s1", "a", "dispatch", "H", "US", dt.date(2025, 5, 1), dt.date(2025, 5, 31)),
        StayRecord("s2", "a", "dispatch", "H", "US", dt.date(2025, 6, 1), dt.date(2025, 6, 9)),
        StayRecord("s3", "b", "acceptance", "H", "JP", dt.date(2025, 5, 1), dt.date(2025, 5, 1)),
    ]
    assert compare(plans, visits_of(stays, JAPAN), JAPAN) == {
        (2024, "dispatch"): PlanRow(1, 31, 0, 0, ("x",), ()),
        (2025, "acceptance"): PlanRow(0, 0, 1, 1, (), ("s3",)),
        (2025, "dispatch"): PlanRow(0, 30, 1, 40, ("x",), ("s1", "s2")),
    }


def test_the_national_total_stands_beside_and_is_never_added():
    rows = side_by_side({2024: (3, ("s1",))}, {2018: 4_291, 2024: 5_000}, range(2023, 2026))
    assert rows == [
        IndicatorYear(2018, None, 4_291),
        IndicatorYear(2023, 0, None),
        IndicatorYear(2024, 3, 5_000, ("s1",)),
        IndicatorYear(2025, 0, None),
    ]


@pytest.mark.parametrize(
    ("used", "awarded", "points", "text"),
    [
        (1, 3, 3_333, "33.3"),
        (2, 3, 6_667, "66.7"),
        (0, 5, 0, "0.0"),
        (5, 5, 10_000, "100.0"),
        (1, 0, None, "–"),
    ],
)
def test_the_share_used_for_exchange(used, awarded, points, text):
    share = exchange_share(used=used, awarded=awarded)
    assert (share, share.percent) == (ExchangeShare(used, awarded, points), text)
