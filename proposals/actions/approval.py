"""The institution's approval (機関承認) between the signatures and the submission: asked for, given, or returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of, digest, read_whole
from proposals.actions.editing import draft_violation
from proposals.actions.mails import write_to_approvers, write_to_pi
from proposals.actions.signing import sign_as_pi, signatures_of
from proposals.approvals import approvers_of, internal_deadline_of
from proposals.enums import ApprovalState, ApprovalStatus
from proposals.models import InstitutionApproval, Proposal
from proposals.permissions import is_pi, may_approve
from proposals.rules.approval import approval_gap, asking_violations, status_of
from proposals.rules.completeness import gaps
from proposals.rules.texts import REASON_LIMIT, text_violation

# The call's words, the institution's record and what the registry calls others are not the applicants' to write: no word of
# theirs is in them.
NOT_APPROVED = ("call", "institution", "institution_names")


@dataclass(frozen=True)
class Standing:
    """What the institution has said to the proposal as it stands (`sha256`), and the newest request."""

    status: ApprovalStatus
    sha256: str
    latest: InstitutionApproval | None


def approval_digest(content: dict[str, Any]) -> str:
    """SHA-256 of everything that the applicants have written: the core, and with it every annex."""
    return digest({part: value for part, value in content.items() if part not in NOT_APPROVED})


def approval_standing(proposal: Proposal, content: dict[str, Any]) -> Standing:
    """What the institution's answers come to for this content, found by its digest."""
    current = approval_digest(content)
    rows = list(proposal.approvals.defer("content").select_related("decided_by__person").order_by("-pk"))
    status = status_of([(row.state, row.sha256) for row in rows], current)
    return Standing(status, current, rows[0] if rows else None)


def submission_gap(proposal: Proposal, content: dict[str, Any]) -> Violation | None:
    """Why the proposal may not be submitted as far as its institution is concerned; None where the call does not ask."""
    if not proposal.call.needs_approval:
        return None
    return approval_gap(approval_standing(proposal, content).status, is_needed=True)


def why_not_ask(proposal: Proposal, content: dict[str, Any]) -> list[Violation]:
    """What stands against asking for approval of the proposal as it stands."""
    unsigned = [one.member.person.name for one in signatures_of(proposal, content) if one.at is None]
    return asking_violations(
        approval_standing(proposal, content).status,
        is_needed=proposal.call.needs_approval,
        gaps=len(gaps(written_of(proposal))),
        unsigned=unsigned,
    )


def _locked_proposal(pk: int) -> Proposal:
    return (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("call__programme", "institution", "pi__user")
        .get(pk=pk)
    )


@action
def ask_approval(*, proposal: Proposal, by: Any, sha256: str) -> InstitutionApproval:
    """Ask the institution to approve the content whose digest is `sha256`: what the principal investigator had before them.

    A request that waits for another content is replaced. With it they sign its shared core. Officers and deputies are told.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `deadline_passed`; `proposal_not_draft`; `changed_before_asking`; see `rules.approval.asking_violations`.
    """
    proposal = _locked_proposal(proposal.pk)
    require(is_pi(by, proposal) and not proposal.is_test)
    refuse_if(draft_violation(proposal))
    read_whole(proposal)
    content = content_of(proposal)
    current = approval_digest(content)
    refuse_if(Violation("changed_before_asking") if sha256 != current else None)
    refuse_if(*why_not_ask(proposal, content))
    for waiting in proposal.approvals.select_for_update().filter(state=ApprovalState.ASKED):
        apply_transition(waiting, "replace", by=by)
    approval = InstitutionApproval.objects.create(
        proposal=proposal, content=content, sha256=current, asked_by=by, asked_at=now()
    )
    sign_as_pi(proposal=proposal, by=by, content=content)
    audit.record("approval_asked", proposal, by=by, details={"sha256": current})
    write_to_approvers(
        approval, approvers_of(proposal.institution, proposal), internal=internal_deadline_of(proposal)
    )
    return approval


def _locked(approval: InstitutionApproval, by: Any) -> InstitutionApproval:
    """The request, and first its proposal, held for an answer that this person may give now."""
    proposal = _locked_proposal(approval.proposal_id)
    found = InstitutionApproval.objects.select_for_update().get(pk=approval.pk)
    found.proposal = proposal
    require(may_approve(by, proposal))
    refuse_if(draft_violation(proposal))
    return found


def _answer(approval: InstitutionApproval, step: str, verb: str, by: Any, comment: str) -> None:
    approval.decided_by, approval.decided_at, approval.comment = by, now(), comment
    approval.save(update_fields=["decided_by", "decided_at", "comment"])
    apply_transition(approval, step, by=by, reason=comment)
    audit.record(verb, approval.proposal, by=by, details={"sha256": approval.sha256})
    write_to_pi(
        approval.proposal,
        verb,
        key=f"{verb}:{approval.public_id}",
        page="proposals:check",
        comment=comment,
        institution=approval.proposal.institution,
    )


@action
def approve_proposal(*, approval: InstitutionApproval, by: Any, comment: str = "") -> InstitutionApproval:
    """Approve what was asked for, and tell the principal investigator, who may now submit it.

    Raises:
        NotAllowed: `by` neither is an officer of the institution nor decides for one today, or is of the team.
        RuleBroken: `deadline_passed`; `proposal_not_draft`; `approval_outdated` when the proposal was changed since;
            `transition_not_allowed` when somebody else has answered.
    """
    approval = _locked(approval, by)
    read_whole(approval.proposal)
    is_same = approval_digest(content_of(approval.proposal)) == approval.sha256
    is_asked = approval.state == ApprovalState.ASKED
    refuse_if(
        text_violation(comment, REASON_LIMIT, "comment"),
        Violation("approval_outdated") if is_asked and not is_same else None,
    )
    _answer(approval, "approve", "institution_approved", by, comment.strip())
    return approval


@action
def approve_each(*, approvals: Sequence[InstitutionApproval], by: Any) -> list[InstitutionApproval]:
    """Approve several; one that was changed or answered meanwhile is left as it is. Returns those that were approved."""
    approved = []
    for approval in sorted(approvals, key=lambda one: one.proposal_id):
        try:
            approved.append(approve_proposal(approval=approval, by=by))
        except RuleBroken:
            continue
    return approved


@action
def return_proposal(*, approval: InstitutionApproval, by: Any, comment: str) -> InstitutionApproval:
    """Return the proposal (差し戻し) with a comment that its team reads; also one that was approved too soon.

    Raises:
        NotAllowed: as `approve_proposal`.
        RuleBroken: `comment_missing`; `text_over_limit`; `deadline_passed`; `proposal_not_draft` once it is submitted;
            `transition_not_allowed` when somebody else has returned it.
    """
    approval = _locked(approval, by)
    refuse_if(
        Violation("comment_missing", "comment") if is_blank_text(comment) else None,
        text_violation(comment, REASON_LIMIT, "comment"),
    )
    _answer(approval, "return", "institution_returned", by, comment.strip())
    return approval
