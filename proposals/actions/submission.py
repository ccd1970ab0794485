"""Submitting, reopening, withdrawing, and what happens at the deadline."""

import datetime as dt
from typing import Any

from django.db.models import Q

from accounts.models import Person
from kernel import audit
from kernel.actions import action, require
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.jobs import enqueue
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.calls import close_call
from program.enums import CallState
from program.models import Call
from proposals.actions.approval import submission_gap
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of, digest, read_whole
from proposals.actions.corrections import end_correction, void_eligibility
from proposals.actions.editing import touch
from proposals.actions.eligibility import void_award_verdicts
from proposals.actions.indexing import index_submission
from proposals.actions.mails import write_to_pi
from proposals.actions.putting_back import put_back
from proposals.actions.signing import sign_as_pi
from proposals.enums import ProposalState
from proposals.extra_time import may_extend
from proposals.models import Proposal, Submission, TeamMember
from proposals.notices import proposal_gap
from proposals.permissions import RECEIVING, is_pi
from proposals.queries import last_submission
from proposals.rules.completeness import gaps
from proposals.rules.deadline import deadline_violation
from proposals.rules.texts import text_violation
from proposals.told import is_pending

PDF_JOB = "proposals.make_pdf"
REASON_LIMIT = 2000


@action
def submit_proposal(*, proposal: Proposal, by: Any, arrived_at: dt.datetime | None = None) -> Submission:
    """Submit the proposal as it stands, and with it sign its shared core; it gets its receipt number, and the PDF and the mail
    follow.

    The instant that counts is the one at which the request reached the server (`arrived_at`; now where it is not
    given), not the one at which its turn came. The receipt number is given at the first submission and kept.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `deadline_passed`; `already_submitted`; `proposal_not_draft`; everything that
            `rules.completeness.gaps` finds; where the call asks for the institution's approval, that it is not there
            (`rules.approval.approval_gap`); where it requires a notice of intent, that none was accepted
            (`rules.notices.proposal_violation`).
    """
    at = arrived_at or now()
    # First the call, then the proposal: the order in which the deadline locks them too.
    call = Call.objects.select_for_update().get(pk=proposal.call_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.call = call
    require(is_pi(by, proposal))
    if proposal.state == ProposalState.SUBMITTED:
        raise RuleBroken(Violation("already_submitted"))
    refuse_if(
        deadline_violation(at, proposal.deadline_at)
        or (Violation("proposal_not_draft") if not _may_be_received(proposal) else None)
    )
    refuse_if(proposal_gap(call, proposal.pi, proposal.notice))
    _lock_team(proposal)
    read_whole(proposal)
    refuse_if(*gaps(written_of(proposal)))
    content = content_of(proposal)
    refuse_if(submission_gap(proposal, content))
    last = last_submission(proposal)
    if proposal.receipt_number is None:
        call.last_receipt += 1
        call.save(update_fields=["last_receipt"])
        proposal.receipt_number = f"{call.code}-{call.last_receipt:04}"
        proposal.save(update_fields=["receipt_number"])
    submission = Submission.objects.create(
        proposal=proposal,
        number=last.number + 1 if last else 1,
        at=at,
        by=by,
        content=content,
        sha256=digest(content),
    )
    sign_as_pi(proposal=proposal, by=by, content=content)
    void_eligibility(proposal=proposal, by=by)
    index_submission(submission=submission)
    details = {"receipt": proposal.receipt_number, "number": submission.number, "sha256": submission.sha256}
    apply_transition(proposal, "submit", by=by, details=details)
    enqueue(PDF_JOB, {"submission": submission.pk}, by=by, key=f"{PDF_JOB}:{submission.public_id}")
    write_to_pi(
        proposal,
        "proposal_received",
        key=f"proposal-received:{submission.public_id}",
        page="proposals:receipt",
        number=submission.number,
        at=submission.at,
        sha256=submission.sha256,
    )
    return submission


def _lock_team(proposal: Proposal) -> None:
    """Two proposals that share somebody are submitted one after the other, so that each counts the other's effort."""
    people = TeamMember.objects.filter(proposal=proposal).values("person")
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))


