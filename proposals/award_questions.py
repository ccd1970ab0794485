"""Questions that agencies ask about a partner award: who asks and answers, and what each side reads of them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Organisation
from accounts.permissions import works_for
from kernel.contributions import Waiting
from kernel.languages import localized
from proposals.enums import ProposalState
from proposals.models import AwardQuestion, PartnerAward, Proposal
from proposals.permissions import is_writer, may_judge_for
from proposals.rules.eligibility import CONFIRMED
from proposals.told import is_pending

QUESTION_LIMIT = 1000
ANSWER_LIMIT = 2000
# Until the decision; while the team corrects the proposal too.
ANSWERED = (ProposalState.DRAFT, ProposalState.SUBMITTED, *CONFIRMED)


def asking_agency(user: Any, proposal: Proposal, award: PartnerAward) -> Organisation | None:
    """The agency for which the user asks about the award: the award's own, or the lead agency, which also asks where the
    award's does not sign in. None for whoever may not: they are no programme officer of either, or have an interest."""
    lead = proposal.call.lead_agency
    for agency in (award.agency, lead):
        if works_for(user, agency.pk, Role.PROGRAMME_OFFICER) and may_judge_for(user, proposal, agency):
            return agency
    return None


def may_ask(user: Any, proposal: Proposal, award: PartnerAward) -> bool:
    """Programme officers of the award's agency and of the lead agency, without an interest, while the award is judged."""
    return proposal.state in CONFIRMED and asking_agency(user, proposal, award) is not None


def may_take_back(user: Any, proposal: Proposal, question: AwardQuestion) -> bool:
    """Whoever asked, as long as they answer for that agency and nobody has answered."""
    return (
        question.is_open
        and question.by_id == user.pk
        and proposal.state in CONFIRMED
        and may_judge_for(user, proposal, question.agency)
    )


def may_answer(user: Any, proposal: Proposal, question: AwardQuestion) -> bool:
    """The principal investigator and the co-investigators, until the decision, though the proposal is locked."""
    is_before_decision = proposal.state in ANSWERED and not is_pending(proposal)
    return question.is_open and is_before_decision and is_writer(user, proposal)


def asked_of(proposal: Proposal) -> QuerySet[AwardQuestion]:
    """What has been asked about the proposal's awards and was not taken back, in its order."""
    return (
        AwardQuestion.objects.filter(proposal=proposal, taken_back_at=None)
        .select_related("agency", "by__person", "answered_by__person")
        .order_by("pk")
    )


def is_asked() -> Exists:
    """For a queryset of awards: whether something has been asked about each, so that only then it is read."""
    return Exists(
        AwardQuestion.objects.filter(
            proposal=OuterRef("proposal"), award_key=OuterRef("public_id"), taken_back_at=None
        )
    )


def open_questions() -> Exists:
    """For a queryset of proposals: whether something that was asked about an award of each waits for an answer."""
    return Exists(AwardQuestion.objects.filter(proposal=OuterRef("pk"), answered_at=None, taken_back_at=None))


def question_waits(proposal: Proposal) -> Waiting:
    """That a proposal has a question to be answered, on the home page of its principal investigator."""
    return Waiting(
        _("An agency’s question about the partner award waits for your answer: %(title)s")
        % {"title": localized(proposal, "title") or _("(no title yet)")},
        reverse("proposals:tasks", args=[proposal.public_id]),
    )
