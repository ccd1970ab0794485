"""Reads of proposals, as far as a user may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.permissions import is_agency_officer, person_of
from kernel.audit.models import AuditEntry
from program.queries import calls_of_officer
from proposals.enums import AccessKind, ProposalState
from proposals.models import Proposal, ProposalAccess, Submission, TeamMember
from proposals.states import PROPOSAL

# The verbs of the audit trail that the timeline tells.
TOLD = ("started", "extended", *(transition.name for transition in PROPOSAL.transitions))


def own_proposals(user: Any) -> QuerySet[Proposal]:
    """The proposals of whose teams the user is, the newest first."""
    proposals = Proposal.objects.select_related(
        "call__programme", "call__lead_agency", "pi", "institution"
    ).order_by("-id")
    person = person_of(user)
    if person is None:
        return proposals.none()
    return proposals.filter(
        Q(pi=person) | Q(pk__in=TeamMember.objects.filter(person=person).values("proposal"))
    )


def proposals_visible_to(user: Any) -> QuerySet[Proposal]:
    """What the user may read, the newest first.

    The teams their own; officers and approvers of the call's agencies what was submitted and is not being rewritten,
    never drafts; whoever was let in as a reader the same. An exclusion outweighs all but the own team's right.
    """
    proposals = Proposal.objects.select_related(
        "call__programme", "call__lead_agency", "pi", "institution"
    ).order_by("-id")
    person = person_of(user)
    if person is None:
        return proposals.none()
    own = Q(pi=person) | Q(pk__in=TeamMember.objects.filter(person=person).values("proposal"))
    access = ProposalAccess.objects.filter(person=person)
    others = Q(pk__in=access.filter(kind=AccessKind.READER).values("proposal"))
    if is_agency_officer(user):
        others |= Q(call__in=calls_of_officer(user).values("pk"))
    submitted = Q(receipt_number__isnull=False) & ~Q(state=ProposalState.DRAFT)
    excluded = Q(pk__in=access.filter(kind=AccessKind.EXCLUDED).values("proposal"))
    return proposals.filter(own | (others & submitted & ~excluded))


def last_submission(proposal: Proposal) -> Submission | None:
    """The version that counts: the newest that was submitted; None where none was."""
    return proposal.submissions.select_related("pdf").order_by("-number").first()


def timeline_of(proposal: Proposal) -> QuerySet[AuditEntry]:
    """What has happened to a proposal as a whole, the newest first; what was merely written is left out."""
    return (
        AuditEntry.objects.filter(
            subject_type="proposals.proposal", subject_id=proposal.public_id, verb__in=TOLD
        )
        .order_by("-id")
        .defer("private")
    )


def submitted_budget(proposal: Proposal) -> dict[tuple[int, str], int]:
    """What was asked for in the version that counts: `{(fiscal year, category): amount}`, in the programme's minor
    units (whole yen); empty where nothing was submitted."""
    submission = last_submission(proposal)
    if submission is None:
        return {}
    return {(line["fiscal_year"], line["category"]): line["amount"] for line in submission.content["budget"]}
