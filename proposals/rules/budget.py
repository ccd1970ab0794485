"""The budget that is asked for: sums, the limit of indirect cost, and the call's caps.

Amounts are whole minor units of the programme's currency (yen), by fiscal year and category:
`{(2026, "goods"): 20_000_000}`. What is not there is 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kernel.money import LARGEST, Unit, format_amount, indirect_limit, split
from kernel.violations import Violation
from proposals.enums import DIRECT_CATEGORIES, BudgetCategory

Amounts = Mapping[tuple[int, str], int]


@dataclass(frozen=True)
class Cap:
    """At most `limit`, of everything (`total`) or of direct cost alone (`direct`), in each `fiscal_year` or over the
    `whole_term`."""

    limit: int
    basis: str
    period: str


def direct_of(amounts: Amounts, year: int) -> int:
    """The direct cost of one fiscal year."""
    return sum(amounts.get((year, category), 0) for category in DIRECT_CATEGORIES)


def total_of(amounts: Amounts, year: int) -> int:
    """The whole of one fiscal year, indirect cost included."""
    return direct_of(amounts, year) + amounts.get((year, BudgetCategory.INDIRECT), 0)


def shares_of(amounts: Amounts, years: Iterable[int]) -> dict[str, int]:
    """Each category's share of the whole in tenths of a percent, by the largest remainder: they add up to 1000.

    Empty where nothing is asked for.
    """
    span = list(years)
    sums = [sum(amounts.get((year, category), 0) for year in span) for category in BudgetCategory]
    if not sum(sums):
        return {}
    return dict(zip((c.value for c in BudgetCategory), split(1000, sums), strict=True))


def shape_violations(amounts: Amounts, years: Sequence[int]) -> list[Violation]:
    """What cannot be saved at all: `budget_year_outside_term`, `budget_category_unknown`, `amount_negative`,
    `amount_too_large`."""
    found = []
    known = {category.value for category in BudgetCategory}
    for (year, category), amount in amounts.items():
        field = f"{category}_{year}"
        if year not in years:
            found.append(Violation("budget_year_outside_term", field, {"year": year}))
        if category not in known:
            found.append(Violation("budget_category_unknown", field))
        if amount < 0:
            found.append(Violation("amount_negative", field))
        if amount > LARGEST:
            found.append(Violation("amount_too_large", field, {"unit": Unit("円")}))
    return found


def indirect_violations(amounts: Amounts, years: Iterable[int], percent: int) -> list[Violation]:
    """`asked_indirect_too_high` for each fiscal year that asks for more than `percent` of its direct cost, rounded down."""
    found = []
    for year in years:
        limit = indirect_limit(direct_of(amounts, year), percent)
        asked = amounts.get((year, BudgetCategory.INDIRECT), 0)
        if asked > limit:
            params = {"year": year, "percent": percent, "limit": format_amount(limit)}
            params["over"] = format_amount(asked - limit)
            found.append(Violation("asked_indirect_too_high", f"indirect_{year}", params))
    return found


def cap_violations(amounts: Amounts, years: Sequence[int], caps: Iterable[Cap]) -> list[Violation]:
    """One violation for each fiscal year, or the whole term, that goes over one of the caps: all of them hold at once.

    Codes: `cap_year_total_exceeded`, `cap_year_direct_exceeded`, `cap_term_total_exceeded`, `cap_term_direct_exceeded`.
    """
    found = []
    for cap in caps:
        of_year = direct_of if cap.basis == "direct" else total_of
        if cap.period == "fiscal_year":
            asked = {year: of_year(amounts, year) for year in years}
        else:
            asked = {0: sum(of_year(amounts, year) for year in years)}
        for year, amount in asked.items():
            if amount > cap.limit:
                params = {"limit": format_amount(cap.limit), "over": format_amount(amount - cap.limit)}
                code = f"cap_{'year' if year else 'term'}_{cap.basis}_exceeded"
                found.append(Violation(code, f"total_{year}" if year else "total", {**params, "year": year}))
    return found


def budget_violations(
    amounts: Amounts, years: Sequence[int], *, percent: int, caps: Iterable[Cap]
) -> list[Violation]:
    """Everything for which a budget may be saved as a draft, but not submitted."""
    empty = [
        Violation("budget_year_empty", f"total_{year}", {"year": year})
        for year in years
        if not total_of(amounts, year)
    ]
    return [*empty, *indirect_violations(amounts, years, percent), *cap_violations(amounts, years, caps)]
