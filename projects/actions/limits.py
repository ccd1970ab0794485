"""What an entry would exceed, in figures, read from the accounts that are locked. The database holds the same limits."""

from kernel.violations import Violation
from program.models import Envelope
from projects.enums import COMMITTING
from projects.models import CapAccount, Project, SpendAccount
from projects.queries import sums_of
from projects.rules.awarding import INDIRECT
from projects.rules.limits import limit_violation
from projects.rules.spending import Sums

# By whether the cap is of one year, and whether it counts indirect cost.
CAPS = {
    (True, True): "cap_reached",
    (True, False): "cap_reached_direct",
    (False, True): "cap_reached_whole_term",
    (False, False): "cap_reached_whole_term_direct",
}


def commitment_violations(
    project: Project, *, kind: str, fiscal_year: int, category: str, amount: int
) -> list[Violation]:
    """Each cap and the envelope that an allocation or its change of `amount` would exceed."""
    if kind not in COMMITTING:
        return []
    currency = project.programme.currency
    accounts = CapAccount.objects.filter(project=project, fiscal_year__in=[0, fiscal_year])
    found = [
        limit_violation(
            CAPS[bool(account.fiscal_year), account.counts_indirect],
            limit=account.limit,
            stands=account.total,
            asked=amount,
            currency=currency,
            year=fiscal_year,
        )
        for account in accounts.order_by("pk")
        if account.counts_indirect or category != INDIRECT
    ]
    envelopes = Envelope.objects.filter(
        programme=project.programme_id, agency=project.agency_id, fiscal_year=fiscal_year
    )
    found += [
        limit_violation(
            "envelope_exceeded",
            limit=envelope.appropriated,
            stands=envelope.committed,
            asked=amount,
            currency=currency,
            agency=project.agency.short_name,
            year=fiscal_year,
        )
        for envelope in envelopes
    ]
    return [violation for violation in found if violation is not None]


def payment_violation(project: Project, fiscal_year: int, amount: int) -> Violation | None:
    """Whether a payment is more than what is left of the whole year."""
    account = SpendAccount.objects.get(project=project, fiscal_year=fiscal_year)
    return limit_violation(
        "available_exceeded",
        limit=account.available,
        stands=account.paid,
        asked=amount,
        currency=project.programme.currency,
        year=fiscal_year,
    )


def left_violation(project: Project, fiscal_year: int, category: str, taken: int) -> Violation | None:
    """Whether `taken` is more than is left of a category in a year (the database looks at the year alone)."""
    sums = sums_of(project).get((fiscal_year, str(category)), Sums())
    return limit_violation(
        "category_exceeded",
        limit=sums.available,
        stands=sums.paid,
        asked=taken,
        currency=project.programme.currency,
        year=fiscal_year,
    )


def below_zero_violation(project: Project, fiscal_year: int, stands: int, change: int) -> Violation | None:
    """Whether a decrease is more than the allocation that stands."""
    return limit_violation(
        "change_below_zero",
        limit=stands,
        stands=0,
        asked=-change,
        currency=project.programme.currency,
        year=fiscal_year,
    )
