"""Projects: the list, a project's page, and the steps that a project takes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads, writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.searching import contains
from kernel.templatetags.kernel import money
from projects.actions.ledger import activate_project, end_project
from projects.contributions import project_moves
from projects.enums import ProjectState
from projects.forms import ProjectFilterForm
from projects.models import Project
from projects.permissions import may_keep_ledger, may_see_envelopes
from projects.queries import money_of, projects_visible_to
from projects.views.budget import budget_of
from projects.views.conditions import conditions_of
from projects.views.exceptions import exceptions_of
from projects.views.shared import address, crumbs, pi_of, title_of, tone_of, visible_project

SEARCHED = (
    "number",
    "title_ja",
    "title_en",
    "pi__family_kanji",
    "pi__given_kanji",
    "pi__family_romaji",
    "pi__given_romaji",
)


@reads
def projects(request: HttpRequest) -> HttpResponse:
    form = ProjectFilterForm(request.GET)
    found = projects_visible_to(request.user)
    if form.is_valid():
        q, state = form.cleaned_data["q"], form.cleaned_data["state"]
        if q:
            found = found.filter(contains(q, *SEARCHED))
        if state:
            found = found.filter(state=state)
    page = page_of(found, request)
    money = money_of(page.objects)
    context = {
        "filter_form": form,
        "page": page,
        "rows": [_row(project, *money.get(project.pk, (0, 0))) for project in page.objects],
        "may_see_envelopes": may_see_envelopes(request.user),
    }
    return render(request, "projects/projects.html", context)


def _row(project: Project, awarded: int, paid: int) -> dict[str, Any]:
    currency = project.programme.currency
    return {
        "project": project,
        "url": address(project),
        "title": title_of(project),
        "pi": pi_of(project),
        "tone": tone_of(project),
        "awarded": money(awarded, currency),
        "paid": money(paid, currency),
    }


@reads
def project(request: HttpRequest, public_id: str) -> HttpResponse:
    found = visible_project(request, public_id)
    context = {
        "project": found,
        "title": title_of(found),
        "pi": pi_of(found),
        "tone": tone_of(found),
        "moves": [
            *(_moves(found) if may_keep_ledger(request.user, found) else []),
            *(move for contribute in project_moves for move in contribute(request.user, found)),
        ],
        "budget": budget_of(found),
        "exceptions": exceptions_of(request.user, found),
        "conditions": conditions_of(request.user, found),
        "breadcrumbs": crumbs(found),
    }
    return render(request, "projects/project.html", context)


def _moves(project: Project) -> list[Move]:
    """What those who keep the ledger may do next; by the project's state."""
    if project.state == ProjectState.OFFERED:
        sentence = _("From then on its ledger takes payments.")
        return [Move(_("Let the project begin"), address(project, "activate"), "post", "primary", sentence)]
    if project.state != ProjectState.ACTIVE:
        return []
    return [
        Move(_("Record a payment"), address(project, "payment"), tone="primary"),
        Move(_("Change an allocation"), address(project, "change")),
        Move(_("Move between categories"), address(project, "virement")),
        Move(_("Carry over"), address(project, "carry_over")),
        Move(_("Record a return"), address(project, "return")),
        Move(_("Ask for an exception"), address(project, "exception")),
        Move(
            _("End the project"),
            address(project, "end"),
            "post",
            "danger",
            _("Its ledger then takes no more entries. This cannot be undone."),
        ),
    ]


def _kept(request: HttpRequest, public_id: str) -> Project:
    found = visible_project(request, public_id)
    if not may_keep_ledger(request.user, found):
        raise Http404
    return found


@writes
@idempotent
def activate(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    activate_project(project=found, by=request.user)
    messages.success(request, _("The project has begun."))
    return redirect(address(found))


@writes
@idempotent
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    found = _kept(request, public_id)
    end_project(project=found, by=request.user)
    messages.success(request, _("The project has ended."))
    return redirect(address(found))
