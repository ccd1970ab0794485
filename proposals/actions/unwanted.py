"""Reviewers by whom the applicants ask not to be reviewed."""

from typing import Any

from kernel import audit
from kernel.actions import action
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.actions.editing import held, lock_for_editing, refuse_changed, refuse_stale
from proposals.models import Proposal, UnwantedReviewer
from proposals.rules.texts import REASON_LIMIT, text_violation

# So many may be named: an applicant must not choose the reviewers by leaving nobody else.
MOST = 5


@action
def name_unwanted(
    *, proposal: Proposal, by: Any, name: str, reason: str, institution_name: str = "", email: str = ""
) -> UnwantedReviewer:
    """Ask that somebody does not review the proposal. No part of what is submitted and signed is changed.

    Raises:
        NotAllowed: `by` is no writer of this proposal.
        RuleBroken: as `lock_for_editing`; `unwanted_too_many`, `name_missing`, `reason_missing`, `text_over_limit`,
            `text_has_nul`.
    """
    locked = lock_for_editing(proposal=proposal, by=by, part=None)
    there = locked.unwanted_reviewers.count()
    refuse_if(
        Violation("unwanted_too_many", "name", {"most": MOST}) if there >= MOST else None,
        *_violations(name, reason),
    )
    named = UnwantedReviewer.objects.create(
        proposal=locked,
        name=name.strip(),
        institution_name=institution_name,
        email=email.lower(),
        reason=reason.strip(),
    )
    audit.record("unwanted_named", locked, by=by, details={"row": named.public_id})
    return named


def _violations(name: str, reason: str) -> list[Violation | None]:
    return [
        Violation("name_missing", "name") if is_blank_text(name) else None,
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    ]


@action
def change_unwanted(
    *,
    row: UnwantedReviewer,
    by: Any,
    name: str,
    reason: str,
    institution_name: str = "",
    email: str = "",
    seen: str = "",
) -> UnwantedReviewer:
    """Put right what was said of somebody.

    Raises:
        NotAllowed, RuleBroken: as `name_unwanted`; `stale_version` if the row was changed since `seen`.
    """
    locked = lock_for_editing(proposal=row.proposal, by=by, part=None)
    row = held(row)
    refuse_stale(row, seen, writer=by, verb="unwanted_changed")
    refuse_if(*_violations(name, reason))
    row.name, row.reason = name.strip(), reason.strip()
    row.institution_name, row.email = institution_name, email.lower()
    row.save()
    audit.record("unwanted_changed", locked, by=by, details={"row": row.public_id})
    return row


@action
def remove_unwanted(*, row: UnwantedReviewer, by: Any, seen: str = "") -> None:
    """Ask it no more.

    Raises:
        NotAllowed, RuleBroken: as `lock_for_editing`.
    """
    locked = lock_for_editing(proposal=row.proposal, by=by, part=None)
    row = held(row)
    refuse_changed(row, seen)
    audit.record("unwanted_removed", locked, by=by, details={"row": row.public_id})
    row.delete()
