"""Caps in foreign money, fixed in yen."""

from decimal import Decimal
from fractions import Fraction

from kernel.money import minor_digits


def limit_in_yen(amount: int, currency: str, yen_per_unit: Decimal) -> int:
    """A cap of `amount` minor units of `currency` in whole yen, rounded down: a cap never grows by its exchange.

    `yen_per_unit` is what one whole unit (one dollar, not one cent) is worth.
    """
    return int(Fraction(amount, 10 ** minor_digits(currency)) * Fraction(yen_per_unit))
