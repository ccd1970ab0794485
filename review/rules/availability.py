"""Whether a reviewer has room for one proposal more: their own limit, and the days on which they are away.

The search for an assignment and whoever assigns by hand ask the same functions.
"""

import datetime as dt
from collections.abc import Iterable

from kernel.text import is_blank_text
from kernel.violations import Violation
from review.rules.scoring import LONGEST_REASON

Period = tuple[dt.date, dt.date]
# What an officer may go beyond, with a reason.
BEYOND = ("reviewer_load_reached", "reviewer_away")


def covering(periods: Iterable[Period], first: dt.date, last: dt.date) -> Period | None:
    """The days away (both ends included; adjoining and overlapping periods put together) that leave no day from `first` to
    `last`; None where a day is left, or where `last` lies before `first`."""
    start: dt.date | None = None
    end = dt.date.min
    for begins, ends in sorted(periods):
        if start is None or begins > end + dt.timedelta(days=1):
            start, end = begins, ends
        else:
            end = max(end, ends)
        if start <= first <= last <= end:
            return start, end
    return None


def load_violation(name: str, load: int, most: int | None) -> Violation | None:
    """`reviewer_load_reached`: `name` has `load` proposals and takes at most `most` (None: no limit of their own)."""
    if most is None or load < most:
        return None
    return Violation("reviewer_load_reached", "reviewer", {"name": name, "load": load, "most": most})


def away_violation(name: str, periods: Iterable[Period], today: dt.date, due_on: dt.date) -> Violation | None:
    """`reviewer_away`: days away leave no day from today to the due date."""
    away = covering(periods, today, due_on)
    if away is None:
        return None
    params = {"name": name, "first": away[0], "last": away[1], "due_on": due_on}
    return Violation("reviewer_away", "reviewer", params)


def beyond_violation(reason: str) -> Violation | None:
    """Whether an officer's reason for going beyond can be kept; a blank one is none."""
    if is_blank_text(reason):
        return None
    if len(reason) > LONGEST_REASON:
        return Violation("text_too_long", "beyond", {"limit": LONGEST_REASON})
    return Violation("text_has_null", "beyond") if "\x00" in reason else None
