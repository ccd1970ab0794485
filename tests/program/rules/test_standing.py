import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.rules.standing import Turn, overlap, standing_on

FIRST, LAST = dt.date(2026, 4, 1), dt.date(2031, 3, 31)
SUSPENDED, RESUMED, WITHDRAWN = dt.date(2027, 1, 10), dt.date(2027, 2, 1), dt.date(2028, 5, 1)
LIFE = (Turn("suspended", SUSPENDED), Turn("resumed", RESUMED), Turn("withdrawn", WITHDRAWN))
ONE_DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - ONE_DAY, "not_yet"),
        (FIRST, "in_force"),
        (SUSPENDED - ONE_DAY, "in_force"),
        (SUSPENDED, "suspended"),
        (RESUMED - ONE_DAY, "suspended"),
        (RESUMED, "in_force"),
        (WITHDRAWN - ONE_DAY, "in_force"),
        (WITHDRAWN, "withdrawn"),
    ],
)
def test_standing_on_any_day_of_a_life_that_ended(day: dt.date, expected: str) -> None:
    assert standing_on(day, state="withdrawn", valid_from=FIRST, valid_until=LAST, turns=LIFE) == expected


@pytest.mark.parametrize(
    ("state", "day", "expected"),
    [
        ("draft", FIRST, "not_decided"),
        ("proposed", FIRST, "not_decided"),
        ("signed", FIRST, "not_decided"),
        ("decided", LAST, "in_force"),
        ("decided", LAST + ONE_DAY, "lapsed"),
        ("suspended", FIRST, "suspended"),
        ("suspended", LAST + ONE_DAY, "lapsed"),
        ("withdrawn", FIRST, "withdrawn"),
    ],
)
def test_standing_by_state_and_days(state: str, day: dt.date, expected: str) -> None:
    assert standing_on(day, state=state, valid_from=FIRST, valid_until=LAST) == expected


def test_without_days_nothing_is_decided() -> None:
    assert standing_on(FIRST, state="draft", valid_from=None, valid_until=None) == "not_decided"
    assert standing_on(FIRST, state="withdrawn", valid_from=None, valid_until=None) == "withdrawn"


days = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))
spans = st.tuples(days, st.none() | days).filter(lambda span: span[1] is None or span[0] <= span[1])


@given(spans, spans)
def test_spans_overlap_where_they_share_a_day(
    first: tuple[dt.date, dt.date | None], second: tuple[dt.date, dt.date | None]
) -> None:
    end = dt.date(2020, 3, 2)

    def covered(span: tuple[dt.date, dt.date | None]) -> set[int]:
        return set(range(span[0].toordinal(), (span[1] or end).toordinal() + 1))

    assert overlap(first, second) == bool(covered(first) & covered(second))
    assert overlap(first, second) == overlap(second, first)
