"""The agencies' answers to a decision. The last yes adopts it, with everything that follows, in one transaction."""

import datetime as dt
from typing import Any

from django.db.models import Q

from accounts.models import Organisation, Person
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.files.models import StoredFile
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from program.permissions import participation
from review.actions.adopting import settle
from review.enums import DecisionState, Vote
from review.models import AgencyAnswer, Decision
from review.permissions import may_answer, may_confirm, may_record_on_behalf, may_second, root_of
from review.rules.decision import LONGEST_REASON


def _lock(decision: Decision) -> Decision:
    return (
        Decision.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=decision.pk)
    )


def _root(user: Any) -> Person:
    person = person_of(user)
    assert person is not None
    return root_of(person)


def _refuse_bad_answer(decision: Decision, agency: Organisation, vote: str, reason: str) -> None:
    refuse_if(
        Violation("decision_not_waiting") if decision.state != DecisionState.PROPOSED else None,
        Violation("vote_unknown", "vote") if vote not in list(Vote) else None,
        Violation("reason_for_no_missing", "reason") if vote == Vote.NO and is_blank_text(reason) else None,
        Violation("text_too_long", "reason", {"limit": LONGEST_REASON})
        if len(reason) > LONGEST_REASON
        else None,
        Violation("text_has_null", "reason") if "\x00" in reason else None,
        Violation("agency_answered_already")
        if AgencyAnswer.objects.filter(decision=decision, agency=agency).exists()
        else None,
    )


@action
def answer_decision(
    *, decision: Decision, agency: Organisation, by: Any, vote: str, reason: str = ""
) -> AgencyAnswer:
    """An agency's yes or no, by its approver. One person answers once, whatever memberships and accounts they hold. Where the
    call asks for a second pair of eyes inside the agency, it counts once another person of it has confirmed it.

    Raises:
        RuleBroken: `decision_not_waiting`, `vote_unknown`, `reason_for_no_missing`, `agency_answered_already`,
            `person_answered_already`; `adoption_refused` with the reasons (cap, envelope): then nothing is recorded.
    """
    decision = _lock(decision)
    require(may_answer(by, decision, agency))
    person = _root(by)
    _refuse_bad_answer(decision, agency, vote, reason)
    mine = AgencyAnswer.objects.filter(decision=decision)
    taken = mine.filter(Q(person=person) | Q(recorded_by=person) | Q(seconded_by=person)).exists()
    refuse_if(Violation("person_answered_already") if taken else None)
    answer = AgencyAnswer.objects.create(
        decision=decision,
        agency=agency,
        vote=vote,
        reason=reason,
        person=person,
        needs_second=participation(decision.call)[agency.pk].second_pair,
    )
    _record("answered", answer, by)
    settle(decision, by)
    return answer


@action
def record_answer_on_behalf(
    *,
    decision: Decision,
    agency: Organisation,
    by: Any,
    vote: str,
    letter: StoredFile,
    letter_dated: dt.date,
    reason: str = "",
) -> AgencyAnswer:
    """Record the answer of an agency that does not sign in, from its letter. It counts once a second officer confirms it.

    Raises:
        RuleBroken: as `answer_decision`; `letter_dated_ahead`.
    """
    decision = _lock(decision)
    require(may_record_on_behalf(by, decision, agency))
    person = _root(by)
    _refuse_bad_answer(decision, agency, vote, reason)
    refuse_if(
        Violation("letter_dated_ahead", "letter_dated")
        if letter_dated > today(decision.call.programme.zone)
        else None,
        # Whoever has answered for their own agency does not also speak for another.
        Violation("person_answered_already")
        if AgencyAnswer.objects.filter(Q(person=person) | Q(seconded_by=person), decision=decision).exists()
        else None,
    )
    answer = AgencyAnswer.objects.create(
        decision=decision,
        agency=agency,
        vote=vote,
        reason=reason,
        on_behalf=True,
        letter=letter,
        letter_dated=letter_dated,
        recorded_by=person,
    )
    _record("recorded_on_behalf", answer, by, letter_sha256=letter.sha256)
    return answer


def _lock_answer(answer: AgencyAnswer) -> AgencyAnswer:
    _lock(answer.decision)
    return (
        AgencyAnswer.objects.select_for_update(of=("self",))
        .select_related("decision__call__programme", "agency")
        .get(pk=answer.pk)
    )


@action
def confirm_answer(*, answer: AgencyAnswer, by: Any) -> AgencyAnswer:
    """A second officer confirms an answer on behalf against its letter; from then it counts.

    Raises:
        RuleBroken: `answer_confirmed_already`, `decision_not_waiting`; `adoption_refused` with the reasons.
    """
    answer = _lock_answer(answer)
    require(may_confirm(by, answer))
    refuse_if(
        Violation("answer_confirmed_already") if answer.confirmed_at else None,
        Violation("decision_not_waiting") if answer.decision.state != DecisionState.PROPOSED else None,
    )
    answer.confirmed_by, answer.confirmed_at = _root(by), now()
    answer.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("confirmed", answer, by)
    settle(answer.decision, by)
    return answer


@action
def second_answer(*, answer: AgencyAnswer, by: Any) -> AgencyAnswer:
    """A second person of the agency confirms its approver's answer; from then it counts. Nobody who has had another part in
    the answers to this decision does.

    Raises:
        RuleBroken: `answer_confirmed_already`, `decision_not_waiting`, `person_answered_already`; `adoption_refused` with
            the reasons.
    """
    answer = _lock_answer(answer)
    require(may_second(by, answer))
    person = _root(by)
    others = AgencyAnswer.objects.filter(decision=answer.decision)
    taken = others.filter(Q(person=person) | Q(recorded_by=person) | Q(seconded_by=person)).exists()
    refuse_if(
        Violation("answer_confirmed_already") if answer.seconded_at else None,
        Violation("decision_not_waiting") if answer.decision.state != DecisionState.PROPOSED else None,
        Violation("person_answered_already") if taken and not answer.seconded_at else None,
    )
    answer.seconded_by, answer.seconded_at = person, now()
    answer.save(update_fields=["seconded_by", "seconded_at"])
    _record("seconded", answer, by)
    settle(answer.decision, by)
    return answer


@action
def discard_answer(*, answer: AgencyAnswer, by: Any) -> None:
    """A second officer finds that an answer on behalf does not agree with its letter, or a second person of the agency that its
    approver's is not the agency's: it can be given anew.

    Raises:
        RuleBroken: `answer_confirmed_already`, `decision_not_waiting`.
    """
    answer = _lock_answer(answer)
    require(may_confirm(by, answer) or may_second(by, answer))
    refuse_if(
        Violation("answer_confirmed_already") if answer.confirmed_at or answer.seconded_at else None,
        Violation("decision_not_waiting") if answer.decision.state != DecisionState.PROPOSED else None,
    )
    _record("discarded", answer, by)
    answer.delete()


def _record(verb: str, answer: AgencyAnswer, by: Any, **details: Any) -> None:
    audit.record(
        verb,
        answer,
        by=by,
        details={
            "decision": answer.decision.public_id,
            "agency": answer.agency.public_id,
            "vote": answer.vote,
            **details,
        },
        private={"reason": answer.reason} if answer.reason else None,
        acting_for=answer.agency.public_id if answer.on_behalf else "",
    )
