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
from kernel.violations import RuleBroken, Violation
from program.actions import programmes as actions
from program.envelopes import envelope_tables
from program.forms.programmes import FactForm, NewProgrammeForm, ProgrammeWordsForm, ReviewNumberForm
from program.models import Programme, ProgrammeEvaluation, SourcedFact
from program.permissions import may_keep_programme
from program.queries import ministries_of, programmes_visible_to
from program.views.answering import answer_form, editing, held, only_if, posted, trail
from registries.models import ReviewProject
from registries.queries import review_projects_visible_to


@reads
def programmes(request: HttpRequest) -> HttpResponse:
    """The one programme there is, or the list of them."""
    found = list(programmes_visible_to(request.user)[:100])
    if len(found) == 1:
        return _page(request, found[0])
    context = {"programmes": found, "moves": _for_ministry(request.user)}
    return render(request, "program/programmes.html", context)


def _for_ministry(user: Any) -> list[Move]:
    """A ministry may run several programmes side by side."""
    if not is_ministry_officer(user):
        return []
    return [Move(_("Set up a programme"), reverse("program:programme_create"))]


def _review_project(programme: Programme) -> ReviewProject | None:
    """The programme in the ministry's review record, where it is known to be in it."""
    if programme.review_number is None:
        return None
    return ReviewProject.objects.filter(number=programme.review_number).first()


def _evaluation_moves(evaluation: ProgrammeEvaluation) -> list[Move]:
    url = reverse("program:evaluation_change", args=[evaluation.public_id])
    return [Move(_("Change"), url), *_removal("evaluation_remove", evaluation)]


@reads
def programme(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, get_object_or_404(programmes_visible_to(request.user), public_id=public_id))


def _page(request: HttpRequest, programme: Programme) -> HttpResponse:
    may_keep = may_keep_programme(request.user, programme)
    indicators = list(programme.indicators.prefetch_related("baselines", "targets", "values"))
    record = _review_project(programme)
    context = {
        "programme": programme,
        "moves": [*(_moves(programme) if may_keep else []), *_for_ministry(request.user)],
        "may_keep": may_keep,
        "facts": [
            {"fact": fact, "moves": _removal("fact_remove", fact) if may_keep else []}
            for fact in programme.facts.order_by("about", "id")
        ],
        "evaluations": [
            {
                "evaluation": found,
                "reminds": found.planned_on is not None and found.held_on is None,
                "moves": _evaluation_moves(found) if may_keep else [],
            }
            for found in programme.evaluations.order_by("year", "id")
        ],
        "indicators": indicators,
        "record": record,
        "others": [
            {
                "label": localized(other, "title"),
                "url": reverse("program:programme_page", args=[other.public_id]),
            }
            for other in programmes_visible_to(request.user).exclude(pk=programme.pk)[:100]
        ],
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
        Move(_("Note the review record"), reverse("program:review_record", args=key)),
        Move(_("Add an evaluation"), reverse("program:evaluation_add", args=key)),
        Move(_("Add an indicator"), reverse("program:indicator_add", args=key)),
    ]


def kept_programme(request: HttpRequest, public_id: str) -> Programme:
    programme = get_object_or_404(programmes_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, programme))
    return programme


def answer_of_programme(request: HttpRequest, programme: Programme, **how: Any) -> HttpResponse:
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
    programme = kept_programme(request, public_id)
    names = (*actions.WORDS, "last_year")
    return answer_of_programme(
        request,
        programme,
        **editing(request, programme, lambda data: ProgrammeWordsForm(data, initial=held(programme, names))),
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


@reads_and_writes
@idempotent
def fact_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = kept_programme(request, public_id)
    return answer_of_programme(
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
def review_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """The programme's number in the ministry's review record; the record's dated statements are noted with it."""
    programme = kept_programme(request, public_id)

    def act(values: dict[str, Any]) -> Any:
        project = review_projects_visible_to(request.user).filter(number=values["number"]).first()
        if project is None:
            raise RuleBroken(Violation("review_number_unknown", "number"))
        return actions.note_review_record(programme=programme, project=project, by=request.user)

    return answer_of_programme(
        request,
        programme,
        form=ReviewNumberForm(posted(request), initial={"number": programme.review_number}),
        act=act,
        heading=_("Note the review record"),
        lead=_(
            "What the record says of years and supplementary budgets is added to the statements, with its date."
        ),
        submit=_("Save"),
        success=_("The review record was noted."),
    )
