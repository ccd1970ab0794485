"""Who may do what in the review.

Nobody sees or touches anything of a proposal with which they have a conflict of interest, or of whose team they are,
whatever else they are: an officer of the call's agencies no less than a reviewer.
"""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Organisation, Person
from accounts.permissions import person_of, same_people, works_for
from program.models import Call
from program.models.answer import AnsweredOnBehalf
from program.permissions import (
    SEATS,
    agency_seats,
    answers_on_behalf,
    is_lead_officer,
    may_answer_for,
    may_approve_for,
    may_confirm_on_behalf,
    participation,
)
from proposals.enums import ProposalState
from proposals.models import Proposal, TeamMember
from proposals.permissions import exclusions_of, is_excluded, is_named
from review.models import (
    AgencyAnswer,
    AgencyList,
    Appeal,
    Assignment,
    Decision,
    DiscussionEntry,
    Reviewer,
    ScoreLock,
)

# Proposals of which the review may speak: judged eligible, or decided.
REVIEWED = (
    ProposalState.ELIGIBLE,
    ProposalState.ADOPTED,
    ProposalState.RESERVED,
    ProposalState.NOT_ADOPTED,
    ProposalState.DECLINED,
)


def root_of(person: Person) -> Person:
    """The person with whom this one was merged, at the end of the chain; themself where they were not."""
    while person.merged_into_id is not None and person.merged_into is not None:
        person = person.merged_into
    return person


