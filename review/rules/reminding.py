"""When a reviewer is reminded of a review: so many days before it is due, and some days after it."""

import datetime as dt
from collections.abc import Sequence

# A day, a week, two weeks too late; then the officers see to it.
OVERDUE = (1, 7, 14)


def stage_of(days: Sequence[int], *, due_on: dt.date, given_on: dt.date, today: dt.date) -> str | None:
    """The reminder that belongs to `today`: "before-3", "late-7", or None.

    `days` are those before the due date. Of several that are past (the portal was down) only the last is. A reminder
    whose day lies before the one on which the proposal was given is none.
    """
    if not days:
        return None
    late = (today - due_on).days
    if late > 0:
        reached = max((day for day in OVERDUE if day <= late), default=None)
        return None if reached is None else f"late-{reached}"
    before = [
        day
        for day in days
        if due_on - dt.timedelta(days=day) <= today and due_on - dt.timedelta(days=day) > given_on
    ]
    return f"before-{min(before)}" if before else None
