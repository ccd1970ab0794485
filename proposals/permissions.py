"""Who may do what with a proposal.

An exclusion (a conflict of interest) outweighs every role but the own team's. Each predicate that depends on the hour
also answers for the deadline, so that a button is there exactly as long as it works.
"""

from typing import Any

from accounts.enums import OrganisationKind, Role
from accounts.permissions import is_researcher, memberships_of, person_of, works_for
from kernel.clock import now
from program.enums import CallState
from program.models import Call
from program.permissions import agency_seats, is_lead_officer, may_answer_for, may_confirm_on_behalf
from proposals.enums import AccessKind, ProposalState, TeamRole
from proposals.models import Proposal, ProposalAccess, TeamMember
from proposals.rules.deadline import has_passed
from proposals.states import PROPOSAL

# Whose signature or consent is asked for before the proposal is submitted.
SIGNATORIES = (TeamRole.CO_INVESTIGATOR, TeamRole.PARTNER_PI)
WRITERS = (TeamRole.PI, TeamRole.CO_INVESTIGATOR)


def home_institutions(user: Any) -> list[Any]:
    """The research institutions for which the user is a researcher today, each once."""
    found = {
        m.organisation_id: m.organisation
        for m in memberships_of(user)
        if m.role == Role.RESEARCHER and m.organisation.kind == OrganisationKind.RESEARCH_INSTITUTION
    }
    return list(found.values())


def is_call_open(call: Call) -> bool:
    """Whether proposals to the call may be begun and submitted at this moment."""
    return call.state == CallState.OPEN and call.opens_at <= now() and not has_passed(now(), call.deadline_at)


def may_start(user: Any, call: Call) -> bool:
    """Researchers of a Japanese research institution, while the call is open."""
    return is_researcher(user) and bool(home_institutions(user)) and is_call_open(call)


def belongs_to(user: Any, institution: Any) -> bool:
    """Researchers of this very institution, if it is a research institution."""
    return institution.kind == OrganisationKind.RESEARCH_INSTITUTION and works_for(
        user, institution.pk, Role.RESEARCHER
    )


def is_pi(user: Any, proposal: Proposal) -> bool:
    """The principal investigator."""
    person = person_of(user)
    return person is not None and proposal.pi_id == person.pk


def is_on_team(user: Any, proposal: Proposal) -> bool:
    """Anyone of either team."""
    person = person_of(user)
    return person is not None and (
        proposal.pi_id == person.pk or TeamMember.objects.filter(proposal=proposal, person=person).exists()
    )


def is_writer(user: Any, proposal: Proposal) -> bool:
    """The principal investigator and the co-investigators, whatever the state and the hour."""
    person = person_of(user)
    return person is not None and (
        proposal.pi_id == person.pk
        or TeamMember.objects.filter(proposal=proposal, person=person, role__in=WRITERS).exists()
    )


def is_excluded(user: Any, proposal: Proposal) -> bool:
    """Whoever has a conflict of interest with the proposal and is not of its own team."""
    person = person_of(user)
    return (
        person is not None
        and ProposalAccess.objects.filter(proposal=proposal, person=person, kind=AccessKind.EXCLUDED).exists()
        and not is_on_team(user, proposal)
    )


def has_interest(user: Any, proposal: Proposal) -> bool:
    """Whoever must not judge the proposal: excluded by a conflict of interest, or of its own team."""
    if is_known_impartial(user, proposal):
        return False
    return is_excluded(user, proposal) or is_on_team(user, proposal)


def keep_impartial(user: Any, proposal: Proposal) -> None:
    """Note on a proposal that was fetched from what the user handles (`queries.office_proposals`) that it was found there:
    whoever has an interest in it would not have found it, and need not be asked again in this request."""
    person = person_of(user)
    proposal._impartial = person and person.pk  # type: ignore[attr-defined]  # kept for the request


def is_known_impartial(user: Any, proposal: Proposal) -> bool:
    """Whether this very request has found that the user has no interest in the proposal."""
    person, kept = person_of(user), getattr(proposal, "_impartial", None)
    return person is not None and kept == person.pk


def may_judge_for(user: Any, proposal: Proposal, agency: Any) -> bool:
    """Whoever may answer for the agency (`program.permissions.may_answer_for`) and has no interest in the proposal."""
    return may_answer_for(user, proposal.call, agency) and not has_interest(user, proposal)


def may_confirm(user: Any, proposal: Proposal, answer: Any) -> bool:
    """A second officer of the lead agency who has no interest in the proposal, for an answer recorded on behalf."""
    return (
        answer.on_behalf
        and answer.confirmed_at is None
        and may_confirm_on_behalf(user, proposal.call, answer)
        and not has_interest(user, proposal)
    )


def may_read_letter(user: Any, proposal: Proposal, answer: Any) -> bool:
    """Officers and approvers of the lead agency, and of the agency for which the letter speaks."""
    return bool({proposal.call.lead_agency_id, answer.agency_id} & agency_seats(user, proposal.call))


def is_before_deadline(proposal: Proposal) -> bool:
    """Whether the proposal may still be changed and submitted, as far as the hour is concerned."""
    return not has_passed(now(), proposal.deadline_at)


def may_edit(user: Any, proposal: Proposal) -> bool:
    """The principal investigator and the co-investigators, while it is a draft and before the deadline."""
    return (
        proposal.state == ProposalState.DRAFT and is_before_deadline(proposal) and is_writer(user, proposal)
    )


def may_sign(user: Any, proposal: Proposal) -> bool:
    """The partner principal investigator and the co-investigators, while it is a draft and before the deadline."""
    person = person_of(user)
    return (
        person is not None
        and proposal.state == ProposalState.DRAFT
        and is_before_deadline(proposal)
        and TeamMember.objects.filter(proposal=proposal, person=person, role__in=SIGNATORIES).exists()
    )


def may_submit(user: Any, proposal: Proposal) -> bool:
    """The principal investigator, while it is a draft and before the deadline."""
    return (
        proposal.state == ProposalState.DRAFT
        and not proposal.is_test
        and is_before_deadline(proposal)
        and is_pi(user, proposal)
    )


def may_reopen(user: Any, proposal: Proposal) -> bool:
    """The principal investigator, after submitting and before the deadline."""
    return (
        proposal.state == ProposalState.SUBMITTED and is_before_deadline(proposal) and is_pi(user, proposal)
    )


def may_withdraw(user: Any, proposal: Proposal) -> bool:
    """The principal investigator, until the decision."""
    return PROPOSAL.allows("withdraw", proposal.state) and not proposal.is_test and is_pi(user, proposal)


def may_extend(user: Any, proposal: Proposal) -> bool:
    """Programme officers of the agency that runs the call, before any agency has judged the proposal's eligibility."""
    return (
        is_lead_officer(user, proposal.call)
        and proposal.call.state in (CallState.OPEN, CallState.CLOSED)
        and proposal.state in (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.LOCKED)
        and (is_known_impartial(user, proposal) or not is_excluded(user, proposal))
        and not proposal.eligibility.exists()
    )


def may_record_outcome(user: Any, proposal: Proposal) -> bool:
    """Officers and approvers of the call's agencies who have no conflict with the proposal."""
    return bool(agency_seats(user, proposal.call)) and not is_excluded(user, proposal)
