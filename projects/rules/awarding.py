"""What an adopted proposal is awarded, and which accounts watch over it. Plain values in, plain values out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kernel.violations import Violation
from projects.rules.limits import figures

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIALS = len(DIGITS) ** 2
INDIRECT = "indirect"


@dataclass(frozen=True)
class Cap:
    """A cap of the call: `limit` in minor units; `is_yearly` or over the whole term; with or without indirect cost."""

    key: int
    limit: int
    is_yearly: bool
    counts_indirect: bool


@dataclass(frozen=True)
class Account:
    """What one cap watches: one fiscal year, or 0 for the whole term."""

    cap: Cap
    fiscal_year: int


def accounts_for(caps: Iterable[Cap], years: Iterable[int]) -> list[Account]:
    """An account for each cap and year, and one for each cap over the whole term."""
    wanted = list(years)
    return [Account(cap, year) for cap in caps for year in (wanted if cap.is_yearly else [0])]


def cap_violations(
    accounts: Iterable[Account], budget: Mapping[tuple[int, str], int], *, currency: str = "JPY"
) -> list[Violation]:
    """Each account that the budget ({(fiscal year, category): amount}) would exceed, with what it may hold."""
    found = []
    for account in accounts:
        total = sum(
            amount
            for (year, category), amount in budget.items()
            if account.fiscal_year in (0, year) and (account.cap.counts_indirect or category != INDIRECT)
        )
        if total > account.cap.limit:
            code = "cap_exceeded" if account.fiscal_year else "cap_exceeded_whole_term"
            found.append(
                Violation(
                    code,
                    params={
                        "year": account.fiscal_year,
                        **figures(
                            currency,
                            total=total,
                            limit=account.cap.limit,
                            over=total - account.cap.limit,
                        ),
                    },
                )
            )
    return found


def project_number(pattern: str, fiscal_year: int, taken: Collection[str]) -> str | None:
    """The first free number of the agency's pattern in that year (`JPMJAP{yy}{serial}` → JPMJAP2601, …, JPMJAP26ZZ).

    None when every serial is taken.
    """
    known = set(taken)
    for serial in range(1, SERIALS):
        values = {"yy": f"{fiscal_year % 100:02}", "serial": DIGITS[serial // 36] + DIGITS[serial % 36]}
        number = pattern.replace("{yy}", values["yy"]).replace("{serial}", values["serial"])
        if number not in known:
            return number
        if "{serial}" not in pattern:
            return None
    return None
