"""Numbers by which researchers are known: ORCID and e-Rad."""

import re
import unicodedata

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


def researcher_number_warning(number: str, *, field: str = "") -> Violation | None:
    """Doubts about an e-Rad researcher number: 8 digits, d1 = (d2 + 2·d3 + d4 + 2·d5 + d6 + 2·d7 + d8) mod 10.

    The check digit was derived from public numbers, so a failure is a warning and nothing more.
    """
    plain = unicodedata.normalize("NFKC", number).strip()
    if not re.fullmatch(r"[0-9]{8}", plain):
        return Violation("erad_researcher_format", field, {"number": number})
    first, *rest = (int(digit) for digit in plain)
    total = sum(digit * (2 if place % 2 else 1) for place, digit in enumerate(rest))
    if total % 10 != first:
        return Violation("erad_researcher_check_digit", field, {"number": number})
    return None
