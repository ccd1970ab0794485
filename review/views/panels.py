"""A call's meetings: planned, their people, and the board that several work on at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation, Person
from kernel.choices import label_of_field
from kernel.fragments import wants_part
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from program.models import Call
from program.permissions import participation
from program.views.answering import answer_form, editing, held, only_if, posted
from review.actions.panels import (
    FIELDS,
    change_member,
    change_panel,
    close_panel,
    plan_panel,
    reopen_panel,
    seat_member,
    unseat_member,
)
from review.enums import PanelState
from review.figures import Board, board_of
from review.forms.panels import MemberForm, PanelForm, ReasonForm, SeatForm
from review.models import Panel, PanelMember
from review.panels import officers_of, panels_visible_to
from review.permissions import may_run_panel
from review.queries import reviewers_visible_to
from review.views.boards import in_order
from review.views.noted import noted, with_notes
from review.views.panel_rows import facts_of_panel, rows_of
from review.views.panel_scores import scores_of
from review.views.pools import call_or_404, crumbs
from review.views.reopened import reopened_words
from review.views.shown import tabs_of
from review.views.unread import unread_notice

UNCHANGED = 204


def panel_or_404(request: HttpRequest, public_id: str) -> Panel:
    """A panel of a call that this officer may see, with what every page of the review reads of the call."""
    panels = with_notes(panels_visible_to(request.user), request.user, call="call")
    panel: Panel = get_object_or_404(panels, public_id=public_id)
    noted(request.user, panel.call, panel)
    return panel


def to_run(request: HttpRequest, public_id: str) -> Panel:
    panel = panel_or_404(request, public_id)
    only_if(may_run_panel(request.user, panel.call))
    return panel


def address(name: str, *ids: str) -> str:
    return reverse(f"review:{name}", args=ids)


@reads
def panels(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    may_run = may_run_panel(request.user, call)
    rows = [
        {"panel": panel, "state": label_of_field(panel, "state"), "url": address("panel", panel.public_id)}
        for panel in panels_visible_to(request.user).filter(call=call)
    ]
    plan = Move(_("Plan a meeting"), address("panel_plan", public_id), tone="primary")
    context = {
        "call": call,
        "rows": rows,
        "moves": [plan] if may_run else [],
        "tabs": tabs_of(request.user, call, "panels"),
        "breadcrumbs": crumbs(call, _("Panel")),
    }
    return render(request, "review/panels.html", context)


@reads_and_writes
@idempotent
def panel_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    only_if(may_run_panel(request.user, call))
    board = board_of(request.user, call)

    def act(values: dict[str, Any]) -> Panel:
        order = [row.proposal for row in in_order(board, "rank")]
        return plan_panel(call=call, by=request.user, order=order, **values)

    return answer_form(
        request,
        form=PanelForm(posted(request), initial={"bands": "A, B, C"}),
        act=act,
        back=address("panels", public_id),
        goes_to=lambda panel: address("panel", panel.public_id),
        heading=_("Plan a meeting"),
        lead=_(
            "Every eligible proposal stands on the agenda, in the order of the ranking as you see it now."
        ),
        submit=_("Plan the meeting"),
        success=_("The meeting is planned."),
        breadcrumbs=crumbs(call, _("Plan a meeting")),
        template="review/panel_form.html",
        shows=lambda: {"unread": unread_notice(board)},
    )


@reads
def panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """The board. htmx asks again every three seconds with what it has (`seen`), and gets the rows only once they differ."""
    found = panel_or_404(request, public_id)
    is_open = found.state == PanelState.OPEN
    may_run = may_run_panel(request.user, found.call)
    members = list(found.members.select_related("person", "agency").order_by("agency__short_name", "id"))
    board = board_of(request.user, found.call)
    scores = scores_of(found, board)
    rows = rows_of(request.user, found, members, may_change=may_run and is_open, board=board)
    for row in rows:
        row["scores"] = scores.rows.get(row["item"].proposal_id, {})
        row["holds"].append([row["scores"].get(name) for name in ("adjusted", "interval", "means")])
    seen = fingerprint({"rows": [row["holds"] for row in rows], "open": is_open})
    context = {
        "rows": rows,
        "has_scores": bool(scores.rows),
        "scores_note": scores.note,
        "statistics_url": address("statistics", found.call.public_id),
        "has_bands": bool(found.bands),
        "has_votes": found.has_votes,
        "may_change": may_run and is_open,
        "poll_url": address("panel", public_id),
        "seen": seen,
        "places": found.places,
    }
    if wants_part(request):
        if request.GET.get("seen") == seen:
            return HttpResponse(status=UNCHANGED)
        return render(request, "review/panel_rows.html", context)
    unread = _unread(found, board, rows)
    context |= {
        "panel": found,
        "unread": unread,
        "reopened": reopened_words(found.call, [row.proposal for row in board.rows]),
        "state": label_of_field(found, "state"),
        "facts": facts_of_panel(found),
        "members": [
            {
                "member": one,
                "role": label_of_field(one, "role"),
                "attendance": label_of_field(one, "attendance"),
                "url": address("panel_member", one.public_id) if may_run and is_open else "",
            }
            for one in members
        ],
        "moves": _moves(found, may_run=may_run, is_open=is_open, unread=unread),
        "tabs": tabs_of(request.user, found.call, "panels"),
        "breadcrumbs": crumbs(found.call, found.title),
    }
    return render(request, "review/panel.html", context)


def _unread(found: Panel, board: Board, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    places = {row["item"].proposal_id: row["rank"] for row in rows}
    return unread_notice(board, places=places, line=found.places, among=places)


def _moves(found: Panel, *, may_run: bool, is_open: bool, unread: dict[str, Any]) -> list[Move]:
    if not may_run:
        return []
    key = found.public_id
    minutes = [
        Move(_("Minutes as PDF"), address("panel_pdf", key)),
        Move(_("Minutes as Word"), address("panel_docx", key)),
    ]
    if not is_open:
        return [*minutes, Move(_("Open it again"), address("panel_reopen", key))]
    sure = _("The minutes are final, and nothing can be changed any more unless the meeting is opened again.")
    if unread:
        sure = f"{unread['title']}: {', '.join(unread['numbers'])}. {sure}"
    return [
        Move(_("Add a person"), address("panel_seat", key)),
        Move(_("Change the meeting"), address("panel_change", key)),
        *minutes,
        Move(_("Close the meeting"), address("panel_close", key), "post", tone="primary", confirm=sure),
    ]


@reads_and_writes
@idempotent
def panel_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = to_run(request, public_id)
    return answer_form(
        request,
        **editing(request, found, lambda data: PanelForm(data, initial=held(found, FIELDS))),
        act=lambda values: change_panel(panel=found, by=request.user, **values),
        back=address("panel", public_id),
        heading=_("Change the meeting"),
        submit=_("Save"),
        success=_("The meeting is changed."),
        breadcrumbs=crumbs(found.call, _("Change the meeting")),
        template="review/panel_form.html",
        shows=lambda: {"unread": unread_notice(board_of(request.user, found.call))},
    )


def _people(request: HttpRequest, call: Call) -> QuerySet[Person]:
    """The reviewers of the reader's side, and the officers of the call's agencies."""
    own = reviewers_visible_to(request.user).filter(call=call).order_by().values("person")
    return (Person.objects.filter(pk__in=own) | officers_of(call)).distinct().order_by("id")


@reads_and_writes
@idempotent
def panel_seat(request: HttpRequest, public_id: str) -> HttpResponse:
    found = to_run(request, public_id)
    agencies = Organisation.objects.filter(pk__in=participation(found.call)).order_by("short_name")
    return answer_form(
        request,
        form=SeatForm(posted(request), people=_people(request, found.call), agencies=agencies),
        act=lambda values: seat_member(panel=found, by=request.user, **values),
        back=address("panel", public_id),
        heading=_("Add a person"),
        lead=_("Reviewers of your own side, and officers of the agencies. One person sits for one agency."),
        submit=_("Add to the panel"),
        success=_("The person is on the panel."),
        breadcrumbs=crumbs(found.call, _("Add a person")),
    )


@reads_and_writes
@idempotent
def panel_member(request: HttpRequest, public_id: str) -> HttpResponse:
    seats = PanelMember.objects.filter(panel__in=panels_visible_to(request.user).order_by().values("pk"))
    member = get_object_or_404(
        seats.select_related("person", "agency", "panel__call__programme"), public_id=public_id
    )
    call = call_or_404(request, member.panel.call.public_id)
    only_if(may_run_panel(request.user, call))
    remove = Move(
        _("Take off the panel"),
        address("panel_unseat", public_id),
        "post",
        tone="danger",
        confirm=_("What was recorded of this person, votes included, is taken back."),
    )
    return answer_form(
        request,
        form=MemberForm(posted(request), initial={"role": member.role, "attendance": member.attendance}),
        act=lambda values: change_member(member=member, by=request.user, **values),
        back=address("panel", member.panel.public_id),
        heading=member.person.name,
        submit=_("Save"),
        success=_("Saved."),
        moves=[remove],
        breadcrumbs=crumbs(call, member.person.name),
    )


@writes
@idempotent
def panel_unseat(request: HttpRequest, public_id: str) -> HttpResponse:
    seats = PanelMember.objects.filter(panel__in=panels_visible_to(request.user).order_by().values("pk"))
    member = get_object_or_404(seats.select_related("panel", "agency", "person"), public_id=public_id)
    unseat_member(member=member, by=request.user)
    messages.success(request, _("The person has left the panel."))
    return redirect("review:panel", public_id=member.panel.public_id)


@writes
@idempotent
def panel_close(request: HttpRequest, public_id: str) -> HttpResponse:
    close_panel(panel=panel_or_404(request, public_id), by=request.user)
    messages.success(request, _("The meeting is closed and its minutes are final."))
    return redirect("review:panel", public_id=public_id)


@reads_and_writes
@idempotent
def panel_reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    found = to_run(request, public_id)
    return answer_form(
        request,
        form=ReasonForm(posted(request)),
        act=lambda values: reopen_panel(panel=found, by=request.user, **values),
        back=address("panel", public_id),
        heading=_("Open it again"),
        submit=_("Open it again"),
        success=_("The meeting is open again."),
        breadcrumbs=crumbs(found.call, _("Open it again")),
    )
