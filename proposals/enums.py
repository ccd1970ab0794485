"""The vocabulary of applying."""

from enum import StrEnum


class ProposalState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    ADOPTED = "adopted"
    RESERVED = "reserved"
    NOT_ADOPTED = "not_adopted"
    WITHDRAWN = "withdrawn"


class TeamRole(StrEnum):
    PI = "pi"
    CO_INVESTIGATOR = "co_investigator"
    PARTNER_PI = "partner_pi"
    PARTNER_MEMBER = "partner_member"


class BudgetCategory(StrEnum):
    """Categories of Japan's competitive research funds (競争的研究費); the last is never moved to from the others."""

    GOODS = "goods"
    TRAVEL = "travel"
    PERSONNEL = "personnel"
    OTHER = "other"
    INDIRECT = "indirect"


DIRECT_CATEGORIES = (
    BudgetCategory.GOODS,
    BudgetCategory.TRAVEL,
    BudgetCategory.PERSONNEL,
    BudgetCategory.OTHER,
)


class ExchangeDirection(StrEnum):
    DISPATCH = "dispatch"
    ACCEPTANCE = "acceptance"


class CareerStage(StrEnum):
    MASTER = "master"
    DOCTORAL = "doctoral"
    POSTDOC = "postdoc"
    FACULTY = "faculty"


class GrantStatus(StrEnum):
    HELD = "held"
    APPLIED = "applied"


class Verdict(StrEnum):
    """An agency's answer on eligibility, and on an award."""

    YES = "yes"
    NO = "no"


class AccessKind(StrEnum):
    READER = "reader"
    EXCLUDED = "excluded"


class OfficeTask(StrEnum):
    """What an officer has to do about a proposal before the review."""

    VERDICT = "verdict"
    AWARD = "award"
    CONFIRMATION = "confirmation"
