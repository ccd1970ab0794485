import datetime as dt

import pytest

from review.rules.reminding import stage_of

DUE = dt.date(2027, 3, 31)


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (dt.date(2027, 3, 16), None),
        (dt.date(2027, 3, 17), "before-14"),
        (dt.date(2027, 3, 24), "before-7"),
        (dt.date(2027, 3, 28), "before-7"),
        (dt.date(2027, 3, 30), "before-1"),
        (dt.date(2027, 3, 31), "before-1"),
        (dt.date(2027, 4, 1), "late-1"),
        (dt.date(2027, 4, 6), "late-1"),
        (dt.date(2027, 4, 7), "late-7"),
        (dt.date(2027, 6, 1), "late-14"),
    ],
)
def test_stage_of_a_day(today: dt.date, stage: str | None) -> None:
    assert stage_of([14, 7, 1], due_on=DUE, given_on=dt.date(2027, 1, 1), today=today) == stage


def test_what_was_given_late_is_not_reminded_of_for_days_before_that() -> None:
    given = dt.date(2027, 3, 26)
    assert stage_of([14, 7], due_on=DUE, given_on=given, today=dt.date(2027, 3, 27)) is None
    assert stage_of([14, 7, 2], due_on=DUE, given_on=given, today=dt.date(2027, 3, 29)) == "before-2"


def test_no_days_is_no_reminder_at_all() -> None:
    assert stage_of([], due_on=DUE, given_on=dt.date(2027, 1, 1), today=dt.date(2027, 4, 7)) is None
