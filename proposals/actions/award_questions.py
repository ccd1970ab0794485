"""Asking the applicants about a partner award before the agency gives its verdict, and answering."""

from typing import Any

from accounts.actions.people import path_in
from accounts.enums import Role
from accounts.models import Membership, User
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now, today
from kernel.outbox import queue_mail
from kernel.text import is_blank_text
from kernel.violations import Violation, refuse_if
from proposals.actions.mails import write_to_pi
from proposals.award_questions import (
    ANSWER_LIMIT,
    ANSWERED,
    QUESTION_LIMIT,
    asking_agency,
    may_take_back,
)
from proposals.enums import AccessKind
from proposals.models import AwardQuestion, PartnerAward, Proposal, ProposalAccess
from proposals.permissions import is_writer
from proposals.rules.eligibility import CONFIRMED
from proposals.rules.texts import normal, text_violation


def _locked(key: int) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",)).select_related(
        "call__lead_agency", "pi__user", "pi"
    )
    return locked.get(pk=key)


def _held(question: AwardQuestion) -> AwardQuestion:
    held = AwardQuestion.objects.select_for_update(of=("self",)).select_related("agency", "by__person")
    return held.get(pk=question.pk)


@action
def ask_about_award(*, award: PartnerAward, by: Any, question: str) -> AwardQuestion:
    """Ask the applicants about an award, for its agency or for the lead agency. The principal investigator is told once.
    The same question by the same officer, while it is open, is asked once.

    Raises:
        NotAllowed: `by` is no programme officer of the award's agency or the lead agency, or has an interest.
        RuleBroken: `question_not_now` unless the award is judged; `question_missing`, `text_over_limit`, `text_has_nul`.
    """
    proposal = _locked(award.proposal_id)
    award = PartnerAward.objects.select_related("agency").get(pk=award.pk)
    agency = asking_agency(by, proposal, award)
    require(agency is not None)
    assert agency is not None  # for the type checker
    text = normal(question).strip()
    refuse_if(
        Violation("question_not_now") if proposal.state not in CONFIRMED else None,
        Violation("question_missing", "question") if is_blank_text(text) else None,
        text_violation(text, QUESTION_LIMIT, "question"),
    )
    known = {"proposal": proposal, "award_key": award.public_id, "by": by, "question": text}
    again = AwardQuestion.objects.filter(**known, answered_at=None, taken_back_at=None).first()
    if again is not None:
        return again  # a second click
    asked = AwardQuestion.objects.create(**known, number=award.number, agency=agency)
    _record("award_asked", proposal, asked, by, {"question": text})
    write_to_pi(
        proposal,
        "award_asked",
        key=f"award-asked:{asked.public_id}",
        page="proposals:tasks",
        question=asked,
        answer_path=path_in(
            proposal.pi.user.language if proposal.pi.user else "en",
            "proposals:award_answer",
            proposal.public_id,
            asked.public_id,
        ),
    )
    return asked


@action
def take_back_question(*, question: AwardQuestion, by: Any) -> AwardQuestion:
    """Take back a question that nobody has answered; it is shown nowhere any more, and the trail keeps it.

    Raises:
        NotAllowed: `by` did not ask it, or may no more.
        RuleBroken: `question_answered`.
    """
    proposal, question = _locked(question.proposal_id), _held(question)
    if question.taken_back_at is not None and question.by_id == by.pk:
        return question  # a second click
    refuse_if(Violation("question_answered") if question.answered_at and question.by_id == by.pk else None)
    require(may_take_back(by, proposal, question))
    question.taken_back_at = now()
    question.save(update_fields=["taken_back_at"])
    _record("award_question_taken_back", proposal, question, by, {})
    return question


@action
def answer_about_award(*, question: AwardQuestion, by: Any, answer: str) -> AwardQuestion:
    """Answer what an agency asked, once. Nothing of the proposal changes, and it may be locked. Whoever asked is told.

    Raises:
        NotAllowed: `by` is no writer of the proposal.
        RuleBroken: `question_taken_back`, `question_answered`, `question_closed` once it is withdrawn or decided;
            `question_unanswered`, `text_over_limit`, `text_has_nul`.
    """
    proposal, question = _locked(question.proposal_id), _held(question)
    require(is_writer(by, proposal))
    text = normal(answer).strip()
    if question.answered_by_id == by.pk and question.answer == text:
        return question  # a second click
    refuse_if(
        Violation("question_taken_back") if question.taken_back_at else None,
        Violation("question_answered") if question.answered_at else None,
        Violation("question_closed") if proposal.state not in ANSWERED else None,
        Violation("question_unanswered", "answer") if is_blank_text(text) else None,
        text_violation(text, ANSWER_LIMIT, "answer"),
    )
    question.answer, question.answered_by, question.answered_at = text, by, now()
    question.save(update_fields=["answer", "answered_by", "answered_at"])
    _record("award_answered", proposal, question, by, {"answer": text})
    for user in _asking_officers(proposal, question):
        _tell_officer(proposal, question, user)
    return question


def _record(verb: str, proposal: Proposal, question: AwardQuestion, by: Any, private: dict[str, str]) -> None:
    asks = verb != "award_answered"
    audit.record(
        verb,
        proposal,
        by=by,
        details={"award": question.award_key, "agency": question.agency.public_id},
        private=private or None,
        **({"acting_for": question.agency.public_id} if asks else {}),
    )


def _asking_officers(proposal: Proposal, question: AwardQuestion) -> list[User]:
    """Whoever asked, as long as they still handle the proposal; else the programme officers of their agency who do."""
    officers = Membership.objects.active_on(today()).filter(
        organisation=question.agency, role=Role.PROGRAMME_OFFICER
    )
    excluded = ProposalAccess.objects.filter(proposal=proposal, kind=AccessKind.EXCLUDED)
    users = list(
        User.objects.filter(is_active=True, person__in=officers.values("person"))
        .exclude(person__in=excluded.values("person"))
        .exclude(person__in=proposal.team.values("person"))
        .exclude(person=proposal.pi)
        .select_related("person")
        .order_by("pk")
    )
    return [user for user in users if user.pk == question.by_id] or users


def _tell_officer(proposal: Proposal, question: AwardQuestion, user: User) -> None:
    # While the team corrects the proposal, no officer reads it.
    path = (
        path_in(user.language, "proposals:office_proposal", proposal.public_id)
        if proposal.state in CONFIRMED
        else path_in(user.language, "proposals:returned")
    )
    queue_mail(
        "award_answered",
        to=user.email,
        language=user.language,
        values={
            "proposal": proposal,
            "name": user.person.name_in(user.language),
            "question": question,
            "path": path,
        },
        about=proposal,
        key=f"award-answered:{question.public_id}:{user.public_id}",
    )
