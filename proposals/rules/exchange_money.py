"""The share of money that goes into exchanging people, planned or used: an indicator with a target line, never a block."""

from dataclasses import dataclass

from kernel.money import Money
from kernel.violations import Violation


@dataclass(frozen=True, slots=True)
class ExchangeShare:
    """`used` of `awarded`, both in minor units; `basis_points` is the share in 1/100 of a percent, None of nothing awarded."""

    used: int
    awarded: int
    basis_points: int | None

    @property
    def percent(self) -> str:
        """The share with one decimal, without its sign: 12.3; – where nothing was awarded."""
        if self.basis_points is None:
            return "–"
        tenths = (self.basis_points + 5) // 10
        return f"{tenths // 10:,}.{tenths % 10}"


def exchange_share(*, used: int, awarded: int) -> ExchangeShare:
    """The share of what was awarded, halves rounded up. Money taken back makes neither side less than nothing."""
    if awarded <= 0:
        return ExchangeShare(used, awarded, None)
    kept = max(0, used)
    return ExchangeShare(used, awarded, (kept * 10_000 * 2 + awarded) // (awarded * 2))


def share_violation(planned: int, asked: int) -> Violation | None:
    """`exchange_over_budget` where planned stays take more yen than all that is asked for: to be looked at, no bar."""
    if planned <= asked:
        return None
    amounts = {"planned": Money(planned, "JPY"), "asked": Money(asked, "JPY")}
    return Violation("exchange_over_budget", "exchange", amounts)
