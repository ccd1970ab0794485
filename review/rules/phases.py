"""The phases of an agency's review of a call: which day belongs to which, and what may be seen and done in each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from kernel.violations import Violation
from review.enums import Phase


@dataclass(frozen=True)
class Bundle:
    """What a reviewer may see and do in a phase. Whatever is another's opens only to who has submitted the own review of
    that proposal, and is without a conflict of interest."""

    writes: bool
    reads_others: bool
    discusses: bool
    # Where the plan lets reviewers amend at all.
    amends: bool


BUNDLES: Mapping[Phase, Bundle] = {
    Phase.OWN: Bundle(writes=True, reads_others=False, discusses=False, amends=False),
    Phase.OTHERS: Bundle(writes=True, reads_others=True, discusses=False, amends=False),
    Phase.DISCUSSION: Bundle(writes=False, reads_others=True, discusses=True, amends=True),
    Phase.FROZEN: Bundle(writes=False, reads_others=True, discusses=False, amends=False),
}


@dataclass(frozen=True)
class Dates:
    """The days of a plan, each None where it is not set: `closes_on` is the last one on which reviews may be written, the
    others are the first ones of their phase."""

    others_from: dt.date | None = None
    closes_on: dt.date | None = None
    discussion_from: dt.date | None = None
    frozen_from: dt.date | None = None


def phase_on(day: dt.date, dates: Dates) -> Phase:
    """The phase that holds on `day`."""
    begins = (
        (Phase.FROZEN, dates.frozen_from),
        (Phase.DISCUSSION, dates.discussion_from),
        (Phase.OTHERS, dates.others_from),
    )
    return next((phase for phase, first in begins if first is not None and first <= day), Phase.OWN)


def dates_violations(dates: Dates) -> list[Violation]:
    """What is wrong with a plan's days: they come in order, and nobody discusses while others still write."""
    found = []
    later = {"discussion_from": dates.discussion_from, "frozen_from": dates.frozen_from}
    if dates.closes_on is None:
        found += [Violation("plan_close_missing", "closes_on")] if any(later.values()) else []
        if dates.discussion_from and dates.frozen_from and dates.frozen_from <= dates.discussion_from:
            found.append(Violation("plan_frozen_before_discussion", "frozen_from"))
        return found
    if dates.others_from is not None and dates.others_from > dates.closes_on:
        found.append(Violation("plan_others_after_close", "others_from"))
    found += [
        Violation("plan_day_before_close", name, {"day": dates.closes_on})
        for name, day in later.items()
        if day is not None and day <= dates.closes_on
    ]
    if dates.discussion_from and dates.frozen_from and dates.frozen_from <= dates.discussion_from:
        found.append(Violation("plan_frozen_before_discussion", "frozen_from"))
    return found


def writing_violation(
    today: dt.date,
    *,
    is_locked: bool,
    closes_on: dt.date | None,
    extended_to: dt.date | None = None,
    reopened_to: dt.date | None = None,
) -> Violation | None:
    """Why a review may not be written on this day; None where it may. An extension reaches past the close, and only a
    reopening past the lock; both last until the end of their day."""
    if reopened_to is not None and today <= reopened_to:
        return None
    if is_locked:
        return Violation("scores_locked")
    if closes_on is None or today <= max(closes_on, extended_to or closes_on):
        return None
    if extended_to is not None and extended_to > closes_on:
        return Violation("extension_over", "", {"day": extended_to})
    return Violation("reviews_closed_on", "", {"day": closes_on})
