"""The vocabulary of awarded budgets."""

from enum import StrEnum


class ProjectState(StrEnum):
    OFFERED = "offered"
    ACTIVE = "active"
    ENDED = "ended"
    CLOSED = "closed"


class ConditionState(StrEnum):
    """Whether a condition of the decision is met."""

    OPEN = "open"
    MET = "met"


class EntryKind(StrEnum):
    """What a ledger entry is. The first two count towards caps and envelopes, the others towards what may be spent."""

    ALLOCATION = "allocation"
    CHANGE = "change"
    CARRY_OUT = "carry_out"
    CARRY_IN = "carry_in"
    PAYMENT = "payment"
    RETURN = "return"


# Σ(award, change, and corrections of these); carry-over in never counts again (domain.md, section 2).
COMMITTING = (EntryKind.ALLOCATION, EntryKind.CHANGE)
