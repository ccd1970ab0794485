"""Which enumeration a value of the audit trail belongs to, where its subject has no such field of its own."""

from enum import StrEnum

from accounts.enums import Role
from program.enums import MilestoneKind
from proposals.enums import BudgetCategory, ExchangeDirection, TeamRole, Verdict
from review.enums import ConflictKind

ENUMS: dict[tuple[str, str], type[StrEnum]] = {
    ("proposals.proposal", "verdict"): Verdict,
    ("proposals.proposal", "role"): TeamRole,
    ("proposals.proposal", "direction"): ExchangeDirection,
    ("proposals.proposal", "category"): BudgetCategory,
    ("program.call", "kind"): MilestoneKind,
    ("review.assignment", "kind"): ConflictKind,
    ("accounts.person", "role"): Role,
}

# The field of which "before" and "after" speak, where it is not the state.
PAIRS = {
    "award_judged": "verdict",
    "award_verdict_voided": "verdict",
    "extended": "deadline_at",
    "internal_deadline_set": "on",
}
