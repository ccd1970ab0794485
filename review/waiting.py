"""What of the review waits for a person, and where it stands in the navigation and on a call's page."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from accounts.permissions import is_agency_officer, memberships_of, organisation_ids, person_of
from kernel.contributions import Waiting
from kernel.moves import Move
from program.enums import CallState
from program.models import Call
from program.permissions import SEATS, agency_seats
from program.queries import required_agencies
from proposals.enums import ProposalState
from proposals.models import Proposal
from proposals.permissions import is_on_team
from review.actions.assignments import closed_violations
from review.agreeing import lists_visible_to
from review.enums import DecisionState
from review.invited import pending_review_invitations
from review.models import AgencyAnswer, AgencyList, Appeal, Decision, Reviewer, ScoreLock
from review.permissions import (
    may_answer,
    may_answer_appeal,
    may_confirm,
    may_confirm_list,
    may_confirm_lock,
    may_confirm_reviewers,
    may_record_on_behalf,
    may_second,
    root_of,
)
from review.queries import (
    UNFINISHED,
    calls_under_review,
    decisions_visible_to,
    has_assignments,
    locks_visible_to,
    own_assignments,
    reviewers_to_confirm,
)
from review.results import appeals_visible_to, newest_result, published_decisions

DECIDED = (
    ProposalState.ADOPTED,
    ProposalState.RESERVED,
    ProposalState.NOT_ADOPTED,
    ProposalState.DECLINED,
)


def entries(user: Any) -> list[tuple[Any, str]]:
    """The navigation's entries for this person."""
    if is_agency_officer(user):
        # An officer who also reviews is led to the inbox by what waits for them.
        return [(gettext_lazy("Review"), "review:calls")]
    own = [(gettext_lazy("My reviews"), "review:inbox")] if has_assignments(user) else []
    hosts = any(m.role == Role.INSTITUTION_OFFICER for m in memberships_of(user))
    return [*own, *([(gettext_lazy("Results of the review"), "review:results")] if hosts else [])]


def waiting_for(user: Any) -> list[Waiting]:
    """The reader's open reviews; decisions that wait for the reader's answer, for a record from a letter, or for a
    second officer's confirmation."""
    return [*_asked(user), *_reviews(user), *_of_calls(user)]


def _asked(user: Any) -> list[Waiting]:
    """Invitations to review that wait for the reader's answer."""
    return [
        Waiting(
            _("Asked to review for %(agency)s") % {"agency": invitation.reviewer.agency.short_name},
            reverse("review:own_invitation", args=[invitation.public_id]),
        )
        for invitation in pending_review_invitations(user)
    ]


def _of_calls(user: Any) -> list[Waiting]:
    """What waits in the officer's calls; one query where nothing does."""
    if not is_agency_officer(user):
        return []
    unconfirmed = {"call": OuterRef("pk"), "on_behalf": True, "confirmed_at": None}
    calls = calls_under_review(user).annotate(
        has_named=Exists(Reviewer.objects.filter(**unconfirmed)),
        has_lock=Exists(ScoreLock.objects.filter(**unconfirmed)),
        has_decision=Exists(Decision.objects.filter(call=OuterRef("pk"), state=DecisionState.PROPOSED)),
        has_list=Exists(AgencyList.objects.filter(**unconfirmed)),
        has_appeal=Exists(Appeal.objects.filter(item__decision__call=OuterRef("pk"), verdict="")),
    )
    kinds = ("has_named", "has_lock", "has_decision", "has_list", "has_appeal")
    something = Q(*((kind, True) for kind in kinds), _connector=Q.OR)
    rows = list(calls.filter(something).values_list(*kinds))
    named, locks, decisions, lists, appeals = (any(row[kind] for row in rows) for kind in range(len(kinds)))
    return [
        *(_lists(user) if lists else []),
        *(_appeals(user) if appeals else []),
        *(_named(user) if named else []),
        *(_locks(user) if locks else []),
        *(_decisions(user) if decisions else []),
    ]


def _reviews(user: Any) -> list[Waiting]:
    if not is_agency_officer(user) and not has_assignments(user):
        return []  # what the navigation asks anyhow says that there are none
    due = list(own_assignments(user).filter(state__in=UNFINISHED))
    closed = closed_violations(due)
    due = [a for a in due if a.pk not in closed]
    if not due:
        return []
    return [
        Waiting(_("Reviews to be submitted"), reverse("review:inbox"), len(due), min(a.due_on for a in due))
    ]


def _named(user: Any) -> list[Waiting]:
    """Reviewers recorded from a letter that wait for this second officer: an entry a letter."""
    waiting = reviewers_to_confirm(user).filter(confirmed_at=None, call__lead_agency__in=_led(user))
    found: dict[Any, list[Any]] = {}
    for one in waiting:
        if may_confirm_reviewers(user, one):
            found.setdefault((one.call_id, one.agency_id, one.letter_id, one.recorded_by_id), []).append(one)
    return [
        Waiting(
            _("Reviewers named by %(agency)s, to be compared with its letter")
            % {"agency": named[0].agency.short_name},
            reverse("review:pool_confirm", args=[named[0].public_id]),
            len(named),
        )
        for named in found.values()
    ]


