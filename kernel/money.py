"""Money: integers in minor units with their currency. No floats, no guessed units."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernel.violations import RuleBroken, Violation

# ISO 4217 currencies whose minor unit is not the hundredth.
MINOR_DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "KWD": 3, "JOD": 3, "TND": 3}
# The units in which a Japanese form may ask for yen.
YEN_UNITS = {"円": 1, "千円": 1_000, "百万円": 1_000_000}
LARGEST = 10**15


class Unit(str):
    """What an amount is counted in: 円, 千円, 百万円, or a currency's code. Sentences write it in the reader's language."""


_AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SIGNS = "-－‐‑‒–—―ー−ｰ﹣"


def minor_digits(currency: str) -> int:
    """How many decimals the currency's minor unit has: 0 for JPY, 2 for EUR."""
    return MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units of `currency`: `Money(1_234_000, "JPY")` is ¥1,234,000, `Money(150, "EUR")` is €1.50."""

    amount: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise ValueError(f"{self.currency} and {other.currency} cannot be added")
        return Money(self.amount + other.amount, self.currency)


def parse_amount(text: str, *, currency: str = "JPY", unit: str = "円", field: str = "") -> int:
    """Read an amount as people type it, in minor units.

    Full-width digits, commas and blanks are accepted, and 円 or ¥ where whole yen are asked for. `unit` says what one counts (円, 千円, 百万円); it is never
    inferred. A sign of any kind, also ー or －, is refused: it is neither a plus nor read as a minus.

    Raises:
        RuleBroken: `amount_negative`, `amount_not_a_number`, `amount_fractional`, `amount_too_large`.
    """
    cleaned = text.strip()
    if cleaned[:1] in _SIGNS and cleaned:
        raise RuleBroken(Violation("amount_negative", field))
    # A mark of whole yen says what it counts: beside thousands, or another currency, it contradicts the field.
    marks = r"[\s¥￥円]" if currency == "JPY" and YEN_UNITS.get(unit, 1) == 1 else r"\s"
    plain = re.sub(marks, "", unicodedata.normalize("NFKC", cleaned))
    if not _AMOUNT.fullmatch(plain):
        raise RuleBroken(Violation("amount_not_a_number", field))
    scale = 10 ** minor_digits(currency) * YEN_UNITS.get(unit, 1)
    value = Fraction(plain.replace(",", "")) * scale
    if value.denominator != 1:
        raise RuleBroken(Violation("amount_fractional", field, {"currency": Unit(currency)}))
    if value > LARGEST:
        raise RuleBroken(Violation("amount_too_large", field, {"unit": Unit(unit)}))
    return int(value)


def format_amount(amount: int, currency: str = "JPY") -> str:
    """The amount with thousands separators and the currency's decimals, without a symbol: 1,234,000 or 1.50."""
    digits = minor_digits(currency)
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    if not digits:
        return f"{sign}{whole:,}"
    scale = 10**digits
    return f"{sign}{whole // scale:,}.{whole % scale:0{digits}d}"


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` by `weights` so that the parts add up to it exactly, by the largest remainder.

    Equal remainders go to the earlier part: 100,000,000 in thirds is 33,333,334 + 33,333,333 + 33,333,333.

    Raises:
        ValueError: no weights, a negative weight, or only zeros.
    """
    whole = sum(weights)
    if not weights or whole <= 0 or min(weights) < 0:
        raise ValueError("shares need weights, none below zero and not all zero")
    shares = [Fraction(total * weight, whole) for weight in weights]
    parts = [share.numerator // share.denominator for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - shares[i], i))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def indirect_limit(direct: int, percent: int) -> int:
    """The most that may be asked as indirect cost (間接経費) on `direct`, rounded down to the minor unit."""
    return direct * percent // 100
