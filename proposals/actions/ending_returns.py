"""An agency takes a return for correction back before its time is over."""

from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.actions.editing import touch
from proposals.actions.mails import write_to_pi
from proposals.actions.submission import lock_as_submitted
from proposals.enums import ProposalState
from proposals.extra_time import may_end_return
from proposals.models import Correction, Proposal
from proposals.rules.texts import REASON_LIMIT, text_violation


@action
def end_return(*, correction: Correction, by: Any, reason: str) -> Proposal:
    """Let the agency have the proposal again at once, as it was submitted last; the team is told why.

    Raises:
        NotAllowed: `by` is no programme officer of the agency that returned it, or has an interest in it, or it is over.
        RuleBroken: `reason_missing`, `text_over_limit`, `text_has_nul`.
    """
    proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call", "pi__user", "form_version")
        .get(pk=correction.proposal_id)
    )
    held = Correction.objects.select_related("agency", "proposal").get(pk=correction.pk)
    is_out = proposal.state in (ProposalState.DRAFT, ProposalState.SUBMITTED)
    require(is_out and may_end_return(by, held))
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    proposal.extended_until = now()
    touch(proposal, "extended_until")
    lock_as_submitted(proposal, by=by)
    audit.record(
        "return_ended",
        proposal,
        by=by,
        details={"agency": held.agency.public_id, "until": held.until.isoformat()},
        private={"reason": reason.strip()},
        acting_for=held.agency.public_id,
    )
    write_to_pi(
        proposal,
        "correction_ended",
        key=f"correction-ended:{held.public_id}",
        page="proposals:tasks",
        correction=held,
        reason=reason.strip(),
    )
    return proposal
