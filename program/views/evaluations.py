"""Evaluations of a programme: planned, changed, noted as held."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from program.actions import programmes as actions
from program.forms.evaluations import EvaluationForm
from program.models import ProgrammeEvaluation
from program.permissions import may_keep_programme
from program.queries import programmes_visible_to
from program.views.answering import editing, held, only_if, posted
from program.views.programmes import answer_of_programme, kept_programme

FIELDS = ("kind", "year", "planned_on", "remind_days", "held_on", "note_ja", "note_en")


@reads_and_writes
@idempotent
def evaluation_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = kept_programme(request, public_id)
    return answer_of_programme(
        request,
        programme,
        form=EvaluationForm(posted(request)),
        act=lambda values: actions.plan_evaluation(programme=programme, by=request.user, **values),
        heading=_("Add an evaluation"),
        submit=_("Add"),
        success=_("The evaluation was added."),
    )


@reads_and_writes
def evaluation_change(request: HttpRequest, public_id: str) -> HttpResponse:
    evaluation = get_object_or_404(
        ProgrammeEvaluation.objects.select_related("programme").filter(
            programme__in=programmes_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, evaluation.programme))
    return answer_of_programme(
        request,
        evaluation.programme,
        **editing(request, evaluation, lambda data: EvaluationForm(data, initial=held(evaluation, FIELDS))),
        act=lambda values: actions.change_evaluation(evaluation=evaluation, by=request.user, **values),
        heading=_("Change an evaluation"),
        submit=_("Save"),
        success=_("The evaluation was saved."),
    )


@writes
def evaluation_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    evaluation = get_object_or_404(
        ProgrammeEvaluation.objects.select_related("programme"), public_id=public_id
    )
    only_if(may_keep_programme(request.user, evaluation.programme))
    actions.remove_evaluation(evaluation=evaluation, by=request.user)
    messages.success(request, _("The evaluation was taken away."))
    return redirect("program:programme_page", evaluation.programme.public_id)
