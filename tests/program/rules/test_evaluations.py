import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.rules.evaluations import reminder_reached
from program.rules.numbers import pattern_is_safe, tried

DAY = dt.date(2027, 10, 1)


@pytest.mark.parametrize(
    ("before", "first", "reached"),
    [
        (91, 90, None),
        (90, 90, 90),
        (31, 90, 90),
        (30, 90, 30),
        (1, 90, 30),
        (0, 90, 0),
        (-400, 90, 0),
        (30, 10, None),
        (10, 10, 10),
        (5, 0, None),
        (0, 0, 0),
    ],
)
def test_the_reminder_that_is_due_is_the_last_one_reached(
    before: int, first: int, reached: int | None
) -> None:
    assert reminder_reached(DAY, None, first, DAY - dt.timedelta(days=before)) == reached


def test_nothing_is_due_of_what_was_held_or_has_no_day() -> None:
    assert reminder_reached(DAY, DAY, 90, DAY) is None
    assert reminder_reached(None, None, 90, DAY) is None


@given(st.integers(0, 730), st.integers(-1_000, 1_000))
def test_as_days_pass_reminders_only_come_nearer(first: int, before: int) -> None:
    now, next_day = (
        reminder_reached(DAY, None, first, DAY - dt.timedelta(days=b)) for b in (before, before - 1)
    )
    assert now is None or (next_day is not None and next_day <= now)


@pytest.mark.parametrize(
    ("pattern", "safe"),
    [
        (r"\d{7}", True),
        (r"ANR-\d{2}-[A-Z0-9]{4}-\d{4}(?:-\d{2})?", True),
        (r"(?:SFB|TRR) ?\d{2,5}|\d{9}", True),
        (r"[A-Z]+\d+", True),
        ("", True),
        (r"(a+)+$", False),
        (r"((a|b)*c)*", False),
        (r"(?:\d{1,40})*", False),
        (r"(.)\1*", False),
        (r"(?=(a+)+)b", False),
    ],
)
def test_a_pattern_that_could_run_forever_is_told(pattern: str, safe: bool) -> None:
    assert pattern_is_safe(pattern) is safe


def test_examples_are_tried_whole_and_with_full_width_digits() -> None:
    found = tried(r"\d{7}", ["1234567", " １２３４５６７ ", "12345678", "", "7" * 100])
    assert [(one.number[:9], one.fits) for one in found] == [
        ("1234567", True),
        ("1234567", True),
        ("12345678", False),
        ("777777777", False),
    ]
