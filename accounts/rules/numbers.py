"""Numbers by which researchers are known: ORCID and e-Rad."""

import re

from kernel.text import plain_digits
from kernel.violations import Violation


def orcid_is_valid(orcid: str) -> bool:
    """Whether the check character of an ORCID (0000-0002-1825-0097) fits, by ISO 7064 MOD 11-2."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", orcid):
        return False
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    expected = (12 - total % 11) % 11
    return digits[-1] == ("X" if expected == 10 else str(expected))


def plain_orcid(text: str) -> str:
    """An ORCID as it is kept, from one typed in any width, in small letters or as its address (https://orcid.org/…)."""
    return plain_digits(text).rstrip("/").rsplit("/", 1)[-1].upper()


def orcid_violation(orcid: str) -> Violation | None:
    """An ORCID may be missing, but not wrong."""
    return Violation("orcid_invalid", "orcid") if orcid and not orcid_is_valid(orcid) else None


def ror_id_in(text: str) -> str:
    """The ROR id that a text is, alone or as its address (https://ror.org/057zh3y96); "" where it is none."""
    found = re.fullmatch(r"(?:(?:https?://)?ror\.org/)?(0[a-z0-9]{6}[0-9]{2})", plain_digits(text).lower())
    return found[1] if found else ""


def erad_violation(number: str) -> Violation | None:
    """An e-Rad researcher number is 8 digits, kept as text; a wrong check digit warns elsewhere and never blocks."""
    if number and not re.fullmatch(r"[0-9]{8}", number):
        return Violation("erad_number_invalid", "erad_number")
    return None
