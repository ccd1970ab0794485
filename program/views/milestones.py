"""A call's dates: set by the lead agency, and fetched by everybody as a calendar file."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from program.actions.call_changes import is_announced
from program.actions.call_dates import remove_milestone, set_milestone
from program.calendar import calendar_of, dates_in_words, dates_of, warnings_with
from program.enums import CallState, MilestoneKind
from program.forms.call_parts import MilestoneForm
from program.models import Call, Milestone
from program.permissions import may_change_call
from program.queries import calls_visible_to
from program.rules.milestones import Event
from program.views.answering import carried_out, only_if, posted
from program.views.calls import led_call
from program.views.preparation import back_from, steps_to
from program.views.taking_away import take_away_page


@reads_and_writes
@idempotent
def call_milestones(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state not in (CallState.DECIDED, CallState.CANCELLED))
    form = MilestoneForm(
        posted(request), is_announced=is_announced(found), warn=lambda values: _to_look_at(found, values)
    )
    done, _made = carried_out(
        request,
        form,
        lambda values: set_milestone(call=found, by=request.user, **values),
        _("The milestone was set."),
    )
    if done:
        return redirect(request.path)
    heading = _("Milestones")
    rows = dates_in_words(found, dates_of(found), warn=True)
    context = {
        "call": found,
        "form": form,
        "heading": heading,
        "rows": [{**row, "moves": _moves(row["date"].milestone, found)} for row in rows],
        "back": back_from(found),
        "breadcrumbs": steps_to(found, heading),
    }
    return render(request, "program/call_milestones.html", context)


def _to_look_at(call: Call, values: dict[str, Any]) -> dict[str, list[str]]:
    """What stands against a milestone of an announced call: asked before it is told to everybody."""
    starts_on, at, ends_on = values["starts_on"], values.get("at"), values.get("ends_on")
    instant = dt.datetime.combine(starts_on, at, ZoneInfo(call.programme.zone)) if at else None
    warnings = warnings_with(call, Event(MilestoneKind(values["kind"]), starts_on, ends_on, instant))
    return {"starts_on": warnings} if warnings else {}


def _moves(milestone: Milestone | None, call: Call) -> list[Move]:
    if milestone is None:
        return []
    url = reverse("program:milestone_remove", args=[milestone.public_id])
    return [Move(_("Take away"), url, "get" if is_announced(call) else "post")]


@reads_and_writes
def milestone_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    milestone = get_object_or_404(
        Milestone.objects.select_related("call__programme").filter(call__in=calls_visible_to(request.user)),
        public_id=public_id,
    )
    only_if(may_change_call(request.user, milestone.call))
    return take_away_page(
        request,
        milestone.call,
        act=lambda values: remove_milestone(milestone=milestone, by=request.user, **values),
        back="call_milestones",
        heading=_("Take away a milestone"),
        lead=label_of_field(milestone, "kind"),
        success=_("The milestone was taken away."),
    )


@login_not_required
@reads
def call_calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """The call's dates for a calendar programme (RFC 5545)."""
    found: Any = get_object_or_404(calls_visible_to(request.user), public_id=public_id)
    response = HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.code}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
