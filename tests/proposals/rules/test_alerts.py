"""When something is told of a claimed award, and what."""

import datetime as dt
from typing import Any

import pytest

from proposals.rules.alerts import CHANGED, ENDS, alerts
from proposals.rules.periods import Period

TERM = Period(dt.date(2027, 4, 1), dt.date(2032, 3, 31))
EARLY = dt.date(2027, 6, 1)
TAKEN: dict[str, Any] = {
    "title": "A",
    "pi_name": "Alex",
    "amount": 100,
    "currency": "USD",
    "ends_on": "2032-03-31",
}


def codes(last: dt.date, day: dt.date = EARLY, **now: Any) -> list[str]:
    award = Period(dt.date(2026, 9, 1), last)
    return [alert["code"] for alert in alerts(award, TERM, day, TAKEN, {**TAKEN, **now})]


@pytest.mark.parametrize(
    ("last", "day", "told"),
    [
        (dt.date(2032, 3, 31), EARLY, []),
        (dt.date(2032, 3, 30), EARLY, [ENDS]),
        (dt.date(2032, 1, 1), EARLY, [ENDS]),  # 90 days before the end
        (dt.date(2031, 12, 31), EARLY, []),
        (dt.date(2031, 12, 31), dt.date(2031, 10, 1), []),
        (dt.date(2031, 12, 31), dt.date(2031, 10, 2), [ENDS]),  # 90 days before the award's own end
        (dt.date(2031, 12, 31), dt.date(2032, 4, 1), []),  # the joint research is over
    ],
)
def test_an_award_that_ends_before_the_joint_research(last: dt.date, day: dt.date, told: list[str]) -> None:
    assert codes(last, day) == told


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, []),
        ({"title": "B"}, []),
        ({"amount": 99}, [CHANGED]),
        ({"currency": "GBP"}, [CHANGED]),
        ({"pi_name": "Casey"}, [CHANGED]),
        ({"ends_on": "2031-03-31"}, [CHANGED]),
        ({"ends_on": None}, [CHANGED]),
    ],
)
def test_what_the_register_says_now(change: dict[str, Any], told: list[str]) -> None:
    assert codes(TERM.last, **change) == told


def test_an_award_that_was_typed_in_is_compared_with_no_register() -> None:
    assert alerts(TERM, TERM, EARLY, {}, {**TAKEN, "amount": 1}) == []
    assert alerts(TERM, TERM, EARLY, TAKEN, None) == []