def _may_be_received(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.DRAFT and proposal.call.state in RECEIVING and not proposal.is_test


@action
def reopen_proposal(*, proposal: Proposal, by: Any) -> Proposal:
    """Make a submitted proposal a draft again, until the deadline; what was submitted stays valid meanwhile.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `deadline_passed`, `transition_not_allowed`.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(is_pi(by, proposal))
    refuse_if(deadline_violation(now(), proposal.deadline_at))
    apply_transition(proposal, "reopen", by=by)
    return proposal


@action
def withdraw_proposal(*, proposal: Proposal, by: Any, reason: str) -> Proposal:
    """Withdraw the proposal (取下げ), with a reason, before it was decided. Before its deadline no agency has read it, and none
    does afterwards.

    Raises:
        NotAllowed: `by` is not the principal investigator.
        RuleBroken: `reason_missing`, `text_over_limit`, `text_has_nul`; `decision_not_published`, and
            `transition_not_allowed` after the decision.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(is_pi(by, proposal) and not proposal.is_test)
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
    )
    refuse_if(Violation("decision_not_published") if is_pending(proposal) else None)
    is_unreceived = not _was_received(proposal)
    apply_transition(proposal, "withdraw", by=by, reason=reason.strip())
    proposal.is_unreceived = is_unreceived
    proposal.save(update_fields=["is_unreceived"])
    write_to_pi(
        proposal,
        "proposal_withdrawn",
        key=f"proposal-withdrawn:{proposal.public_id}",
        page="proposals:tasks",
        reason=reason.strip(),
    )
    return proposal


def _was_received(proposal: Proposal) -> bool:
    """Whether a deadline has passed for it, as it has for whatever is judged, or was opened again."""
    if proposal.state not in (ProposalState.DRAFT, ProposalState.SUBMITTED):
        return True
    locked = AuditEntry.objects.filter(
        subject_type=proposal._meta.label_lower, subject_id=proposal.public_id, verb="lock"
    )
    return locked.exists()


@action
def extend_deadline(*, proposal: Proposal, until: dt.datetime, reason: str, by: Any) -> Proposal:
    """Give this proposal alone time until `until`, with a reason. One that is locked becomes a draft again, whose last
    submitted version stays valid.

    Raises:
        NotAllowed: `by` is no programme officer of the lead agency, or the review has begun.
        RuleBroken: `reason_missing`; `extension_not_later` unless `until` lies ahead and after the deadline in force.
    """
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("call").get(pk=proposal.pk)
    require(may_extend(by, proposal))
    is_later = until > now() and until > proposal.deadline_at
    refuse_if(
        Violation("reason_missing", "reason") if is_blank_text(reason) else None,
        text_violation(reason, REASON_LIMIT, "reason"),
        None if is_later else Violation("extension_not_later", "until"),
    )
    before = proposal.deadline_at
    proposal.extended_until = until
    touch(proposal, "extended_until")
    audit.record(
        "extended",
        proposal,
        by=by,
        details={"before": before.isoformat(), "after": until.isoformat()},
        private={"reason": reason.strip()},
    )
    if proposal.state == ProposalState.LOCKED:
        void_award_verdicts(proposal=proposal, by=by)
        apply_transition(proposal, "unlock", by=by)
    write_to_pi(
        proposal,
        "deadline_extended",
        key=f"extended:{proposal.public_id}:{int(until.timestamp())}",
        page="proposals:tasks",
        reason=reason.strip(),
    )
    return proposal


def lock_overdue_calls() -> int:
    """Let every deadline that has come pass; returns how many proposals were locked. Doing it again changes nothing.

    What was submitted is locked, a reopened draft as it was last submitted; a draft that never was stays a draft. Each
    call is done by itself, so that a fault in one holds up no other.
    """
    moment = now()
    overdue = Q(call__deadline_at__lte=moment) & (Q(extended_until=None) | Q(extended_until__lte=moment))
    waiting = Proposal.objects.filter(overdue, _has_to_be_locked(), call__state__in=RECEIVING).values_list(
        "call", flat=True
    )
    closing = Call.objects.filter(state=CallState.OPEN, deadline_at__lte=moment).values_list("pk", flat=True)
    return sum(_pass_deadline(call_id, moment) for call_id in sorted({*waiting, *closing}))


@action
def lock_as_submitted(proposal: Proposal, *, by: Any) -> None:
    """Lock a proposal that was submitted as it was submitted last; a return for correction is over with it. The caller holds
    the lock on its row.
    """
    if proposal.state == ProposalState.DRAFT:
        valid = last_submission(proposal)
        assert valid is not None  # a receipt number comes with a submission
        put_back(proposal, valid.content)
    apply_transition(proposal, "lock", by=by)
    end_correction(proposal=proposal, at=now())


def _has_to_be_locked() -> Q:
    return Q(state=ProposalState.SUBMITTED) | Q(state=ProposalState.DRAFT, receipt_number__isnull=False)


@action
def _pass_deadline(call_id: int, moment: dt.datetime) -> int:
    call = Call.objects.select_for_update().get(pk=call_id)
    if call.deadline_at > moment:
        return 0  # it was moved while we waited for the lock
    count = 0
    due = Proposal.objects.select_for_update(of=("self",)).filter(_has_to_be_locked(), call=call)
    for proposal in due.select_related("call").order_by("pk"):
        if proposal.deadline_at > moment:
            continue
        lock_as_submitted(proposal, by=None)
        count += 1
    if call.state == CallState.OPEN:
        close_call(call=call, by=None)
    return count
