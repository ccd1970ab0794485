"""The stays of a project: the list with its arithmetic, and recording them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.models import Person
from kernel.choices import label, label_of_field
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import day, fiscal_year_short
from program.views.answering import answer_form, only_if, posted
from projects.models import Project
from proposals.enums import ExchangeDirection
from registries.queries import country_names
from reporting.actions.stays import FIELDS, change_stay, record_stay, record_stay_of_newcomer, remove_stay
from reporting.figures.mobility import Mobility, mobility_of, plans_against
from reporting.forms import NewStayForm, ReasonForm, StayForm
from reporting.models import Stay
from reporting.permissions import may_record_outcomes
from reporting.queries import people_of, stays_visible_to
from reporting.rules.mobility import Visit
from reporting.views.shared import (
    Cell,
    Table,
    address,
    crumbs,
    heading_of,
    number,
    recorded_project,
    tabs_of,
    visible_project,
)


@reads
def stays(request: HttpRequest, public_id: str) -> HttpResponse:
    project = visible_project(request, public_id)
    may_record = may_record_outcomes(request.user, project)
    calendar = project.programme.calendar
    mobility = mobility_of([project], calendar)
    plans = plans_against([project], mobility, calendar)
    moves = [Move(_("Record a stay"), address("stay_add", project.public_id), tone="primary")]
    context = {
        "heading": heading_of(project),
        "tabs": tabs_of(project, "stays"),
        "moves": moves if may_record else [],
        "breadcrumbs": crumbs((project.number, "")),
        "tables": [
            _visits(mobility, may_record),
            _counts(mobility),
            _plans(plans),
        ],
    }
    return render(request, "reporting/tables.html", context)


def _visits(mobility: Mobility, may_record: bool) -> Table:
    """Every stay under the visit that it belongs to, newest first."""
    headers = [
        (_("Person"), ""),
        (_("Dispatch or acceptance"), ""),
        (_("Host (country)"), ""),
        (_("Period"), ""),
        (_("Days, and the fiscal years they fall in"), ""),
        *([(_("Change"), "")] if may_record else []),
    ]
    names = country_names()
    rows = [
        _row(mobility.stays[key], visit, may_record, names)
        for visit in reversed(mobility.visits)
        for key in reversed(visit.stays)
    ]
    return Table("stays", _("Stays, newest first"), headers, rows, _("No stay has been recorded yet."))


def host_of(stay: Stay, names: dict[str, str]) -> str:
    """The host with its country by name, in the reader's language."""
    country = names.get(stay.country_code, stay.country_code)
    return _("%(host)s (%(country)s)") % {"host": stay.host, "country": country}


def _row(stay: Stay, visit: Visit, may_record: bool, names: dict[str, str]) -> list[Cell]:
    parts = " + ".join(f"{part.days} ({fiscal_year_short(part.year)})" for part in visit.parts)
    days = str(visit.days) if len(visit.parts) == 1 else f"{parts} = {visit.days}"
    notes = [_("mid/long-term")] if visit.is_long else []
    if len(visit.stays) > 1:
        notes.append(_("one stay with those that adjoin it"))
    counted = _("counts in %(year)s") % {"year": fiscal_year_short(visit.year)}
    return [
        Cell(stay.person.name_in(current()), more=label_of_field(stay, "career_stage")),
        Cell(label_of_field(stay, "direction"), more=stay.degree_sought),
        Cell(host_of(stay, names), more=stay.home, css="wide"),
        Cell(f"{day(stay.starts_on)} – {day(stay.ends_on)}"),
        Cell(days, more=_(", ").join([*notes, counted])),
        *([Cell(moves=_moves(stay))] if may_record else []),
    ]


def _moves(stay: Stay) -> list[Move]:
    return [
        Move(_("Change"), address("stay_change", stay.public_id)),
        Move(_("Remove"), address("stay_remove", stay.public_id)),
    ]


