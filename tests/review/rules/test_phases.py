import datetime as dt

import pytest

from review.enums import Phase
from review.rules.phases import BUNDLES, Dates, dates_violations, phase_on, writing_violation

DAY = dt.date(2027, 3, 10)


def on(day: int) -> dt.date:
    return dt.date(2027, 3, day)


PLAN = Dates(others_from=on(5), closes_on=on(10), discussion_from=on(15), frozen_from=on(20))


@pytest.mark.parametrize(
    ("day", "phase"),
    [(4, Phase.OWN), (5, Phase.OTHERS), (14, Phase.OTHERS), (15, Phase.DISCUSSION), (20, Phase.FROZEN)],
)
def test_a_phase_begins_on_its_day(day: int, phase: Phase) -> None:
    assert phase_on(on(day), PLAN) == phase


def test_without_days_everybody_keeps_to_themselves() -> None:
    assert phase_on(DAY, Dates()) == Phase.OWN
    assert phase_on(on(16), Dates(closes_on=on(10), discussion_from=on(15))) == Phase.DISCUSSION


def test_nobody_writes_while_others_discuss_and_nothing_moves_once_frozen() -> None:
    assert {phase for phase, bundle in BUNDLES.items() if bundle.writes and bundle.discusses} == set()
    frozen = BUNDLES[Phase.FROZEN]
    assert (frozen.writes, frozen.discusses, frozen.amends, frozen.reads_others) == (
        False,
        False,
        False,
        True,
    )
    assert set(BUNDLES) == set(Phase)


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (PLAN, []),
        (Dates(), []),
        (Dates(discussion_from=on(15)), [("plan_close_missing", "closes_on")]),
        (Dates(others_from=on(11), closes_on=on(10)), [("plan_others_after_close", "others_from")]),
        (Dates(closes_on=on(10), discussion_from=on(10)), [("plan_day_before_close", "discussion_from")]),
        (Dates(closes_on=on(10), frozen_from=on(9)), [("plan_day_before_close", "frozen_from")]),
        (
            Dates(closes_on=on(10), discussion_from=on(15), frozen_from=on(15)),
            [("plan_frozen_before_discussion", "frozen_from")],
        ),
    ],
)
def test_days_come_in_order(dates: Dates, found: list[tuple[str, str]]) -> None:
    assert [(v.code, v.field) for v in dates_violations(dates)] == found


def code(today: dt.date, **values: object) -> str:
    whole: dict[str, object] = {"is_locked": False, "closes_on": None, **values}
    violation = writing_violation(today, **whole)  # type: ignore[arg-type]
    return violation.code if violation else ""


def test_reviews_are_written_until_the_end_of_the_last_day() -> None:
    assert [code(on(day), closes_on=on(10)) for day in (10, 11)] == ["", "reviews_closed_on"]


def test_extension_reaches_past_the_close_and_not_past_the_lock() -> None:
    extended = {"closes_on": on(10), "extended_to": on(12)}
    assert [code(on(day), **extended) for day in (12, 13)] == ["", "extension_over"]
    assert code(on(12), **extended, is_locked=True) == "scores_locked"
    # An extension that ended before the close takes nothing away.
    assert code(on(10), closes_on=on(10), extended_to=on(7)) == ""


def test_reopening_reaches_past_the_lock_until_its_day_is_over() -> None:
    reopened = {"is_locked": True, "closes_on": on(10), "reopened_to": on(25)}
    assert [code(on(day), **reopened) for day in (25, 26)] == ["", "scores_locked"]
