"""The programme's page: what sources say of it, its indicators, evaluations and envelopes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_ministry_officer
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from program.actions import programmes as actions
from program.forms.programmes import (
    BaselineForm,
    EnvelopeForm,
    EvaluationForm,
    FactForm,
    IndicatorForm,
    NewProgrammeForm,
    ProgrammeWordsForm,
)
from program.models import Indicator, Programme, ProgrammeEvaluation, SourcedFact
from program.permissions import may_keep_programme
from program.queries import envelope_tables, envelopes_of_user, ministries_of, programmes_visible_to
from program.views.answering import answer_form, only_if, posted, trail


@reads
def programmes(request: HttpRequest) -> HttpResponse:
    """The one programme there is, or the list of them."""
    found = list(programmes_visible_to(request.user)[:100])
    if len(found) == 1:
        return _page(request, found[0])
    moves = [_creation()] if is_ministry_officer(request.user) else []
    return render(request, "program/programmes.html", {"programmes": found, "moves": moves})


def _creation() -> Move:
    return Move(_("Set up a programme"), reverse("program:programme_create"))


@reads
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, get_object_or_404(programmes_visible_to(request.user), public_id=public_id))


def _page(request: HttpRequest, programme: Programme) -> HttpResponse:
    may_keep = may_keep_programme(request.user, programme)
    indicators = list(programme.indicators.prefetch_related("baselines"))
    context = {
        "programme": programme,
        "moves": _moves(programme) if may_keep else [],
        "may_keep": may_keep,
        "facts": [
            {"fact": fact, "moves": _removal("fact_remove", fact) if may_keep else []}
            for fact in programme.facts.order_by("about", "id")
        ],
        "evaluations": [
            {"evaluation": found, "moves": _removal("evaluation_remove", found) if may_keep else []}
            for found in programme.evaluations.order_by("year", "id")
        ],
        "indicators": indicators,
        "envelope_tables": envelope_tables(request.user, programme),
    }
    return render(request, "program/programme.html", context)


def _removal(route: str, part: Any) -> list[Move]:
    url = reverse(f"program:{route}", args=[part.public_id])
    return [Move(_("Take away"), url, "post", "secondary", _("Take away what was entered by mistake?"))]


def _moves(programme: Programme) -> list[Move]:
    key = [programme.public_id]
    return [
        Move(_("Change the programme"), reverse("program:programme_change", args=key)),
        Move(_("Enter an envelope"), reverse("program:envelope_add", args=key)),
        Move(_("Add a source’s statement"), reverse("program:fact_add", args=key)),
        Move(_("Add an evaluation"), reverse("program:evaluation_add", args=key)),
        Move(_("Add an indicator"), reverse("program:indicator_add", args=key)),
    ]


def _kept(request: HttpRequest, public_id: str) -> Programme:
    programme = get_object_or_404(programmes_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, programme))
    return programme


def _answer(request: HttpRequest, programme: Programme, **how: Any) -> HttpResponse:
    back = reverse("program:programme_page", args=[programme.public_id])
    steps = trail((localized(programme, "title"), back), (how["heading"], ""))
    return answer_form(request, back=back, breadcrumbs=steps, **how)


@reads_and_writes
@idempotent
def programme_create(request: HttpRequest) -> HttpResponse:
    only_if(is_ministry_officer(request.user))
    heading = _("Set up a programme")
    return answer_form(
        request,
        form=NewProgrammeForm(posted(request), ministries=ministries_of(request.user)),
        act=lambda values: actions.create_programme(by=request.user, **values),
        back=reverse("program:programme"),
        goes_to=lambda made: reverse("program:programme_page", args=[made.public_id]),
        heading=heading,
        submit=heading,
        success=_("The programme was set up."),
        breadcrumbs=trail((_("Programmes"), reverse("program:programme")), (heading, "")),
    )


@reads_and_writes
def programme_change(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    initial = {name: getattr(programme, name) for name in (*actions.WORDS, "last_year")}
    return _answer(
        request,
        programme,
        form=ProgrammeWordsForm(posted(request), initial=initial),
        act=lambda values: actions.change_programme(programme=programme, by=request.user, **values),
        heading=_("Change the programme"),
        submit=_("Save"),
        success=_("The programme was saved."),
    )


@writes
def fact_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    fact = get_object_or_404(SourcedFact.objects.select_related("programme"), public_id=public_id)
    only_if(may_keep_programme(request.user, fact.programme))
    actions.remove_fact(fact=fact, by=request.user)
    messages.success(request, _("The statement was taken away."))
    return redirect("program:programme_page", fact.programme.public_id)


@writes
def evaluation_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    evaluation = get_object_or_404(
        ProgrammeEvaluation.objects.select_related("programme"), public_id=public_id
    )
    only_if(may_keep_programme(request.user, evaluation.programme))
    actions.remove_evaluation(evaluation=evaluation, by=request.user)
    messages.success(request, _("The evaluation was taken away."))
    return redirect("program:programme_page", evaluation.programme.public_id)


@reads_and_writes
@idempotent
def fact_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    return _answer(
        request,
        programme,
        form=FactForm(posted(request)),
        act=lambda values: actions.add_fact(programme=programme, by=request.user, **values),
        heading=_("Add a source’s statement"),
        lead=_("Sources differ; each statement is kept beside the others, with its source and date."),
        submit=_("Add"),
        success=_("The statement was added."),
    )


@reads_and_writes
@idempotent
def evaluation_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    return _answer(
        request,
        programme,
        form=EvaluationForm(posted(request)),
        act=lambda values: actions.plan_evaluation(programme=programme, by=request.user, **values),
        heading=_("Add an evaluation"),
        submit=_("Add"),
        success=_("The evaluation was added."),
    )


@reads_and_writes
@idempotent
def indicator_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    return _answer(
        request,
        programme,
        form=IndicatorForm(posted(request)),
        act=lambda values: actions.add_indicator(programme=programme, by=request.user, **values),
        heading=_("Add an indicator"),
        submit=_("Add"),
        success=_("The indicator was added."),
    )


@reads_and_writes
@idempotent
def baseline_add(request: HttpRequest, public_id: str) -> HttpResponse:
    indicator = get_object_or_404(
        Indicator.objects.select_related("programme").filter(
            programme__in=programmes_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_keep_programme(request.user, indicator.programme))
    return _answer(
        request,
        indicator.programme,
        form=BaselineForm(posted(request)),
        act=lambda values: actions.add_baseline(indicator=indicator, by=request.user, **values),
        heading=_("Enter a national total"),
        lead=localized(indicator, "title"),
        submit=_("Save"),
        success=_("The national total was saved."),
    )


@reads_and_writes
@idempotent
def envelope_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    return _answer(
        request,
        programme,
        form=EnvelopeForm(posted(request), programme=programme),
        act=lambda values: actions.add_envelope_entry(programme=programme, by=request.user, **values),
        heading=_("Enter an envelope"),
        lead=_("An entry is never changed or taken away. Type a reduction without a sign."),
        submit=_("Enter"),
        success=_("The entry was made."),
    )


@reads
def envelope(request: HttpRequest, public_id: str) -> HttpResponse:
    """The entries behind one year's envelope."""
    found = get_object_or_404(envelopes_of_user(request.user), public_id=public_id)
    back = reverse("program:programme_page", args=[found.programme.public_id])
    context = {
        "envelope": found,
        "entries": found.entries.order_by("id"),
        "breadcrumbs": trail((localized(found.programme, "title"), back), (_("Envelope"), "")),
    }
    return render(request, "program/envelope.html", context)
