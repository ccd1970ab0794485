"""Until when a proposal may be written and submitted."""

import datetime as dt

from kernel.violations import Violation


def has_passed(at: dt.datetime, deadline: dt.datetime) -> bool:
    """Whether `at` is late: the deadline's own instant, 17:00:00.000, is late itself."""
    return at >= deadline


def deadline_violation(at: dt.datetime, deadline: dt.datetime) -> Violation | None:
    """`deadline_passed` if a change or a submission that arrived `at` comes too late."""
    return Violation("deadline_passed") if has_passed(at, deadline) else None
