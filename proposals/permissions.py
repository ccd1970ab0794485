"""Who may do what with a proposal.

An exclusion (a conflict of interest) outweighs every role but the own team's. Each predicate that depends on the hour
also answers for the deadline, so that a button is there exactly as long as it works.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.enums import OrganisationKind, Role
from accounts.permissions import (
    approving_institutions,
    is_researcher,
    memberships_of,
    person_of,
    same_people,
    standing_for,
    works_for,
)
from kernel.audit import BY_LINK
from kernel.clock import now
from program.enums import CallState
from program.models import Call
from program.permissions import (
    agency_seats,
    is_lead_officer,
    may_answer_for,
    may_approve_for,
    may_confirm_on_behalf,
)
from proposals.enums import AccessKind, ProposalState, TeamRole
from proposals.models import Invitation, Proposal, ProposalAccess, TeamMember
from proposals.rules.deadline import has_passed
from proposals.states import PROPOSAL
from proposals.told import is_pending

# Whose signature or consent is asked for before the proposal is submitted.
SIGNATORIES = (TeamRole.CO_INVESTIGATOR, TeamRole.PARTNER_PI)
# Who is asked by mail to take part: everybody but the principal investigator.
INVITED = (*SIGNATORIES, TeamRole.PARTNER_MEMBER)
WRITERS = (TeamRole.PI, TeamRole.CO_INVESTIGATOR)
# The review may begin while one proposal has more time, is with its team for correction, or comes from elsewhere: it is
# received, locked, judged and returned all the same.
RECEIVING = (CallState.OPEN, CallState.CLOSED, CallState.REVIEW)


@dataclass(frozen=True)
class ByLink:
    """Somebody without an account who came by the link of an invitation: for its proposal, and for no other page of the
    portal, they are the person who was invited."""

    invitation: Invitation
    is_authenticated = False

    @property
    def recorded_as(self) -> dict[str, dict[str, str]]:
        """Whom the audit trail names."""
        person = self.invitation.member.person
        return {BY_LINK: {"invitation": self.invitation.public_id, "person": person.public_id}}


def team_person(by: Any, proposal: Proposal) -> Any:
    """The person as whom `by`, a user or `ByLink`, meets this proposal; None for nobody."""
    if not isinstance(by, ByLink):
        return person_of(by)
    is_theirs = by.invitation.proposal_id == proposal.pk and by.invitation.is_open
    return by.invitation.member.person if is_theirs else None


def home_institutions(user: Any) -> list[Any]:
    """The research institutions for which the user is a researcher today, each once; one that was merged is the other."""
    found = [
        standing_for(m.organisation)
        for m in memberships_of(user)
        if m.role == Role.RESEARCHER and m.organisation.kind == OrganisationKind.RESEARCH_INSTITUTION
    ]
    return list({institution.pk: institution for institution in found}.values())


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


def _seats(person: Any, proposal: Proposal) -> Any:
    return TeamMember.objects.filter(proposal=proposal, person=person)


def is_on_team(user: Any, proposal: Proposal) -> bool:
    """Anyone of either team who takes part: the principal investigator, and whoever has accepted the invitation."""
    person = person_of(user)
    return person is not None and (proposal.pi_id == person.pk or _seats(person, proposal).joined().exists())


def is_named(user: Any, proposal: Proposal) -> bool:
    """Anyone whom the proposal names as of its team, whether they have accepted or not: they must not judge it."""
    person = person_of(user)
    members = TeamMember.objects.filter(proposal=proposal, person__in=same_people(person).values("pk"))
    return person is not None and (proposal.pi_id in (person.pk, person.merged_into_id) or members.exists())


def is_writer(user: Any, proposal: Proposal) -> bool:
    """The principal investigator and the co-investigators who have accepted, whatever the state and the hour."""
    person = person_of(user)
    return person is not None and (
        proposal.pi_id == person.pk or _seats(person, proposal).joined().filter(role__in=WRITERS).exists()
    )


def exclusions_of(user: Any) -> QuerySet[ProposalAccess]:
    """What shuts the user out of proposals for a conflict of interest, under whichever of their ids it was recorded."""
    return ProposalAccess.objects.filter(
        person__in=same_people(person_of(user)).values("pk"), kind=AccessKind.EXCLUDED
    )


def is_excluded(user: Any, proposal: Proposal) -> bool:
    """Whoever has a conflict of interest with the proposal and is not of its own team."""
    person = person_of(user)
    return (
        person is not None
        and exclusions_of(user).filter(proposal=proposal).exists()
        and not is_on_team(user, proposal)
    )


def has_interest(user: Any, proposal: Proposal) -> bool:
    """Whoever must not judge the proposal: excluded by a conflict of interest, or of its own team."""
    if is_known_impartial(user, proposal):
        return False
    return is_excluded(user, proposal) or is_named(user, proposal)


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


def may_except(user: Any, proposal: Proposal, award: Any) -> bool:
    """Approvers of the lead agency and of the award's who have no interest in the proposal: an exception to fair share."""
    call = proposal.call
    return (
        may_approve_for(user, call, call.lead_agency) or may_approve_for(user, call, award.agency)
    ) and not has_interest(user, proposal)


