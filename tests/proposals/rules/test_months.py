"""Part years."""

import pytest

from proposals.rules.months import months_by_year, months_violation, part_years

YEARS = (2026, 2027, 2028)


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (None, None, [12, 12, 12]),
        (4, 3, [12, 12, 12]),
        (10, 9, [6, 12, 6]),
        (3, 4, [1, 12, 1]),
        (12, None, [4, 12, 12]),
        (1, 12, [3, 12, 9]),
    ],
)
def test_months_of_the_first_and_the_last_year(
    first: int | None, last: int | None, months: list[int]
) -> None:
    found = months_by_year(YEARS, first, last)
    assert list(found.values()) == months
    assert part_years(found) == tuple((y, n) for y, n in found.items() if n < 12)


def test_another_calendar_begins_elsewhere() -> None:
    assert list(months_by_year(YEARS, 10, 9, year_begins=10).values()) == [12, 12, 12]


@pytest.mark.parametrize(
    ("years", "first", "last", "code"),
    [
        ((2026,), 10, 10, None),
        ((2026,), 10, 9, "months_out_of_order"),
        ((2026,), 3, 4, "months_out_of_order"),
        (YEARS, 13, None, "month_unknown"),
        (YEARS, None, 0, "month_unknown"),
        (YEARS, 10, 9, None),
    ],
)
def test_the_end_does_not_lie_before_the_beginning(
    years: tuple[int, ...], first: int | None, last: int | None, code: str | None
) -> None:
    found = months_violation(years, first, last)
    assert (found.code if found else None) == code
