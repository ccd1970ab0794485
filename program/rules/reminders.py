"""When people are reminded of a deadline: so many days before it, once each."""

import datetime as dt
import re
from collections.abc import Sequence

from kernel.violations import Violation

USUAL = "14, 7, 2, 1"
MOST, FURTHEST = 10, 90
_APART = re.compile(r"[\s,、，;]+")


def plain_days(text: str) -> str:
    """The days as they are kept, the furthest first and each once: "1、7 14" is "14, 7, 1". What is no list of days stays."""
    words = [word for word in _APART.split(text.strip()) if word]
    if not all(word.isdecimal() and len(word) <= 4 for word in words):
        return text.strip()
    return ", ".join(str(day) for day in sorted({int(word) for word in words}, reverse=True))


def days_of(text: str) -> list[int]:
    """The days of a list that `plain_days` wrote; none of a blank one: nobody is reminded."""
    return [int(word) for word in text.split(", ") if word.isdecimal()]


def days_violation(text: str, field: str) -> Violation | None:
    """`reminder_days_wrong` unless it is a list of at most `MOST` days from 1 to `FURTHEST`, as `plain_days` writes it."""
    days = days_of(text)
    is_list = text == ", ".join(map(str, sorted(set(days), reverse=True)))
    if is_list and len(days) <= MOST and all(1 <= day <= FURTHEST for day in days):
        return None
    return Violation("reminder_days_wrong", field, {"most": MOST, "furthest": FURTHEST})


def stage_reached(
    days: Sequence[int],
    *,
    deadline: dt.datetime,
    since: dt.datetime,
    at: dt.datetime,
    days_set_at: dt.datetime | None = None,
) -> int | None:
    """The reminder that is due `at`: how many days before the deadline it belongs to; None: none is.

    Of several that are due (the portal was down, the deadline came nearer) only the last is. What came about only `since`
    a reminder's hour is not reminded of for it: whoever begins three days before has no use for a reminder of seven. Nor is
    anybody reminded of a day that was gone by when the days were set (`days_set_at`).
    """
    since = max(since, days_set_at) if days_set_at else since
    if at >= deadline:
        return None
    reached = [day for day in days if since < deadline - dt.timedelta(days=day) <= at]
    return min(reached, default=None)
