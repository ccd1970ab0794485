"""Notices of intent: who may read and do what, and what waits for whom.

Nobody in an agency reads one before its deadline. From then on the officers and approvers of the call's agencies do,
unless they have an interest in it: their own, one with which they have declared a conflict, or one from whose proposal they
are excluded.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.permissions import is_agency_officer, organisation_ids, person_of
from kernel.clock import now
from program.enums import CallState, NoticeRule
from program.models import Call
from program.permissions import (
    SEATS,
    is_lead_officer,
    may_answer_for,
    may_confirm_on_behalf,
)
from program.queries import calls_of_officer
from proposals.enums import AccessKind, NoticeState, ProposalState
from proposals.models import (
    NoticeAdmission,
    NoticeOfIntent,
    NoticeVerdict,
    Proposal,
    ProposalAccess,
)
from proposals.permissions import is_call_open, may_start
from proposals.queries import office_proposals, parts_answered_by
from proposals.rules.deadline import has_passed
from proposals.rules.notices import proposal_violation, start_violation
from proposals.states import NOTICE

HIDDEN = (NoticeState.DRAFT,)
N = NoticeState


def is_collecting(call: Call) -> bool:
    """Whether notices of intent to the call may be given and changed at this moment."""
    return (
        call.notice_deadline_at is not None
        and is_call_open(call)
        and not has_passed(now(), call.notice_deadline_at)
    )


def may_give(user: Any, call: Call) -> bool:
    """Researchers of a Japanese research institution, before the notice's deadline."""
    return is_collecting(call) and may_start(user, call)


def own_notices(user: Any) -> QuerySet[NoticeOfIntent]:
    """The user's own notices, the newest first."""
    found = NoticeOfIntent.objects.select_related(
        "call__programme", "call__lead_agency", "pi__user", "institution", "partner_agency", "support_type"
    ).order_by("-id")
    person = person_of(user)
    return found.none() if person is None else found.filter(pi=person)


def may_change(user: Any, notice: NoticeOfIntent) -> bool:
    """Whose notice it is, while it is a draft or submitted, before its deadline."""
    person = person_of(user)
    return (
        person is not None
        and notice.pi_id == person.pk
        and notice.state in (N.DRAFT, N.SUBMITTED)
        and is_collecting(notice.call)
    )


def proposal_of(notice: NoticeOfIntent) -> Proposal | None:
    """The proposal that was begun from it and has not been withdrawn."""
    return notice.proposals.exclude(state=ProposalState.WITHDRAWN).first()


def may_withdraw_notice(user: Any, notice: NoticeOfIntent) -> bool:
    """Whose notice it is, as long as no proposal rests on it: then that is withdrawn."""
    person = person_of(user)
    return (
        person is not None
        and notice.pi_id == person.pk
        and NOTICE.allows("withdraw", notice.state)
        and notice.call.state in (CallState.OPEN, CallState.CLOSED)
        and proposal_of(notice) is None
    )


def is_admitted(call: Call, person: Any) -> bool:
    """Whether the agency that runs the call lets this person propose without an accepted notice."""
    return NoticeAdmission.objects.filter(call=call, person=person).exists()


def proposal_gap(call: Call, person: Any, notice: NoticeOfIntent | None) -> Any:
    """Why this person cannot submit a full proposal that rests on this notice: a `Violation`, or None."""
    return _gap(proposal_violation, call, person, notice)


def begin_gap(call: Call, person: Any, notice: NoticeOfIntent | None) -> Any:
    """Why this person cannot begin one; while the agencies have not all answered, it may be written."""
    return _gap(start_violation, call, person, notice)


def _gap(rule: Callable[..., Any], call: Call, person: Any, notice: NoticeOfIntent | None) -> Any:
    if call.notice != NoticeRule.REQUIRED:
        return None
    over = call.notice_deadline_at is not None and has_passed(now(), call.notice_deadline_at)
    return rule(
        call.notice,
        notice.state if notice else None,
        is_admitted=is_admitted(call, person),
        is_over=over,
    )


def best_notice(user: Any, call: Call) -> NoticeOfIntent | None:
    """Of the user's notices to a call that on which a proposal would rest first: an accepted one without a proposal yet, else
    the newest."""
    used = Proposal.objects.filter(notice=OuterRef("pk")).exclude(state=ProposalState.WITHDRAWN)
    found = list(own_notices(user).filter(~Exists(used), call=call))
    return next((one for one in found if one.state == N.ACCEPTED), found[0] if found else None)


def start_gap(user: Any, call: Call) -> Any:
    """As `begin_gap`, of whatever the user has given so far."""
    person = person_of(user)
    if call.notice != NoticeRule.REQUIRED or person is None:
        return None
    return begin_gap(call, person, best_notice(user, call))


