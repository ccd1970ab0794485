"""Caps in foreign money, fixed in yen."""

from decimal import Decimal
from fractions import Fraction

from kernel.money import minor_digits
from program.enums import CapPeriod

# 「最大1億円程度」 a project and fiscal year, indirect cost included.
PROGRAMME_CAP = 100_000_000


def is_above_programme(limit_yen: int | None, period: str) -> bool:
    """Whether a yearly cap lies above what the founding text names: pointed out, and no reason to refuse it."""
    return limit_yen is not None and period == CapPeriod.FISCAL_YEAR and limit_yen > PROGRAMME_CAP


def limit_in_yen(amount: int, currency: str, yen_per_unit: Decimal) -> int:
    """A cap of `amount` minor units of `currency` in whole yen, rounded down: a cap never grows by its exchange.

    `yen_per_unit` is what one whole unit (one dollar, not one cent) is worth.
    """
    return int(Fraction(amount, 10 ** minor_digits(currency)) * Fraction(yen_per_unit))
