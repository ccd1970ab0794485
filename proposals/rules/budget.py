"""The budget that is asked for: sums, the limit of indirect cost, and the call's caps.

Amounts are whole minor units of the programme's currency (yen), by fiscal year and category:
`{(2026, "goods"): 20_000_000}`. What is not there is 0.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kernel.money import LARGEST, Unit, format_amount, indirect_limit, split
from kernel.violations import Violation
from proposals.enums import DIRECT_CATEGORIES, BudgetCategory

Amounts = Mapping[tuple[int, str], int]
MONTHS = 12


@dataclass(frozen=True)
class Cap:
    """At most `limit`, of everything (`total`) or of direct cost alone (`direct`), in each `fiscal_year` or over the
    `whole_term`. `support_type` is the name of the one for whose projects alone it holds. `reduced` are the part years
    (fiscal year, months) whose yearly limit the call reduces by month."""

    limit: int
    basis: str
    period: str
    support_type: str = ""
    reduced: tuple[tuple[int, int], ...] = ()

    def limit_in(self, year: int) -> int:
        """The limit of one fiscal year, or for 0 that of the whole term; that of a part year rounded down to the yen."""
        months = dict(self.reduced).get(year, MONTHS) if self.period == "fiscal_year" else MONTHS
        return share_of_months(self.limit, months)


def share_of_months(limit: int, months: int) -> int:
    """What of a yearly limit falls to so many months, rounded down to the yen."""
    return limit * months // MONTHS


def outside(amounts: Amounts, years: Sequence[int]) -> dict[tuple[int, str], int]:
    """What stands in other fiscal years than these."""
    return {(year, str(kind)): amount for (year, kind), amount in amounts.items() if year not in years}


def sum_of(parts: Iterable[Amounts]) -> dict[tuple[int, str], int]:
    """The budgets of several institutions as one: every amount is the sum of theirs."""
    whole: dict[tuple[int, str], int] = {}
    for amounts in parts:
        for key, amount in amounts.items():
            whole[key] = whole.get(key, 0) + amount
    return whole


def indirect_by_rule(amounts: Amounts, years: Iterable[int], percent: int) -> dict[tuple[int, str], int]:
    """The same direct cost with as much indirect cost as the rule allows in each year."""
    limits = {
        (year, BudgetCategory.INDIRECT.value): indirect_limit(direct_of(amounts, year), percent)
        for year in years
    }
    return {**amounts, **limits}


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


def shape_violations(
    amounts: Amounts, years: Sequence[int], known: Collection[str] = frozenset(BudgetCategory)
) -> list[Violation]:
    """What cannot be saved at all: `budget_year_outside_term`, `budget_category_unknown`, `amount_negative`,
    `amount_too_large`."""
    found = []
    for (year, category), amount in amounts.items():
        field = f"{category}_{year}"
        if year not in years:
            found.append(Violation("budget_year_outside_term", field, {"year": year}))
        if category not in known:
            found.append(Violation("budget_category_unknown", field))
        found += amount_violations(amount, field)
    return found


def amount_violations(amount: int | None, field: str) -> list[Violation]:
    """`amount_negative`, `amount_too_large`: what is no amount of money; None is none."""
    if amount is not None and amount < 0:
        return [Violation("amount_negative", field)]
    if amount is not None and amount > LARGEST:
        return [Violation("amount_too_large", field, {"unit": Unit("円")})]
    return []


def indirect_violations(
    amounts: Amounts, years: Iterable[int], percent: int, institution: str = ""
) -> list[Violation]:
    """`asked_indirect_too_high` for each fiscal year that asks for more than `percent` of its direct cost, rounded down;
    `asked_indirect_too_high_at` where these are the amounts of one `institution` among several, whose name is given."""
    found = []
    for year in years:
        limit = indirect_limit(direct_of(amounts, year), percent)
        asked = amounts.get((year, BudgetCategory.INDIRECT), 0)
        if asked > limit:
            params = {"year": year, "percent": percent, "limit": format_amount(limit)}
            params["over"] = format_amount(asked - limit)
            code = "asked_indirect_too_high_at" if institution else "asked_indirect_too_high"
            named = {"institution": institution} if institution else {}
            found.append(Violation(code, f"indirect_{year}", {**params, **named}))
    return found


def counted(amounts: Amounts, years: Sequence[int], cap: Cap) -> dict[int, int]:
    """What counts towards a cap: by fiscal year, or for the year 0 over the whole term."""
    of_year = direct_of if cap.basis == "direct" else total_of
    by_year = {year: of_year(amounts, year) for year in years}
    return by_year if cap.period == "fiscal_year" else {0: sum(by_year.values())}


def cap_violations(amounts: Amounts, years: Sequence[int], caps: Iterable[Cap]) -> list[Violation]:
    """One violation for each fiscal year, or the whole term, that goes over one of the caps: all of them hold at once.

    Codes: `cap_year_total_exceeded`, `cap_year_direct_exceeded`, `cap_term_total_exceeded`, `cap_term_direct_exceeded`.
    """
    found = []
    for cap in caps:
        for year, amount in counted(amounts, years, cap).items():
            limit = cap.limit_in(year)
            if amount > limit:
                params = {"limit": format_amount(limit), "over": format_amount(amount - limit)}
                code = f"cap_{'year' if year else 'term'}_{cap.basis}_exceeded"
                found.append(Violation(code, f"total_{year}" if year else "total", {**params, "year": year}))
    return found


def budget_violations(
    amounts: Amounts,
    years: Sequence[int],
    *,
    percent: int,
    caps: Iterable[Cap],
    parts: Sequence[tuple[str, Amounts]] = (),
) -> list[Violation]:
    """Everything for which a budget may be saved as a draft, but not submitted. `parts` are the amounts of each
    institution with its name, where there are several: the rule of indirect cost holds for each of them (each is
    contracted separately), and caps hold for the sum of all."""
    empty = [
        Violation("budget_year_empty", f"total_{year}", {"year": year})
        for year in years
        if not total_of(amounts, year)
    ]
    indirect = [
        violation
        for name, own in (parts if len(parts) > 1 else [("", amounts)])
        for violation in indirect_violations(own, years, percent, name)
    ]
    return [*empty, *indirect, *cap_violations(amounts, years, caps)]


def part_year_warnings(
    amounts: Amounts, years: Sequence[int], caps: Iterable[Cap], months: Mapping[int, int]
) -> list[Violation]:
    """`part_year_over_share` for each part year that asks for more than its months' share of a yearly cap which holds
    there in full. A warning, never a bar. `months` are those of each fiscal year in which the joint research runs."""
    found = []
    for cap in caps:
        if cap.period != "fiscal_year" or cap.reduced:
            continue
        for year, amount in counted(amounts, years, cap).items():
            share = share_of_months(cap.limit, months.get(year, MONTHS))
            if amount > share and months.get(year, MONTHS) < MONTHS:
                params = {"share": format_amount(share), "over": format_amount(amount - share)}
                params["limit"] = format_amount(cap.limit)
                values = {**params, "year": year, "months": months[year]}
                found.append(Violation(f"part_year_{cap.basis}_over_share", f"total_{year}", values))
    return found
