"""The projects, and how much came of each."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kernel.languages import current, localized
from kernel.methods import reads
from kernel.moves import Move
from kernel.pages import page_of
from projects.models import Project
from projects.queries import projects_visible_to
from reporting.models import ProjectPublication, Stay
from reporting.permissions import may_see_indicators
from reporting.views.shared import Cell, Table, address


@reads
def projects(request: HttpRequest) -> HttpResponse:
    """The projects that the reader may see; those of the team find their own here."""
    page = page_of(projects_visible_to(request.user), request)
    keys = [project.pk for project in page.objects]
    counts = [
        dict(model.objects.filter(project__in=keys).order_by().values_list("project").annotate(n=Count("pk")))
        for model in (Stay, ProjectPublication)
    ]
    moves = []
    if may_see_indicators(request.user):
        moves = [
            Move(_("Indicators"), address("indicators")),
            Move(_("Outcome reports"), address("reports")),
        ]
    table = Table(
        "projects",
        _("By number, newest first"),
        [
            (_("Project"), ""),
            (_("Principal investigator"), ""),
            (_("Stays"), "numeric"),
            (_("Papers"), "numeric"),
        ],
        [_row(project, *(count.get(project.pk, 0) for count in counts)) for project in page.objects],
        _("There is no project that you may see."),
    )
    return render(request, "reporting/projects.html", {"table": table, "page": page, "moves": moves})


def _row(project: Project, stays: int, papers: int) -> list[Cell]:
    stays_url, papers_url = (address(route, project.public_id) for route in ("stays", "papers"))
    return [
        Cell(localized(project, "title") or project.number, stays_url, project.number, "wide"),
        Cell(project.pi.name_in(current()), more=localized(project.institution, "name")),
        Cell(f"{stays:,}", stays_url, css="numeric"),
        Cell(f"{papers:,}", papers_url, css="numeric"),
    ]
