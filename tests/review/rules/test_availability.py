import datetime as dt

import pytest

from review.rules.availability import away_violation, beyond_violation, covering, load_violation


def on(day: int) -> dt.date:
    return dt.date(2027, 3, day)


@pytest.mark.parametrize(
    ("periods", "found"),
    [
        ([], None),
        ([(5, 20)], (5, 20)),
        ([(10, 20)], (10, 20)),
        ([(11, 20)], None),  # the first day is left
        ([(5, 19)], None),  # the last day is left
        ([(16, 25), (1, 15)], (1, 25)),  # adjoining ones are one
        ([(1, 15), (17, 25)], None),  # a day between them is left
        ([(1, 30), (2, 3)], (1, 30)),  # one inside another
        ([(1, 2), (9, 21)], (9, 21)),
    ],
)
def test_days_away_leave_no_day_until_the_due_date(
    periods: list[tuple[int, int]], found: tuple[int, int] | None
) -> None:
    away = covering([(on(first), on(last)) for first, last in periods], on(10), on(20))
    assert away == (found and (on(found[0]), on(found[1])))


def test_due_date_before_today_is_no_absence() -> None:
    assert covering([(on(1), on(30))], on(20), on(10)) is None


@pytest.mark.parametrize(
    ("load", "most", "is_full"), [(2, 3, False), (3, 3, True), (4, 3, True), (99, None, False)]
)
def test_load_is_held_against_the_reviewers_own_limit(load: int, most: int | None, is_full: bool) -> None:
    found = load_violation("Aoki", load, most)
    assert (found is not None) == is_full
    if found:
        assert found.params == {"name": "Aoki", "load": load, "most": most}


def test_refusal_names_the_days_away() -> None:
    found = away_violation("Aoki", [(on(1), on(25))], on(10), on(20))
    assert found is not None
    assert found.params == {"name": "Aoki", "first": on(1), "last": on(25), "due_on": on(20)}
    assert away_violation("Aoki", [(on(1), on(15))], on(10), on(20)) is None


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("", None),
        (" \n", None),
        ("Nobody else", None),
        ("x" * 501, "text_too_long"),
        ("a\0", "text_has_null"),
    ],
)
def test_reason_for_going_beyond(reason: str, code: str | None) -> None:
    found = beyond_violation(reason)
    assert (found.code if found else None) == code
