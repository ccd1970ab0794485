"""What an adopted proposal is awarded, and which accounts watch over it. Plain values in, plain values out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kernel.money import indirect_limit, split
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


def asked_by_year(parts: Iterable[Mapping[tuple[int, str], int]]) -> dict[int, int]:
    """What all parts of a budget together ask for in each fiscal year."""
    found: dict[int, int] = {}
    for amounts in parts:
        for (year, _category), amount in amounts.items():
            found[year] = found.get(year, 0) + amount
    return found


def award_violations(
    asked: Mapping[int, int], awarded: Mapping[int, int], *, field: str = "", currency: str = "JPY"
) -> list[Violation]:
    """What is wrong with the amounts awarded in each fiscal year, which are at most what was asked for; where a `field` is
    given its name goes on with the year (`awarded_x_2026`)."""
    found = []
    for year, amount in awarded.items():
        limit = asked.get(year, 0)
        if amount > limit:
            where = f"{field}_{year}" if field else ""
            params = {"year": year, **figures(currency, awarded=amount, asked=limit)}
            found.append(Violation("awarded_above_asked", where, params))
    if asked and not any({**asked, **awarded}.values()):
        found.append(Violation("awarded_nothing", f"{field}_{min(asked)}" if field else ""))
    return found


def awarded_parts(
    parts: Mapping[str, Mapping[tuple[int, str], int]], awarded: Mapping[int, int], percent: int
) -> dict[str, dict[tuple[int, str], int]]:
    """What each part of a budget keeps where less is awarded than was asked for.

    `parts` are what is asked for, by institution: `{(fiscal year, category): amount}`; `awarded` is the whole of a fiscal
    year, where it differs. A year's sum is shared by what was asked, by the largest remainder, so that the parts add up to
    it; what rounding would put into indirect cost above `percent` of direct (rounded down) stays direct.
    """
    found = {name: dict(amounts) for name, amounts in parts.items()}
    for year, total in awarded.items():
        keys = [(name, key) for name, amounts in parts.items() for key in amounts if key[0] == year]
        keys.sort()
        weights = [parts[name][key] for name, key in keys]
        if not any(weights):
            continue
        shares = split(total, weights)
        for (name, key), amount in zip(keys, shares, strict=True):
            found[name][key] = amount
        _keep_indirect(found, year, percent)
    return found


def _keep_indirect(parts: dict[str, dict[tuple[int, str], int]], year: int, percent: int) -> None:
    """Move what of the year's indirect cost is above the limit into direct cost: of the same institution where it has any."""
    while True:
        indirect = [
            (name, (year, INDIRECT)) for name, amounts in parts.items() if (year, INDIRECT) in amounts
        ]
        direct = [
            (name, key)
            for name, amounts in parts.items()
            for key in amounts
            if key[0] == year and key[1] != INDIRECT
        ]
        over = sum(parts[name][key] for name, key in indirect) - indirect_limit(
            sum(parts[name][key] for name, key in direct), percent
        )
        if over <= 0 or not direct:
            return
        name, key = max(indirect, key=lambda one: parts[one[0]][one[1]])
        own = [one for one in direct if one[0] == name] or direct
        to, into = max(own, key=lambda one: parts[one[0]][one[1]])
        # Each yen that is moved also raises the limit: at least this much of the excess is gone with one step.
        moved = min(max(over * 100 // (100 + percent), 1), parts[name][key])
        parts[name][key] -= moved
        parts[to][into] += moved
