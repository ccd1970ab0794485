"""What is checked of a partner agency's award. Warnings are told, never a bar: the agency itself decides."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from kernel.money import minor_digits
from kernel.violations import Violation

LONGEST_PATTERN_INPUT = 60


def in_yen(amount: int, currency: str, yen_per_unit: Decimal) -> int:
    """`amount` (minor units of `currency`) in yen at a rate for one whole unit; rounded down to the yen, once."""
    exact = Decimal(amount) * yen_per_unit / (Decimal(10) ** minor_digits(currency))
    return int(exact.to_integral_value(rounding=ROUND_DOWN))


@dataclass(frozen=True)
class Claim:
    """An award as the proposal claims it: yen in whole, days inclusive."""

    number: str
    pi_name: str
    amount_yen: int | None
    starts_on: dt.date
    ends_on: dt.date
    currency: str = "JPY"


def warnings(
    claim: Claim,
    *,
    pattern: str = "",
    project_starts: dt.date,
    project_ends: dt.date,
    sufficient_yearly_yen: int | None = None,
    partner_leaders: Sequence[str] = (),
    claimed_elsewhere: int = 0,
    has_evidence: bool = True,
) -> list[Violation]:
    """What an officer and the applicant should look at: the number's form, the periods' overlap, the sum a year, the PI's
    name, other proposals that rest on the same award, and a claim that neither a file nor a register bears out."""
    found = []
    if pattern and not _fits(pattern, claim.number):
        found.append(Violation("award_number_unusual", "number"))
    if claim.ends_on < project_starts or claim.starts_on > project_ends:
        found.append(Violation("award_does_not_overlap", "ends_on"))
    elif claim.ends_on < project_ends:
        found.append(
            Violation("award_ends_early", "ends_on", {"ends": claim.ends_on, "project": project_ends})
        )
    yearly = yen_a_year(claim)
    if claim.amount_yen is None:
        found.append(Violation("award_yen_unknown", "amount", {"currency": claim.currency}))
    elif sufficient_yearly_yen is not None and yearly is not None and yearly < sufficient_yearly_yen:
        values = {"yearly": f"{yearly:,}", "threshold": f"{sufficient_yearly_yen:,}"}
        found.append(Violation("award_insufficient", "amount", values))
    if partner_leaders and not any(_same_name(claim.pi_name, leader) for leader in partner_leaders):
        found.append(Violation("award_of_another_pi", "pi_name"))
    if claimed_elsewhere:
        found.append(Violation("award_claimed_elsewhere", "number", {"n": claimed_elsewhere}))
    if not has_evidence:
        found.append(Violation("award_without_evidence", "evidence"))
    return found


def yen_a_year(claim: Claim) -> int | None:
    """The award in yen for each of its years (a begun year counts by its days), rounded down; None without a rate."""
    if claim.amount_yen is None:
        return None
    days = (claim.ends_on - claim.starts_on).days + 1
    return claim.amount_yen * 365 // max(days, 365)


def _fits(pattern: str, number: str) -> bool:
    try:
        return re.fullmatch(pattern, number[:LONGEST_PATTERN_INPUT]) is not None
    except re.error:
        return True


def _same_name(one: str, other: str) -> bool:
    def words(name: str) -> set[str]:
        return {word for word in re.split(r"[\s,.]+", name.casefold()) if word}

    return bool(words(one)) and (words(one) <= words(other) or words(other) <= words(one))
