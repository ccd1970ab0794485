"""Planned stays: their days, and whether they are mid- or long-term."""

import datetime as dt

from kernel.violations import Violation

# 「中長期」は31日以上 (founding text, 3(3)); both end days count (domain.md, section 6).
LONG_TERM_DAYS = 31


def days_of(starts_on: dt.date, ends_on: dt.date) -> int:
    """The days of a stay, both end days counted."""
    return (ends_on - starts_on).days + 1


def is_long_term(starts_on: dt.date, ends_on: dt.date) -> bool:
    """31 days or more."""
    return days_of(starts_on, ends_on) >= LONG_TERM_DAYS


def stay_violations(
    starts_on: dt.date, ends_on: dt.date, *, direction: str, country_code: str, first: dt.date, last: dt.date
) -> list[Violation]:
    """What is wrong with a planned stay within a project from `first` to `last`."""
    found = []
    if ends_on < starts_on:
        found.append(Violation("ends_before_start", "ends_on"))
    elif starts_on < first or ends_on > last:
        found.append(Violation("stay_outside_project", "starts_on", {"first": first, "last": last}))
    if direction == "dispatch" and country_code == "JP":
        found.append(Violation("dispatch_to_japan", "country_code"))
    if direction == "acceptance" and country_code != "JP":
        found.append(Violation("acceptance_outside_japan", "country_code"))
    return found
