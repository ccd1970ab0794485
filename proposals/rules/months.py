"""Part years: the months of the first and the last fiscal year in which the joint research runs."""

from collections.abc import Sequence

from kernel.violations import Violation
from proposals.rules.budget import MONTHS


def place_in_year(month: int, year_begins: int) -> int:
    """How many months of the fiscal year lie before this calendar month: 0 for April where the year begins in April."""
    return (month - year_begins) % MONTHS


def months_by_year(
    years: Sequence[int], first_month: int | None, last_month: int | None, year_begins: int = 4
) -> dict[int, int]:
    """The months of each fiscal year, when the joint research begins in the calendar month `first_month` of the first
    year and ends with `last_month` of the last one, both counted; None is the whole year."""
    before = place_in_year(first_month, year_begins) if first_month else 0
    after = MONTHS - 1 - place_in_year(last_month, year_begins) if last_month else 0
    found = dict.fromkeys(years, MONTHS)
    if years:
        found[years[0]] -= before
        found[years[-1]] -= after
    return found


def part_years(months: dict[int, int]) -> tuple[tuple[int, int], ...]:
    """The fiscal years that are no whole ones, with their months."""
    return tuple((year, number) for year, number in months.items() if number < MONTHS)


def months_violation(
    years: Sequence[int], first_month: int | None, last_month: int | None, year_begins: int = 4
) -> Violation | None:
    """`month_unknown` for what is no month, `months_out_of_order` where the one year ends before it begins."""
    for field, month in (("first_month", first_month), ("last_month", last_month)):
        if month is not None and not 1 <= month <= MONTHS:
            return Violation("month_unknown", field)
    if any(number < 1 for number in months_by_year(years, first_month, last_month, year_begins).values()):
        return Violation("months_out_of_order", "last_month")
    return None
