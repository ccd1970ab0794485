import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.rules.reminders import USUAL, days_of, days_violation, plain_days, stage_reached

DEADLINE = dt.datetime(2027, 3, 15, 8, tzinfo=dt.UTC)
LONG_AGO = DEADLINE - dt.timedelta(days=365)
DAYS = [14, 7, 2, 1]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14, 7, 2, 1", "14, 7, 2, 1"),
        ("１，２、１４　７", "14, 7, 2, 1"),
        ("7 7;7", "7"),
        ("", ""),
        ("  ", ""),
        ("week", "week"),
        ("-3", "-3"),
        ("1.5", "1.5"),
        ("99999", "99999"),
    ],
)
def test_days_are_kept_in_one_way(typed, kept):
    assert plain_days(typed) == kept


@pytest.mark.parametrize("text", ["", USUAL, "90", "1"])
def test_lists_that_are_good(text):
    assert days_violation(text, "reminder_days") is None


@pytest.mark.parametrize(
    "text", ["week", "-3", "0", "91", "1, 2", "5, 5", "11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1"]
)
def test_lists_that_are_not(text):
    violation = days_violation(text, "reminder_days")
    assert violation is not None
    assert (violation.code, violation.field) == ("reminder_days_wrong", "reminder_days")


@given(st.text())
def test_whatever_is_typed_is_kept_or_refused_and_kept_alike_the_second_time(typed):
    kept = plain_days(typed)
    assert plain_days(kept) == kept
    if days_violation(kept, "reminder_days") is None:
        assert kept == ", ".join(str(day) for day in days_of(kept))


@pytest.mark.parametrize(
    ("before", "reached"),
    [
        (dt.timedelta(days=14, seconds=1), None),
        (dt.timedelta(days=14), 14),
        (dt.timedelta(days=7, seconds=1), 14),
        (dt.timedelta(days=7), 7),
        (dt.timedelta(hours=1), 1),
        (dt.timedelta(0), None),
        (-dt.timedelta(hours=1), None),
    ],
)
def test_the_last_reminder_whose_hour_has_come_is_due(before, reached):
    assert stage_reached(DAYS, deadline=DEADLINE, since=LONG_AGO, at=DEADLINE - before) == reached


def test_whoever_began_after_a_reminders_hour_is_not_reminded_of_it():
    begun, at = DEADLINE - dt.timedelta(days=5), DEADLINE - dt.timedelta(days=4)
    assert stage_reached(DAYS, deadline=DEADLINE, since=begun, at=at) is None
    assert stage_reached(DAYS, deadline=DEADLINE, since=begun, at=DEADLINE - dt.timedelta(days=2)) == 2


def test_nobody_is_reminded_where_the_call_says_so():
    assert stage_reached(days_of(""), deadline=DEADLINE, since=LONG_AGO, at=DEADLINE) is None
