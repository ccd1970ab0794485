"""The institution's approval (機関承認): what the requests come to, and when one may be made."""

import datetime as dt
from collections.abc import Sequence

from kernel.violations import Violation
from proposals.enums import ApprovalState, ApprovalStatus

APPROVAL = "approval"


def status_of(requests: Sequence[tuple[str, str]], current: str) -> ApprovalStatus:
    """What the requests, each a state and a digest, the newest first, come to for a proposal whose digest is `current`.

    An approval is of one content: a change of anything voids it, and what is as it was approved is approved.
    """
    if (ApprovalState.APPROVED.value, current) in [(str(state), sha256) for state, sha256 in requests]:
        return ApprovalStatus.GIVEN
    if not requests:
        return ApprovalStatus.MISSING
    state, sha256 = requests[0]
    if state == ApprovalState.ASKED:
        return ApprovalStatus.ASKED if sha256 == current else ApprovalStatus.OUTDATED
    return ApprovalStatus.VOID if state == ApprovalState.APPROVED else ApprovalStatus.RETURNED


def approval_gap(status: ApprovalStatus, *, is_needed: bool) -> Violation | None:
    """What stands against submitting as far as the institution is concerned."""
    if not is_needed or status == ApprovalStatus.GIVEN:
        return None
    return Violation(f"approval_{status.value}", APPROVAL)


def asking_violations(
    status: ApprovalStatus, *, is_needed: bool, gaps: int, unsigned: Sequence[str]
) -> list[Violation]:
    """What stands against asking the institution: it approves what is complete and signed."""
    if not is_needed:
        return [Violation("approval_not_needed")]
    if status == ApprovalStatus.GIVEN:
        return [Violation("approval_given_already")]
    if status == ApprovalStatus.ASKED:
        return [Violation("approval_asked_already")]
    found = [Violation("approval_before_complete", "", {"n": gaps})] if gaps else []
    if unsigned:
        found.append(Violation("signatures_missing", "", {"names": ", ".join(unsigned)}))
    return found


def internal_deadline_violation(on: dt.date, *, today: dt.date, deadline: dt.date) -> Violation | None:
    """An institution's own day lies ahead, and not after the call's."""
    if on < today:
        return Violation("internal_deadline_past", "on")
    return Violation("internal_deadline_late", "on") if on > deadline else None
