"""To which fiscal year an entry may belong. Plain years in, a broken rule or None out."""

from kernel.text import is_blank_text
from kernel.violations import Violation


def attribution_violation(*, fiscal_year: int, year_of_date: int, reason: str) -> Violation | None:
    """Whether money of `fiscal_year` could have moved on a day of the fiscal year `year_of_date`.

    Goods delivered in March are paid in April, so the year before is right; a year that had not begun on that day never
    is. What is older than the year before is allowed with a `reason`.
    """
    years = {"year": fiscal_year, "of_date": year_of_date}
    if fiscal_year > year_of_date:
        return Violation("year_after_date", "fiscal_year", years)
    if fiscal_year < year_of_date - 1 and is_blank_text(reason):
        return Violation("old_year_needs_reason", "reason", years)
    return None


def carry_over_violation(*, fiscal_year: int, current_year: int, last_of_programme: int) -> Violation | None:
    """Whether what is left of `fiscal_year` may go into the next: the year has begun, and the programme has a next one."""
    if fiscal_year > current_year:
        return Violation("carried_year_not_begun", "fiscal_year", {"year": fiscal_year})
    if fiscal_year >= last_of_programme:
        return Violation("next_year_not_of_programme", "fiscal_year", {"year": fiscal_year})
    return None
