"""When officers are reminded of an evaluation that is planned."""

import datetime as dt

# Days before the planned day at which a reminder goes out, beside the first one; 0 is the day itself, and any after it.
LATER = (30, 0)


def reminder_reached(
    planned_on: dt.date | None, held_on: dt.date | None, first: int, today: dt.date
) -> int | None:
    """The reminder that is due: how many days before the planned day it belongs to. None: nothing is due yet, or any more.

    Of several that are due (the portal was down, or the evaluation was planned late) only the last one is.
    """
    if planned_on is None or held_on is not None:
        return None
    left = (planned_on - today).days
    reached = [days for days in {first, *LATER} if left <= days and days <= max(first, 0)]
    return min(reached, default=None)
