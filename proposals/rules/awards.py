"""What is checked of a partner agency's award. Warnings are told, never a bar: the agency itself decides."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from kernel.money import minor_digits
from kernel.violations import Violation
from proposals.enums import AwardRole
from proposals.rules.name_likeness import Likeness, likeness

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
    # What the partner PI is in it; blank: not stated.
    pi_role: str = ""


def warnings(
    claim: Claim,
    *,
    pattern: str = "",
    project_starts: dt.date,
    project_ends: dt.date,
    sufficient_yearly_yen: int | None = None,
    today: dt.date | None = None,
    partner_leaders: Sequence[Sequence[str]] = (),
    claimed_elsewhere: int = 0,
    has_evidence: bool = True,
    unlike_register: Sequence[str] = (),
) -> list[Violation]:
    """What an officer and the applicant should look at: the number's form, the periods' overlap, the sum a year, the PI's
    part or name, other proposals that rest on the same award, a claim that neither a file nor a register bears out, and one
    that says something else than the register. `partner_leaders` are their names, each in the scripts that are known; `today` is
    the day on which the award should be active.
    """
    found = []
    if pattern and not _fits(pattern, claim.number):
        found.append(Violation("award_number_unusual", "number"))
    if today is not None and claim.starts_on > today:
        found.append(Violation("award_not_begun", "starts_on", {"starts": claim.starts_on}))
    elif today is not None and claim.ends_on < today:
        found.append(Violation("award_has_ended", "ends_on", {"ends": claim.ends_on}))
    if claim.ends_on < project_starts or claim.starts_on > project_ends:
        found.append(Violation("award_does_not_overlap", "ends_on"))
    elif claim.ends_on < project_ends:
        found.append(
            Violation("award_ends_early", "ends_on", {"ends": claim.ends_on, "project": project_ends})
        )
    if project_starts < claim.starts_on <= project_ends:
        found.append(
            Violation(
                "award_begins_late", "starts_on", {"starts": claim.starts_on, "project": project_starts}
            )
        )
    yearly = yen_a_year(claim)
    if claim.amount_yen is None:
        found.append(Violation("award_yen_unknown", "amount", {"currency": claim.currency}))
    elif sufficient_yearly_yen is not None and yearly is not None and yearly < sufficient_yearly_yen:
        values = {"yearly": f"{yearly:,}", "threshold": f"{sufficient_yearly_yen:,}"}
        found.append(Violation("award_insufficient", "amount", values))
    if claim.pi_role not in ("", AwardRole.PI):
        found.append(Violation("award_led_by_another", "pi_role"))
    else:
        found += _name_hints(claim.pi_name, partner_leaders)
    if claimed_elsewhere:
        found.append(Violation("award_claimed_elsewhere", "number", {"n": claimed_elsewhere}))
    if not has_evidence:
        found.append(Violation("award_without_evidence", "evidence"))
    if unlike_register:
        found.append(Violation("award_differs_from_register", "number", {"n": len(unlike_register)}))
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


def _name_hints(pi_name: str, leaders: Sequence[Sequence[str]]) -> list[Violation]:
    """A hint where the award's investigator looks like none of the partner's, or where the scripts leave it open."""
    told = {likeness([pi_name], leader) for leader in leaders}
    if not told or Likeness.LIKE in told:
        return []
    code = "award_pi_not_compared" if Likeness.UNTOLD in told else "award_of_another_pi"
    partner = next(iter(leaders[0]), "") if leaders else ""
    return [Violation(code, "pi_name", {"award": pi_name, "partner": partner})]
