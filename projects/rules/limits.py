"""Whether an amount still fits into what is limited, and if not, every figure that a person needs to see why."""

from collections.abc import Mapping
from typing import Any

from kernel.money import Money
from kernel.violations import Violation


def limit_violation(
    code: str, *, limit: int, stands: int, asked: int, currency: str, **which: Any
) -> Violation | None:
    """`code` when `asked` on top of what `stands` already goes above `limit`: with the three, and by how much."""
    over = stands + asked - limit
    if over <= 0:
        return None
    return Violation(
        code, "amount", {**which, **figures(currency, limit=limit, stands=stands, asked=asked, over=over)}
    )


def figures(currency: str, **amounts: int) -> Mapping[str, Money]:
    """Amounts as a sentence writes them: with their currency, in the reader's language."""
    return {name: Money(amount, currency) for name, amount in amounts.items()}