def _locks(user: Any) -> list[Waiting]:
    """Locks recorded on behalf that wait for this second officer."""
    waiting = locks_visible_to(user).filter(
        on_behalf=True, confirmed_at=None, call__state=CallState.REVIEW, call__lead_agency__in=_led(user)
    )
    return [
        Waiting(
            _("A lock recorded on behalf of %(agency)s, to be confirmed")
            % {"agency": lock.agency.short_name},
            reverse("review:lock_confirm", args=[lock.public_id]),
            1,
        )
        for lock in waiting
        if may_confirm_lock(user, lock)
    ]


def _lists(user: Any) -> list[Waiting]:
    """Lists recorded on behalf that wait for this second officer."""
    waiting = lists_visible_to(user).filter(
        on_behalf=True, confirmed_at=None, call__state=CallState.REVIEW, call__lead_agency__in=_led(user)
    )
    return [
        Waiting(
            _("A list recorded on behalf of %(agency)s, to be confirmed") % {"agency": one.agency.short_name},
            reverse("review:list_confirm", args=[one.public_id]),
        )
        for one in waiting
        if may_confirm_list(user, one)
    ]


def _appeals(user: Any) -> list[Waiting]:
    """Objections that wait for the lead agency's answer."""
    open_ones = appeals_visible_to(user).filter(verdict="", item__decision__call__lead_agency__in=_led(user))
    return [
        Waiting(
            _("An objection waits for its answer: %(number)s")
            % {"number": appeal.item.proposal.receipt_number},
            reverse("review:appeal_answer", args=[appeal.public_id]),
        )
        for appeal in open_ones
        if may_answer_appeal(user, appeal)
    ]


def _led(user: Any) -> list[int]:
    return organisation_ids(user, *SEATS)


def _decisions(user: Any) -> list[Waiting]:
    found = []
    for decision in decisions_visible_to(user).filter(state=DecisionState.PROPOSED):
        url = reverse("review:decision", args=[decision.public_id])
        answers = list(decision.answers.all())
        for answer in answers:
            answer.decision = decision
        if _can_answer(user, decision, answers):
            found.append(Waiting(_("A decision waits for your agency’s answer"), url))
        found += [
            Waiting(
                _("An answer of your agency, to be confirmed by a second person"),
                reverse("review:answer_second", args=[a.public_id]),
            )
            for a in answers
            if a.seconded_at is None and not has_part(user, answers) and may_second(user, a)
        ]
        unconfirmed = [a for a in answers if a.confirmed_at is None and may_confirm(user, a)]
        if unconfirmed:
            words = _("Answers recorded on behalf, to be confirmed")
            found.append(Waiting(words, url, len(unconfirmed)))
    return found


def has_part(user: Any, answers: list[AgencyAnswer]) -> bool:
    """Whether the user has had a part in one of these answers, by whichever account: nobody has two."""
    person: Any = person_of(user)
    own = root_of(person).pk
    return any(own in (a.person_id, a.recorded_by_id, a.seconded_by_id) for a in answers)


def _can_answer(user: Any, decision: Decision, answers: list[AgencyAnswer]) -> bool:
    has_answered = has_part(user, answers)
    answered = {a.agency_id for a in answers}
    return any(
        (may_answer(user, decision, agency) and not has_answered)
        or may_record_on_behalf(user, decision, agency)
        for agency in required_agencies(decision.call)
        if agency.pk not in answered
    )


def proposal_moves(user: Any, proposal: Proposal) -> list[Move]:
    """On a proposal's page: what was decided, once it is published, for its team. Nothing is asked of one that the team knows
    to be undecided."""
    if proposal.state not in DECIDED or not is_on_team(user, proposal):
        return []
    if newest_result(proposal) is None:
        return []
    return [
        Move(_("Result of the review"), reverse("review:result", args=[proposal.public_id]), tone="primary")
    ]


def public_call_moves(call: Call) -> list[Move]:
    """On a call's page, for everybody: what was adopted, once it is published."""
    if call.state != CallState.DECIDED or not published_decisions().filter(call=call).exists():
        return []
    return [Move(_("Adopted proposals"), reverse("review:adopted", args=[call.public_id]))]


def call_moves(user: Any, call: Call) -> list[Move]:
    """On a call's page: the way to its review, for the officers of its agencies."""
    if call.state not in (CallState.REVIEW, CallState.DECIDED) or not agency_seats(user, call):
        return []
    return [Move(_("Review and ranking"), reverse("review:board", args=[call.public_id]), tone="primary")]
