"""The agencies' answers to a decision. The last yes adopts it, with everything that follows, in one transaction."""

import datetime as dt
from typing import Any, Literal

from accounts.models import Organisation, Person
from accounts.permissions import person_of
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.files.models import StoredFile
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if
from program.actions.calls import conclude_call
from program.queries import required_agencies
from projects.actions.adoption import adopt_proposal
from proposals.actions.outcomes import record_outcome
from proposals.enums import ProposalState
from review.enums import DecisionKind, DecisionState, Outcome, Vote
from review.models import AgencyAnswer, Decision, DecisionItem
from review.permissions import may_answer, may_confirm, may_record_on_behalf, root_of
from review.rules.decision import LONGEST_REASON, Given, Joint, joint_result

# What an outcome of the decision is for the proposal itself.
STEPS: dict[str, Literal["adopt", "reserve", "not_adopt"]] = {
    Outcome.ADOPT: "adopt",
    Outcome.RESERVE: "reserve",
    Outcome.REJECT: "not_adopt",
}


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
    """An agency's yes or no, by its approver. One person answers once, whatever memberships and accounts they hold.

    Raises:
        RuleBroken: `decision_not_waiting`, `vote_unknown`, `reason_for_no_missing`, `agency_answered_already`,
            `person_answered_already`; `adoption_refused` with the reasons (cap, envelope): then nothing is recorded.
    """
    decision = _lock(decision)
    require(may_answer(by, decision, agency))
    person = _root(by)
    _refuse_bad_answer(decision, agency, vote, reason)
    mine = AgencyAnswer.objects.filter(decision=decision)
    taken = mine.filter(person=person).exists() or mine.filter(recorded_by=person).exists()
    refuse_if(Violation("person_answered_already") if taken else None)
    answer = AgencyAnswer.objects.create(
        decision=decision, agency=agency, vote=vote, reason=reason, person=person
    )
    _record("answered", answer, by)
    _settle(decision, by)
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
        if AgencyAnswer.objects.filter(decision=decision, person=person).exists()
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
    _settle(answer.decision, by)
    return answer


@action
def discard_answer(*, answer: AgencyAnswer, by: Any) -> None:
    """A second officer finds that an answer on behalf does not agree with its letter: it can be recorded anew.

    Raises:
        RuleBroken: `answer_confirmed_already`, `decision_not_waiting`.
    """
    answer = _lock_answer(answer)
    require(may_confirm(by, answer))
    refuse_if(
        Violation("answer_confirmed_already") if answer.confirmed_at else None,
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


def _settle(decision: Decision, by: Any) -> None:
    """Adopt or refuse the decision, if the answers that count say so."""
    required = set(required_agencies(decision.call).values_list("pk", flat=True))
    given = [Given(a.agency_id, a.vote == Vote.YES, a.counts) for a in decision.answers.all()]
    result = joint_result(required, given)
    if result is Joint.REFUSED:
        apply_transition(decision, "refuse", by=by)
    elif result is Joint.ADOPTED:
        apply_transition(decision, "adopt", by=by)
        decision.adopted_at = now()
        decision.save(update_fields=["adopted_at"])
        for item in decision.items.select_related("proposal__call__programme"):
            _carry_out(item, by)
        if decision.kind == DecisionKind.FIRST:
            conclude_call(call=decision.call, by=by)


def _carry_out(item: DecisionItem, by: Any) -> None:
    """One proposal's outcome; a proposal that its team has withdrawn or declined meanwhile keeps its state, and one that
    stays on the reserve list stays there."""
    state = item.proposal.state
    stays = state == ProposalState.RESERVED and item.outcome == Outcome.RESERVE
    if stays or state in (ProposalState.WITHDRAWN, ProposalState.DECLINED):
        return
    try:
        proposal = record_outcome(proposal=item.proposal, outcome=STEPS[item.outcome], by=by)
        if item.outcome == Outcome.ADOPT:
            adopt_proposal(proposal=proposal, by=by)
    except RuleBroken as broken:
        first = Violation("adoption_refused", params={"number": item.proposal.receipt_number or ""})
        raise RuleBroken([first, *broken.violations]) from broken
