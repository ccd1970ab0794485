"""What has happened to a proposal, and what comes next."""

from typing import Any

from django.utils.translation import gettext as _

from proposals.actions.approval import Standing
from proposals.enums import ApprovalStatus, ProposalState
from proposals.models import Proposal
from proposals.permissions import is_before_deadline
from proposals.queries import open_correction, timeline_of

EVENTS_SHOWN = 20


def event_words() -> dict[str, str]:
    """The timeline's words by the verbs of the audit trail."""
    return {
        "started": _("Begun"),
        "signed": _("Signed or consented to"),
        "approval_asked": _("The institution was asked for its approval"),
        "institution_approved": _("Approved by the institution"),
        "institution_returned": _("Returned by the institution"),
        "returned_for_correction": _("Returned for correction by an agency"),
        "return_ended": _("The agency ended the correction"),
        "award_asked": _("An agency asked about the partner award"),
        "award_question_taken_back": _("The agency took back its question about the partner award"),
        "award_answered": _("The team answered about the partner award"),
        "extended": _("Given more time by the agency"),
        "submit": _("Submitted"),
        "reopen": _("Reopened"),
        "unlock": _("Unlocked by the agency"),
        "lock": _("Locked at the deadline"),
        "find_eligible": _("Found eligible"),
        "find_ineligible": _("Found not eligible"),
        "adopt": _("Adopted"),
        "reserve": _("Put on the reserve list"),
        "not_adopt": _("Not adopted"),
        "withdraw": _("Withdrawn"),
        "decline_award": _("Declined after the decision"),
    }


def timeline(proposal: Proposal, *, for_team: bool = False) -> list[dict[str, Any]]:
    """What happened, for components/timeline.html. Who did it stays unsaid: officers decide as their agency. What passes
    between the team and its institution is for the team alone."""
    words = event_words()
    entries = list(timeline_of(proposal, for_team=for_team)[:EVENTS_SHOWN])
    names = _signatories(proposal) if any(entry.verb == "signed" for entry in entries) else {}
    found = []
    for entry in entries:
        title = words[entry.verb]
        if entry.verb == "signed" and (left := names.get(entry.details.get("sha256", ""))):
            title = _("Signed or consented to by %(name)s") % {"name": left.pop()}
        found.append({"title": title, "at": entry.at})
    return found


def _signatories(proposal: Proposal) -> dict[str, list[str]]:
    """Who signed each content, by its digest, the newest last: the trail has a line for each signature, in their order, and
    names nobody who came by a link."""
    found: dict[str, list[str]] = {}
    for signature in proposal.signatures.select_related("person").order_by("pk"):
        found.setdefault(signature.sha256, []).append(signature.person.name)
    return found


def next_step(proposal: Proposal, standing: Standing | None) -> str:
    """What comes next, and who does it."""
    if proposal.is_test:
        return ""
    if proposal.state == ProposalState.DRAFT:
        return _of_a_draft(proposal, standing)
    if proposal.is_as_told:
        return _(
            "The agencies have decided. All results of the call are published together; you are then told by mail."
        )
    return {
        ProposalState.SUBMITTED: _(
            "At the deadline the proposal is locked, and the agencies check whether it is eligible. Until then it may be reopened."
        ),
        ProposalState.LOCKED: _("Each agency judges whether the proposal is eligible."),
        ProposalState.ELIGIBLE: _("The proposal is reviewed; then the agencies decide."),
        ProposalState.INELIGIBLE: _("Nothing more: the proposal takes no further part in the call."),
        ProposalState.ADOPTED: _("The joint research begins as a project, with its contract and its budget."),
        ProposalState.RESERVED: _(
            "Nothing: the agencies turn to the reserve list where an adopted proposal falls away."
        ),
        ProposalState.NOT_ADOPTED: _("Nothing more: the call has been decided."),
        ProposalState.WITHDRAWN: _("Nothing more: the proposal was withdrawn."),
        ProposalState.DECLINED: _("Nothing more for the team; the agencies may call on the reserve list."),
    }[ProposalState(proposal.state)]


def _of_a_draft(proposal: Proposal, standing: Standing | None) -> str:
    if not is_before_deadline(proposal):
        if proposal.receipt_number:
            return _(
                "The version that was submitted last is locked, and the agencies check whether it is eligible."
            )
        return _("Nothing more: the deadline has passed, and nothing was submitted.")
    if open_correction(proposal) is not None:
        return _(
            "The team corrects the parts that were returned; then the principal investigator submits the proposal again, before the deadline of the correction."
        )
    if standing is None:
        return _("The team completes every part; the principal investigator submits before the deadline.")
    if standing.status == ApprovalStatus.GIVEN:
        return _("The principal investigator submits the proposal before the deadline.")
    if standing.status == ApprovalStatus.ASKED:
        return _("The institution approves the proposal or returns it with a comment.")
    return _(
        "The team completes every part and signs; then the principal investigator asks the institution for its approval."
    )
