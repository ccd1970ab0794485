"""Dates of a call: what is pointed out, a year later, and the calendar file."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.enums import MilestoneKind as Kind
from program.rules.calendar_file import CalendarEvent, calendar_file, escaped, folded
from program.rules.milestones import (
    Event,
    Office,
    a_year_later,
    date_warnings,
    office_violations,
    order_warnings,
    zone_of_country,
)

HOLIDAYS = {dt.date(2027, 5, 3): "憲法記念日"}
NSF = Office("NSF", "America/New_York", dt.time(9), dt.time(17))
DFG = Office("DFG", "Europe/Berlin", dt.time(9), dt.time(17))


def codes(event: Event, *offices: Office) -> list[tuple[str, dict[str, Any]]]:
    return [(v.code, dict(v.params)) for v in date_warnings(event, HOLIDAYS, offices)]


def test_an_ordinary_day_is_not_pointed_out() -> None:
    assert codes(Event(Kind.PANEL, dt.date(2027, 5, 6)), NSF) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (
            dt.date(2027, 5, 3),
            None,
            [("milestone_on_holiday", {"day": dt.date(2027, 5, 3), "name": "憲法記念日"})],
        ),
        (dt.date(2027, 5, 6), dt.date(2027, 5, 8), [("milestone_on_saturday", {"day": dt.date(2027, 5, 8)})]),
        (
            # every day of a meeting of a week at most, and the ends alone of what takes longer
            dt.date(2027, 5, 7),
            dt.date(2027, 5, 10),
            [
                ("milestone_on_saturday", {"day": dt.date(2027, 5, 8)}),
                ("milestone_on_sunday", {"day": dt.date(2027, 5, 9)}),
            ],
        ),
        (dt.date(2027, 5, 6), dt.date(2027, 5, 20), []),
        # 29 December to 3 January
        (dt.date(2027, 12, 28), None, []),
        (
            dt.date(2027, 12, 29),
            dt.date(2027, 12, 30),
            [
                ("milestone_on_closing_day", {"day": dt.date(2027, 12, 29)}),
                ("milestone_on_closing_day", {"day": dt.date(2027, 12, 30)}),
            ],
        ),
        (dt.date(2028, 5, 3), None, [("holidays_not_known", {"year": 2028})]),
    ],
)
def test_holidays_weekends_and_years_without_holidays_are_pointed_out(
    first: dt.date, last: dt.date | None, expected: Any
) -> None:
    assert codes(Event(Kind.REVIEW, first, last)) == expected


@pytest.mark.parametrize(
    "hour",
    [
        8,  # 17:00 in Japan: 04:00 in New York in May, 10:00 in Berlin
        14,  # 23:00 in Japan: 10:00 and 16:00
    ],
)
def test_an_hour_is_told_against_each_office_in_its_own_zone(hour: int) -> None:
    instant = dt.datetime(2027, 5, 6, hour, tzinfo=dt.UTC)
    found = codes(Event(Kind.INTERVIEW, dt.date(2027, 5, 6), None, instant), NSF, DFG)
    expected = {8: [("NSF", "2027-05-06 04:00")], 14: []}[hour]
    assert [(params["agency"], params["time"]) for _code, params in found] == expected


def test_the_weekend_of_an_office_is_its_own() -> None:
    monday_in_japan = dt.datetime(2027, 5, 9, 23, tzinfo=dt.UTC)  # Sunday evening in New York
    found = codes(Event(Kind.INTERVIEW, dt.date(2027, 5, 10), None, monday_in_japan), NSF)
    assert [code for code, _params in found] == ["milestone_outside_office"]


@pytest.mark.parametrize(
    ("instant", "outside"),
    [
        (dt.datetime(2027, 5, 6, 4, tzinfo=dt.UTC), False),  # Thursday 08:00, its first minute
        (dt.datetime(2027, 5, 6, 3, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2027, 5, 6, 10, tzinfo=dt.UTC), False),  # 14:00, its last
        (dt.datetime(2027, 5, 6, 10, 1, tzinfo=dt.UTC), True),
        (dt.datetime(2027, 5, 7, 6, tzinfo=dt.UTC), True),  # Friday
        (dt.datetime(2027, 5, 9, 6, tzinfo=dt.UTC), False),  # Sunday
    ],
)
def test_an_office_has_its_own_hours_and_closed_days(instant: dt.datetime, outside: bool) -> None:
    office = Office("UAE", "Asia/Dubai", dt.time(8), dt.time(14), frozenset({4, 5}))
    found = codes(Event(Kind.INTERVIEW, dt.date(2027, 5, 6), None, instant), office)
    assert [code for code, _params in found] == (["milestone_outside_office"] if outside else [])


def test_a_whole_day_is_told_against_closed_days_but_those_of_the_weekend_once() -> None:
    office = Office("UAE", "Asia/Dubai", dt.time(8), dt.time(14), frozenset({4, 5}))
    found = codes(Event(Kind.REVIEW, dt.date(2027, 5, 7), dt.date(2027, 5, 8)), office)
    assert found == [
        ("milestone_on_closed_day", {"day": dt.date(2027, 5, 7), "agency": "UAE"}),
        ("milestone_on_saturday", {"day": dt.date(2027, 5, 8)}),
    ]


def test_hours_of_an_office_that_can_be() -> None:
    assert office_violations(dt.time(9), dt.time(17), []) == []
    assert [v.code for v in office_violations(dt.time(9), dt.time(9), [9])] == [
        "office_closes_before_it_opens",
        "closed_day_unknown",
    ]


def test_a_date_before_one_that_it_follows_is_pointed_out() -> None:
    found = order_warnings([Event(Kind.PANEL, dt.date(2027, 5, 6)), Event(Kind.REVIEW, dt.date(2027, 6, 1))])
    assert {kind: v[0].params for kind, v in found.items()} == {Kind.PANEL: {"other": "review"}}


def test_a_country_whose_zone_is_not_known_is_in_utc() -> None:
    assert (zone_of_country("US"), zone_of_country("XX")) == ("America/New_York", "UTC")


def test_a_year_after_29_february_is_28_february() -> None:
    assert a_year_later(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)))
def test_a_year_later_is_the_same_day_but_for_leap_days(day: dt.date) -> None:
    later = a_year_later(day)
    assert later.year == day.year + 1
    assert (later.month, later.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_folded_lines_hold_75_octets_and_unfold_to_what_they_were(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line)
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert "\n" not in line
    assert "\r" not in line


def test_the_file_is_as_rfc_5545_wants_it() -> None:
    made = dt.datetime(2026, 11, 27, tzinfo=dt.UTC)
    file = calendar_file(
        name="量子; 公募",
        made_at=made,
        events=[
            CalendarEvent(
                "a@host",
                dt.datetime(2027, 3, 15, 17, tzinfo=dt.timezone(dt.timedelta(hours=9))),
                None,
                "締切, 1",
                "",
                "https://portal.example/",
            ),
            CalendarEvent("b@host", dt.date(2028, 2, 28), dt.date(2028, 2, 29), "Panel"),
        ],
    ).decode()
    assert file.endswith("END:VCALENDAR\r\n")
    assert file.count("\n") == file.count("\r\n")
    assert file.split("\r\n")[:-1] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kakehashi//Calls//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:量子\\; 公募",
        "BEGIN:VEVENT",
        "UID:a@host",
        "DTSTAMP:20261127T000000Z",
        "DTSTART:20270315T080000Z",
        "SUMMARY:締切\\, 1",
        "URL:https://portal.example/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:b@host",
        "DTSTAMP:20261127T000000Z",
        "DTSTART;VALUE=DATE:20280228",
        "DTEND;VALUE=DATE:20280301",
        "SUMMARY:Panel",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
