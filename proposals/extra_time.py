"""Who gives a proposal more time, returns it for correction, and takes the return back."""

from typing import Any

from accounts.enums import Role
from accounts.permissions import works_for
from program.permissions import is_lead_officer, participation
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import RECEIVING, has_interest, is_excluded, is_known_impartial


def may_extend(user: Any, proposal: Proposal) -> bool:
    """Programme officers of the agency that runs the call, before any agency has judged the proposal's eligibility."""
    return (
        is_lead_officer(user, proposal.call)
        and proposal.call.state in RECEIVING
        and proposal.state in (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.LOCKED)
        and (is_known_impartial(user, proposal) or not is_excluded(user, proposal))
        and not proposal.eligibility.exists()
    )


def may_return(user: Any, proposal: Proposal, agency: Any) -> bool:
    """Programme officers of an agency that takes part in the call and signs in, before the review; nobody on its behalf:
    the agency that runs the call returns a proposal in its own name."""
    return (
        agency.pk in participation(proposal.call)
        and works_for(user, agency.pk, Role.PROGRAMME_OFFICER)
        and proposal.call.state in RECEIVING
        and not has_interest(user, proposal)
    )


def may_end_return(user: Any, correction: Any) -> bool:
    """Programme officers of the agency that returned the proposal, as long as it is with its team."""
    return (
        correction.ended_at is None
        and works_for(user, correction.agency_id, Role.PROGRAMME_OFFICER)
        and not has_interest(user, correction.proposal)
    )