def identities(person: Person) -> set[int]:
    """The ids of all the persons who are this one."""
    known = {root_of(person).pk}
    new = set(known)
    while new:
        new = set(Person.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - known
        known |= new
    return known


def is_free_of(user: Any, proposal: Proposal) -> bool:
    """Whoever has no conflict of interest with the proposal and is not of its team."""
    return not is_excluded(user, proposal) and not is_named(user, proposal)


def conflicted(user: Any) -> QuerySet[Proposal]:
    """The proposals in review with which the user has a conflict, or of whose team they are."""
    own = same_people(person_of(user)).values("pk")
    teams = TeamMember.objects.filter(person__in=own)
    return Proposal.objects.filter(
        Q(pi__in=own) | Q(pk__in=exclusions_of(user).values("proposal")) | Q(pk__in=teams.values("proposal")),
        state__in=REVIEWED,
    )


def is_free_of_all(user: Any, call: Call) -> bool:
    """Whoever has no conflict with any proposal of the call that goes to review, and is of none of their teams.

    A page that reads the call together with this (`note_conflict`) does not ask again.
    """
    if person_of(user) is None:
        return False
    kept = getattr(call, "_conflict_of", None)
    if kept is not None and kept[0] == user.pk:
        return not kept[1]
    return not conflicted(user).filter(call=call).exists()


def note_conflict(user: Any, call: Call, has_conflict: bool) -> Call:
    """Keep with the call, for the rest of the request, whether this user has a conflict in it."""
    call._conflict_of = (user.pk, has_conflict)  # type: ignore[attr-defined]  # kept for the request
    return call


def sides_of(user: Any, call: Call) -> set[int]:
    """The agencies of the call for which the user acts: their own, and for the lead agency's programme officers those
    that do not sign in."""
    silent = {key for key, part in participation(call).items() if not part.signs_in}
    return agency_seats(user, call) | (silent if is_lead_officer(user, call) else set())


def may_see_review(user: Any, call: Call) -> bool:
    """Programme officers and approvers of the call's agencies."""
    return bool(agency_seats(user, call))


def may_keep_pool(user: Any, call: Call, agency: Organisation) -> bool:
    """Programme officers of that agency; the lead agency's, for an agency that does not sign in."""
    return may_answer_for(user, call, agency)


def may_remove_from_pool(user: Any, call: Call, agency: Organisation) -> bool:
    """As `may_keep_pool`, without a conflict in the call: a refusal would tell who reviews what."""
    return may_keep_pool(user, call, agency) and is_free_of_all(user, call)


def may_assign(user: Any, proposal: Proposal, agency: Organisation) -> bool:
    """Programme officers of that agency (or on its behalf) who have nothing to do with the proposal."""
    return may_answer_for(user, proposal.call, agency) and is_free_of(user, proposal)


def may_moderate(user: Any, entry: DiscussionEntry) -> bool:
    """Programme officers of the agency for which the entry speaks, and of the lead agency, who have nothing to do with the
    proposal."""
    return moderates_for(user, entry.proposal.call, entry.agency) and is_free_of(user, entry.proposal)


def moderates_for(user: Any, call: Call, agency: Organisation) -> bool:
    """Programme officers of that agency, and of the lead agency; a conflict of interest is asked for apart."""
    return may_answer_for(user, call, agency) or is_lead_officer(user, call)


def may_declare_of_oneself(user: Any, proposal: Proposal) -> bool:
    """Officers of the call's agencies, of a proposal that they can still see."""
    return may_see_review(user, proposal.call) and is_free_of(user, proposal)


def may_lock(user: Any, call: Call, agency: Organisation) -> bool:
    """Programme officers of that agency; the lead agency's, for an agency that does not sign in."""
    return may_answer_for(user, call, agency)


def acts_from_letter(user: Any, call: Call, agency: Organisation) -> bool:
    """Whether what this officer does for the agency is done on its behalf: it needs the agency's letter."""
    return answers_on_behalf(user, call, agency)


def may_confirm_lock(user: Any, lock: ScoreLock) -> bool:
    """A second officer of the lead agency, another person than the one who recorded it."""
    return _is_second_officer(user, lock.call, lock)


def may_confirm_reviewers(user: Any, reviewer: Reviewer) -> bool:
    """A second officer of the lead agency, another person than the one who recorded what the letter says."""
    return _is_second_officer(user, reviewer.call, reviewer)


def _is_second_officer(user: Any, call: Call, record: AnsweredOnBehalf) -> bool:
    person = person_of(user)
    return (
        record.on_behalf
        and person is not None
        and may_confirm_on_behalf(user, call, record)
        and root_of(person).pk != record.recorded_by_id
    )


def may_see_letters(user: Any, call: Call) -> bool:
    """Officers of the lead agency, which records what the letters say."""
    return works_for(user, call.lead_agency_id, *SEATS)


def is_reviewer_of(user: Any, assignment: Assignment) -> bool:
    """The reviewer to whom the proposal was given, by whichever account."""
    person = person_of(user)
    return person is not None and root_of(person) == root_of(assignment.reviewer.person)


def may_plan(user: Any, call: Call, agency: Organisation) -> bool:
    """Officers of that agency who have no conflict in the call: a sum over its proposals tells of each of them."""
    return agency.pk in agency_seats(user, call) and is_free_of_all(user, call)


def may_propose(user: Any, call: Call) -> bool:
    """Programme officers of the lead agency who have no conflict in the call."""
    return is_lead_officer(user, call) and is_free_of_all(user, call)


def may_answer(user: Any, decision: Decision, agency: Organisation) -> bool:
    """Approvers of an agency whose yes is needed, who have no conflict in the call."""
    part = participation(decision.call).get(agency.pk)
    return (
        part is not None
        and part.must_agree
        and may_approve_for(user, decision.call, agency)
        and is_free_of_all(user, decision.call)
    )


def may_record_on_behalf(user: Any, decision: Decision, agency: Organisation) -> bool:
    """Programme officers of the lead agency, for an agency whose yes is needed and that does not sign in."""
    part = participation(decision.call).get(agency.pk)
    return (
        part is not None
        and part.must_agree
        and answers_on_behalf(user, decision.call, agency)
        and is_free_of_all(user, decision.call)
    )


def may_confirm(user: Any, answer: AgencyAnswer) -> bool:
    """A second officer of the lead agency, another person than the one who recorded it, without a conflict in the call."""
    call = answer.decision.call
    person = person_of(user)
    return (
        answer.on_behalf
        and person is not None
        and may_confirm_on_behalf(user, call, answer)
        and root_of(person).pk != answer.recorded_by_id
        and is_free_of_all(user, call)
    )


def may_second(user: Any, answer: AgencyAnswer) -> bool:
    """A second person of the agency, officer or approver, where the call asks for one; never the one who answered."""
    person = person_of(user)
    return (
        answer.needs_second
        and not answer.on_behalf
        and person is not None
        and answer.agency_id in participation(answer.decision.call)
        and works_for(user, answer.agency_id, *SEATS)
        and root_of(person).pk != answer.person_id
        and is_free_of_all(user, answer.decision.call)
    )


def may_list(user: Any, call: Call, agency: Organisation) -> bool:
    """Programme officers of an agency whose yes is needed (or on its behalf), who have no conflict in the call."""
    part = participation(call).get(agency.pk)
    return (
        part is not None
        and part.must_agree
        and may_answer_for(user, call, agency)
        and is_free_of_all(user, call)
    )


def may_confirm_list(user: Any, found: AgencyList) -> bool:
    """A second officer of the lead agency, another than the one who recorded it, without a conflict in the call."""
    return _is_second_officer(user, found.call, found) and is_free_of_all(user, found.call)


def negotiating_agencies(user: Any, call: Call) -> set[int]:
    """The ids of the agencies for which the user speaks in the negotiation: none for whoever has a conflict in the call."""
    return sides_of(user, call) if is_free_of_all(user, call) else set()


def may_publish(user: Any, decision: Decision) -> bool:
    """Programme officers of the lead agency who have no conflict in the call: letters, the instant, the reserve list's end."""
    return may_propose(user, decision.call)


def may_answer_appeal(user: Any, appeal: Appeal) -> bool:
    """Programme officers of the lead agency who have no conflict in the call."""
    return may_propose(user, appeal.item.decision.call)


def may_see_letter(user: Any, answer: AgencyAnswer) -> bool:
    """Officers of the lead agency, who recorded it."""
    return works_for(user, answer.decision.call.lead_agency_id, *SEATS)


def may_run_panel(user: Any, call: Call) -> bool:
    """Officers of the call's agencies who have no conflict in the call: they move, group, note and read the minutes."""
    return bool(agency_seats(user, call)) and is_free_of_all(user, call)
