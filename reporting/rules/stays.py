"""What a stay that took place must be like, beyond what a planned one must (`proposals.rules.exchange`)."""

import datetime as dt

from kernel.violations import Violation
from proposals.rules.exchange import stay_violations


def record_violations(
    starts_on: dt.date,
    ends_on: dt.date,
    *,
    direction: str,
    country_code: str,
    first: dt.date,
    last: dt.date,
    today: dt.date,
) -> list[Violation]:
    """What is wrong with a stay within a project from `first` to `last`, recorded on the day `today`. One that goes on
    is recorded with the day on which it is to end."""
    found = stay_violations(
        starts_on, ends_on, direction=direction, country_code=country_code, first=first, last=last
    )
    if starts_on > today:
        found.append(Violation("stay_not_begun", "starts_on"))
    return found


def text_violations(**texts: str) -> list[Violation]:
    """Texts that must not be blank, by their fields."""
    return [Violation("outcome_text_missing", field) for field, text in texts.items() if not text.strip()]
