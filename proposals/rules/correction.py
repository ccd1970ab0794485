"""Returning a received proposal for correction (差戻し): what an agency must say, and what may then be changed."""

import datetime as dt
from collections.abc import Collection

from kernel.text import is_blank_text
from kernel.violations import Violation
from proposals.rules.texts import text_violation

ATTACHMENT = "attachment"
WHAT_LIMIT = 2000
MOST_DAYS = 180  # a later end is a slip of the pen: nobody in an agency reads the proposal until then


def correction_violations(
    *, parts: Collection[str], known: Collection[str], what: str, until: dt.datetime, at: dt.datetime
) -> list[Violation]:
    """What is wrong with a return: it names parts of the form, says what is to be corrected, and ends ahead, and not too far."""
    lacking = [
        Violation("correction_without_parts", "parts") if not parts or set(parts) - set(known) else None,
        Violation("comment_missing", "what") if is_blank_text(what) else None,
        text_violation(what, WHAT_LIMIT, "what"),
        Violation("correction_not_ahead", "on") if until <= at else None,
        Violation("correction_too_far", "on", {"days": MOST_DAYS})
        if until > at + dt.timedelta(days=MOST_DAYS)
        else None,
    ]
    return [violation for violation in lacking if violation is not None]


def part_violation(part: str, returned: Collection[str]) -> Violation | None:
    """`part_not_returned` if `part` is none of those that were returned for correction."""
    return None if part in returned else Violation("part_not_returned")
