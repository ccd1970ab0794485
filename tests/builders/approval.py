"""Calls that ask for the institution's approval, and requests for it as rows."""

from typing import Any

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from proposals.actions.approval import approval_digest
from proposals.actions.content import content_of
from proposals.actions.signing import core_digest
from proposals.models import InstitutionApproval, Proposal, Signature
from proposals.permissions import SIGNATORIES
from tests.builders.people import make_member
from tests.builders.program import Stage, make_call
from tests.builders.proposals import make_proposal


def make_approving_call(stage: Stage, **fields: Any) -> Call:
    return make_call(stage, **{"needs_approval": True, **fields})


def sign_all(proposal: Proposal) -> Proposal:
    """Everybody whose signature is asked for has signed what stands now."""
    proposal = Proposal.objects.get(pk=proposal.pk)
    core = core_digest(content_of(proposal))
    with writing():
        for member in proposal.team.filter(role__in=SIGNATORIES):
            Signature.objects.get_or_create(proposal=proposal, person=member.person, sha256=core)
    return proposal


def make_signed(call: Call, **fields: Any) -> Proposal:
    """A complete draft that everybody has signed."""
    return sign_all(make_proposal(call, **fields))


def make_institution_officer(proposal: Proposal, role: Role = Role.INSTITUTION_OFFICER) -> User:
    return make_member(proposal.institution, role)


def make_approval(proposal: Proposal, **fields: Any) -> InstitutionApproval:
    """A request for what stands now."""
    content = content_of(Proposal.objects.get(pk=proposal.pk))
    with writing():
        return InstitutionApproval.objects.create(
            **{
                "proposal": proposal,
                "content": content,
                "sha256": approval_digest(content),
                "asked_by": proposal.pi.user,
                "asked_at": now(),
                **fields,
            }
        )
