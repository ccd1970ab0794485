"""An agency's question about a partner award: asking, taking back, answering."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.templatetags.kernel import instant
from kernel.violations import RuleBroken, sentence
from proposals.actions.award_questions import answer_about_award, ask_about_award, take_back_question
from proposals.award_questions import asking_agency, may_answer, may_take_back
from proposals.forms.award_questions import AwardAnswerForm, AwardQuestionForm
from proposals.models import AwardQuestion, PartnerAward
from proposals.rules.eligibility import CONFIRMED
from proposals.views.judging import office_crumbs, office_proposal_of
from proposals.views.lists import sent
from proposals.views.own import crumbs, title_of, written_proposal


@reads_and_writes
@idempotent
def award_ask(request: HttpRequest, public_id: str, award_id: str) -> HttpResponse:
    """An officer's question to the applicants."""
    proposal = office_proposal_of(request, public_id)
    awards = PartnerAward.objects.filter(proposal=proposal).select_related("agency")
    award: PartnerAward = get_object_or_404(awards, public_id=award_id)
    agency = asking_agency(request.user, proposal, award)
    if agency is None:
        raise Http404
    back = reverse("proposals:office_proposal", args=[public_id])
    form = AwardQuestionForm(*sent(request)[:1])
    if request.method == "POST" and form.is_valid():
        try:
            ask_about_award(award=award, by=request.user, question=form.cleaned_data["question"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request, _("The applicants were asked. The principal investigator is told by mail.")
            )
            return redirect(back)
    elif request.method != "POST" and proposal.state not in CONFIRMED:
        messages.info(request, _("Nothing is asked about awards at this stage."))
        return redirect(back)
    heading = _("Ask about award %(number)s") % {"number": award.number}
    context = {
        "cancel_url": back,
        "form": form,
        "heading": heading,
        "lead": _(
            "The principal investigator is told by mail and answers on the page of the proposal. Nothing of the proposal can be changed by it."
        ),
        "facts": [
            {"label": _("Receipt number"), "value": proposal.receipt_number},
            {"label": _("Title"), "value": title_of(proposal)},
            {"label": _("Title of the award"), "value": award.title},
            {"label": pgettext("question", "Asked by"), "value": localized(agency, "name")},
        ],
        "submit_label": _("Send the question"),
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/award_question.html", context)


@writes
@idempotent
def award_question_take_back(request: HttpRequest, public_id: str, question_id: str) -> HttpResponse:
    """An officer takes back their own question."""
    proposal = office_proposal_of(request, public_id)
    asked = AwardQuestion.objects.filter(proposal=proposal).select_related("agency")
    question: AwardQuestion = get_object_or_404(asked, public_id=question_id)
    is_own = question.by_id == request.user.pk
    if not is_own or (question.is_open and not may_take_back(request.user, proposal, question)):
        raise Http404
    try:
        take_back_question(question=question, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        messages.success(request, _("The question was taken back."))
    return redirect("proposals:office_proposal", public_id=public_id)


@reads_and_writes
@idempotent
def award_answer(request: HttpRequest, public_id: str, question_id: str) -> HttpResponse:
    """A writer of the team answers."""
    proposal = written_proposal(request, public_id)
    asked = AwardQuestion.objects.filter(proposal=proposal).select_related("agency")
    question: AwardQuestion = get_object_or_404(asked, public_id=question_id)
    back = reverse("proposals:tasks", args=[public_id])
    form = AwardAnswerForm(*sent(request)[:1])
    if request.method == "POST" and form.is_valid():
        try:
            answer_about_award(question=question, by=request.user, answer=form.cleaned_data["answer"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The answer was sent to the agency."))
            return redirect(back)
    elif request.method != "POST" and not may_answer(request.user, proposal, question):
        messages.info(request, _closed(question))
        return redirect(back)
    heading = _("Question about award %(number)s") % {"number": question.number}
    context = {
        "cancel_url": back,
        "form": form,
        "heading": heading,
        "lead": _("Nothing of the proposal changes by your answer."),
        "facts": [
            {"label": pgettext("question", "Asked by"), "value": localized(question.agency, "name")},
            {"label": pgettext("question", "Asked on"), "value": instant(question.at)},
            {"label": _("Question"), "value": question.question},
        ],
        "submit_label": _("Send the answer"),
        "breadcrumbs": crumbs(proposal, heading),
    }
    return render(request, "proposals/award_question.html", context)


def _closed(question: AwardQuestion) -> str:
    """Why there is nothing to answer any more."""
    if question.taken_back_at is not None:
        return _("The agency has taken the question back. There is nothing to answer.")
    if question.answered_at is not None:
        return _("The question has been answered.")
    return _("The proposal was withdrawn or decided. The question is answered no more.")