def may_note_alerts(user: Any, proposal: Proposal, award: Any) -> bool:
    """Whoever answers for the lead agency or the award's and has no interest in the proposal."""
    agencies = (proposal.call.lead_agency, award.agency)
    return any(may_judge_for(user, proposal, agency) for agency in agencies)


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


def is_signatory(user: Any, proposal: Proposal) -> bool:
    """The partner principal investigator and the co-investigators, whatever the state and the hour; by link too, where the
    signature is the acceptance."""
    return _holds(user, proposal, *SIGNATORIES)


def _holds(by: Any, proposal: Proposal, *roles: TeamRole) -> bool:
    """Whether the person as whom `by` meets the proposal has one of these roles: by a link, as it was offered; with an
    account, once it was accepted."""
    person = team_person(by, proposal)
    if person is None:
        return False
    seats = _seats(person, proposal).filter(role__in=roles)
    return bool((seats if isinstance(by, ByLink) else seats.joined()).exists())


def is_partner_pi(user: Any, proposal: Proposal) -> bool:
    """The partner's principal investigator, whatever the state and the hour; by link too."""
    return _holds(user, proposal, TeamRole.PARTNER_PI)


def may_sign(user: Any, proposal: Proposal) -> bool:
    """The partner principal investigator and the co-investigators, while it is a draft and before the deadline."""
    return (
        proposal.state == ProposalState.DRAFT
        and is_before_deadline(proposal)
        and is_signatory(user, proposal)
    )


def may_approve(user: Any, proposal: Proposal) -> bool:
    """Officers of the proposal's institution and their deputies today, unless they have an interest in it themselves."""
    return proposal.institution_id in approving_institutions(user) and not has_interest(user, proposal)


def may_ask_approval(user: Any, proposal: Proposal) -> bool:
    """The principal investigator, as long as they may submit, where the call asks for the institution's approval."""
    return proposal.call.needs_approval and may_submit(user, proposal)


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
    return (
        PROPOSAL.allows("withdraw", proposal.state)
        and not proposal.is_test
        and not is_pending(proposal)
        and is_pi(user, proposal)
    )


def may_decline(user: Any, proposal: Proposal) -> bool:
    """The principal investigator, once it is published that the proposal is adopted or on the reserve list."""
    return (
        PROPOSAL.allows("decline_award", proposal.state)
        and not is_pending(proposal)
        and is_pi(user, proposal)
    )


def may_collect(user: Any, call: Call) -> bool:
    """Programme officers of the agency that runs the call, from its opening until its review is over."""
    return is_lead_officer(user, call) and call.state in RECEIVING


def may_record_outcome(user: Any, proposal: Proposal) -> bool:
    """Officers and approvers of the call's agencies who have no conflict with the proposal."""
    return bool(agency_seats(user, proposal.call)) and not is_excluded(user, proposal)
