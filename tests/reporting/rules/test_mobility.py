import datetime as dt

import pytest

from kernel.years import FiscalCalendar
from proposals.rules.exchange import days_of
from reporting.rules.mobility import StayRecord, YearCount, arithmetic, count_years, visits_of

JAPAN = FiscalCalendar()


def stay(key, start, end, *, person="a", direction="dispatch", host="Example Institute", country="US"):
    return StayRecord(
        key, person, direction, host, country, dt.date.fromisoformat(start), dt.date.fromisoformat(end)
    )


def visits(*stays):
    return visits_of(stays, JAPAN)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2025-06-01", "2025-06-01", 1),
        ("2025-06-01", "2025-06-30", 30),
        ("2025-07-01", "2025-07-31", 31),
        ("2028-02-01", "2028-03-01", 30),
    ],
)
def test_both_end_days_count(start, end, days):
    assert days_of(dt.date.fromisoformat(start), dt.date.fromisoformat(end)) == days


def test_a_stay_that_ends_before_it_starts_has_no_days():
    with pytest.raises(ValueError, match="before"):
        days_of(dt.date(2025, 6, 2), dt.date(2025, 6, 1))


@pytest.mark.parametrize(("end", "is_long"), [("2025-06-30", False), ("2025-07-01", True)])
def test_a_visit_is_long_from_its_31st_day(end, is_long):
    assert [visit.is_long for visit in visits(stay("s", "2025-06-01", end))] == [is_long]


def test_days_belong_to_the_years_they_fall_in_and_the_person_to_the_year_of_the_first():
    (visit,) = visits(stay("s", "2025-03-01", "2025-04-30"))
    assert (visit.year, [(part.year, part.days) for part in visit.parts]) == (2024, [(2024, 31), (2025, 30)])
    assert arithmetic(visit) == "2025-03-01–2025-03-31: 31 + 2025-04-01–2025-04-30: 30 = 61"
    assert count_years([visit]) == {
        (2024, "dispatch"): YearCount(1, 1, 31, ("s",), ("s",)),
        (2025, "dispatch"): YearCount(0, 0, 30, (), ()),
    }


def test_a_visit_over_three_years_keeps_every_day():
    (visit,) = visits(stay("s", "2025-03-31", "2027-04-01"))
    assert [(part.year, part.days) for part in visit.parts] == [
        (2024, 1),
        (2025, 365),
        (2026, 365),
        (2027, 1),
    ]
    assert visit.days == 732


@pytest.mark.parametrize("second", ["2025-06-16", "2025-06-10", "2025-06-01"])
def test_adjoining_and_overlapping_stays_merge(second):
    found = visits(stay("s1", "2025-06-01", "2025-06-15"), stay("s2", second, "2025-07-01"))
    assert [(visit.days, visit.stays) for visit in found] == [(31, ("s1", "s2"))]


def test_a_stay_inside_another_ends_nothing_early():
    found = visits(
        stay("s1", "2025-06-01", "2025-07-31"),
        stay("s2", "2025-06-05", "2025-06-06"),
        stay("s3", "2025-08-01", "2025-08-01"),
    )
    assert [(visit.days, visit.ends_on) for visit in found] == [(62, dt.date(2025, 8, 1))]


@pytest.mark.parametrize(
    "other",
    [
        {"person": "b"},
        {"direction": "acceptance"},
        {"host": "Another Institute"},
        {"country": "CA"},
    ],
)
def test_other_people_places_and_directions_do_not_merge(other):
    found = visits(stay("s1", "2025-06-01", "2025-06-15"), stay("s2", "2025-06-16", "2025-06-30", **other))
    assert len(found) == 2


def test_a_day_between_keeps_two_visits_apart():
    found = visits(stay("s1", "2025-06-01", "2025-06-15"), stay("s2", "2025-06-17", "2025-07-05"))
    assert [visit.days for visit in found] == [15, 19]


def test_a_place_is_one_in_any_width_case_and_spacing():
    found = visits(
        stay("s1", "2025-06-01", "2025-06-15", host="Example  Institute"),
        stay("s2", "2025-06-16", "2025-06-30", host="Ｅｘａｍｐｌｅ institute", country="us"),
    )
    assert [(visit.host, visit.days) for visit in found] == [("Example  Institute", 30)]


def test_a_person_counts_once_a_year_and_direction():
    found = visits(
        stay("s1", "2025-05-01", "2025-05-10"),
        stay("s2", "2025-09-01", "2025-10-31"),
        stay("s3", "2025-09-01", "2025-09-30", person="b"),
        stay("s4", "2025-09-01", "2025-09-30", direction="acceptance"),
    )
    assert count_years(found) == {
        (2025, "acceptance"): YearCount(1, 0, 30, ("s4",), ()),
        (2025, "dispatch"): YearCount(2, 1, 101, ("s1", "s3", "s2"), ("s2",)),
    }


def test_the_order_of_records_changes_nothing():
    stays = [stay("s1", "2025-06-01", "2025-06-15"), stay("s2", "2025-06-16", "2025-07-01")]
    assert visits(*stays) == visits(*reversed(stays))


def test_nothing_makes_nothing():
    assert (visits(), count_years([])) == ([], {})


def test_the_calendar_is_the_programmes():
    (visit,) = visits_of([stay("s", "2025-09-30", "2025-10-01")], FiscalCalendar(first_month=10))
    assert [(part.year, part.days) for part in visit.parts] == [(2024, 1), (2025, 1)]