def office_notices(user: Any) -> QuerySet[NoticeOfIntent]:
    """What an officer or approver handles: the notices that the calls of their agencies have received, from the notice's
    deadline on; those in which they have an interest left out."""
    found = NoticeOfIntent.objects.select_related(
        "call__programme", "call__lead_agency", "pi", "institution", "partner_agency", "support_type"
    ).order_by("-id")
    person = person_of(user)
    if person is None or not is_agency_officer(user):
        return found.none()
    shut = ProposalAccess.objects.filter(person=person, kind=AccessKind.EXCLUDED).values("proposal")
    addresses = [address.lower() for address in {person.email, user.email} if address]
    interested = (
        Q(pi=person)
        | Q(email__in=addresses)
        | Q(exclusions__person=person)
        | Q(Exists(Proposal.objects.filter(notice=OuterRef("pk"), pk__in=shut)))
        | Q(Exists(Proposal.objects.filter(notice=OuterRef("pk"), team__person=person)))
    )
    return (
        found.filter(
            call__in=calls_of_officer(user).values("pk"),
            call__notice_deadline_at__lte=now(),
            number__isnull=False,
        )
        .exclude(state__in=HIDDEN)
        .exclude(pk__in=NoticeOfIntent.objects.filter(interested).values("pk"))
    )


def handles(user: Any, notice: NoticeOfIntent) -> bool:
    """Whether the notice is among those that the user handles."""
    return office_notices(user).filter(pk=notice.pk).exists()


def is_judged_now(notice: NoticeOfIntent) -> bool:
    """Whether verdicts on the notice are asked for."""
    due = notice.call.notice_deadline_at
    return notice.state == N.SUBMITTED and due is not None and has_passed(now(), due)


def may_judge_notice(user: Any, notice: NoticeOfIntent, agency: Any) -> bool:
    """Whoever may answer for the agency (`program.permissions.may_answer_for`) and has no interest in the notice."""
    return may_answer_for(user, notice.call, agency) and handles(user, notice)


def may_confirm_notice(user: Any, notice: NoticeOfIntent, answer: Any) -> bool:
    """A second officer of the lead agency who has no interest in the notice, for an answer recorded on behalf."""
    return (
        answer.on_behalf
        and answer.confirmed_at is None
        and may_confirm_on_behalf(user, notice.call, answer)
        and handles(user, notice)
    )


def may_admit(user: Any, call: Call) -> bool:
    """Programme officers of the agency that runs a call which requires a notice, while proposals may be begun."""
    return call.notice == NoticeRule.REQUIRED and is_lead_officer(user, call) and is_call_open(call)


def awaiting_notice_verdict(user: Any) -> QuerySet[NoticeOfIntent]:
    """Notices on which an agency for which the user answers has not given a verdict that is asked for."""
    given = NoticeVerdict.objects.filter(notice=OuterRef(OuterRef("pk")), agency=OuterRef("agency"))
    parts = parts_answered_by(user).filter(~Exists(given), call=OuterRef("call"), must_agree=True)
    return office_notices(user).filter(Exists(parts), state=N.SUBMITTED)


def awaiting_notice_confirmation(user: Any) -> QuerySet[NoticeOfIntent]:
    """Notices with an answer recorded on behalf by somebody else, in a call that the user's agency runs."""
    waiting = NoticeVerdict.objects.filter(notice=OuterRef("pk"), on_behalf=True, confirmed_at=None).exclude(
        recorded_by=person_of(user)
    )
    return office_notices(user).filter(
        Exists(waiting), state=N.SUBMITTED, call__lead_agency__in=organisation_ids(user, *SEATS)
    )


def with_proposals(user: Any, found: QuerySet[NoticeOfIntent]) -> QuerySet[NoticeOfIntent]:
    """With `became`: the receipt number of the proposal that it became, as far as the user handles that; None else."""
    received = office_proposals(user).order_by().filter(notice=OuterRef("pk"))
    return found.annotate(became=Subquery(received.values("receipt_number")[:1]))


def calls_with_notices(user: Any) -> QuerySet[Call]:
    """The officer's calls that ask for notices, the newest first, each with `given`: how many stand submitted."""
    standing = NoticeOfIntent.objects.filter(call=OuterRef("pk"), state=N.SUBMITTED).order_by()
    counts = standing.values("call").annotate(n=Count("pk")).values("n")
    return (
        Call.objects.filter(pk__in=calls_of_officer(user).values("pk"))
        .exclude(notice=NoticeRule.OFF)
        .annotate(given=Coalesce(Subquery(counts), 0))
        .order_by("-opens_at", "-pk")
    )