def _counts(mobility: Mobility) -> Table:
    rows = [
        [
            Cell(fiscal_year_short(year)),
            Cell(label(ExchangeDirection(way))),
            number(count.people),
            number(count.long_people),
            number(count.days),
        ]
        for (year, way), count in mobility.counts.items()
    ]
    headers = [
        (_("Fiscal year"), ""),
        (_("Dispatch or acceptance"), ""),
        (_("Persons"), "numeric"),
        (_("of these mid/long-term"), "numeric"),
        (_("Days in the year"), "numeric"),
    ]
    return Table("counts", _("Persons and days by fiscal year"), headers, rows, _("Nothing to count yet."))


def _plans(plans: Any) -> Table:
    rows = [
        [
            Cell(fiscal_year_short(year)),
            Cell(label(ExchangeDirection(way))),
            number(row.planned),
            number(row.actual),
            number(row.planned_days),
            number(row.actual_days),
        ]
        for (year, way), row in plans.items()
    ]
    headers = [
        (_("Fiscal year"), ""),
        (_("Dispatch or acceptance"), ""),
        (_("Stays planned"), "numeric"),
        (_("Stays begun"), "numeric"),
        (_("Days planned"), "numeric"),
        (_("Days spent"), "numeric"),
    ]
    return Table("plans", _("Plan against actual"), headers, rows, _("The proposal planned no stay."))


def _people(project: Project) -> list[Person]:
    return sorted(people_of(project), key=lambda person: (person.name_in(current()), person.pk))


@reads_and_writes
@idempotent
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    project = recorded_project(request, public_id)
    people = {person.public_id: person for person in _people(project)}
    form = NewStayForm(posted(request), people=list(people.values()))

    def act(given: dict[str, Any]) -> None:
        values = {name: given[name] for name in FIELDS}
        person = people.get(given["person"])
        if person is not None:
            record_stay(project=project, by=request.user, person=person, **values)
        else:
            record_stay_of_newcomer(
                project=project,
                by=request.user,
                names=form.names(),
                orcid=given["orcid"],
                is_namesake=given["is_namesake"],
                **values,
            )

    back = address("stays", project.public_id)
    return answer_form(
        request,
        form=form,
        act=act,
        back=back,
        success=_("The stay was recorded."),
        heading=_("Record a stay"),
        lead=heading_of(project),
        submit=_("Record this stay"),
        breadcrumbs=crumbs((project.number, back), (_("Record a stay"), "")),
    )


def _recorded_stay(request: HttpRequest, public_id: str) -> Stay:
    stay = get_object_or_404(stays_visible_to(request.user), public_id=public_id)
    only_if(may_record_outcomes(request.user, stay.project))
    return stay


@reads_and_writes
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    stay = _recorded_stay(request, public_id)
    form = StayForm(posted(request), initial={name: getattr(stay, name) for name in FIELDS})
    back = address("stays", stay.project.public_id)
    return answer_form(
        request,
        form=form,
        act=lambda values: change_stay(stay=stay, by=request.user, **values),
        back=back,
        success=_("The stay was changed."),
        heading=_("Change a stay"),
        lead=stay.person.name_in(current()),
        submit=_("Save"),
        breadcrumbs=crumbs((stay.project.number, back), (_("Change a stay"), "")),
    )


@reads_and_writes
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    stay = _recorded_stay(request, public_id)
    form = ReasonForm(posted(request))
    back = address("stays", stay.project.public_id)
    period = f"{day(stay.starts_on)} – {day(stay.ends_on)}"
    return answer_form(
        request,
        form=form,
        act=lambda values: remove_stay(stay=stay, by=request.user, **values),
        back=back,
        success=_("The stay was removed."),
        heading=_("Remove a stay"),
        lead=f"{stay.person.name_in(current())}: {period}",
        submit=_("Remove this stay"),
        tone="danger",
        breadcrumbs=crumbs((stay.project.number, back), (_("Remove a stay"), "")),
    )
