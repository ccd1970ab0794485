"""Preparing a call: what it still lacks before it can open, and its parts one by one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import now, today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.templatetags.kernel import plain_instant
from kernel.violations import RuleBroken, Violation, sentence
from program.actions import calls as actions
from program.calendar import deadlines_in_doubt, moved_warnings
from program.enums import CallState, DesignationState
from program.forms.calls import (
    CallDesignationForm,
    CallForm,
    CallWordsForm,
    CapForm,
    initial_of,
)
from program.models import Call, CallCap
from program.permissions import may_change_call
from program.plan import cap_warnings, opening_day_of, opening_plan
from program.queries import (
    calls_visible_to,
    designation_name,
    designations_visible_to,
)
from program.rules.opening import opening_violations, opening_warnings, too_early_or_late
from program.views.answering import answer_form, carried_out, editing, only_if, posted, trail
from program.views.calls import address, home, led_call, own_moves
from program.views.preparation_steps import tasks_of, titles
from program.wording import cap_in_words, designation_with_dates


def steps_to(call: Call, heading: str) -> list[dict[str, Any]]:
    """The way back up from one part of the preparation."""
    middle = [(_("Preparation"), address(call, "call_preparation"))] if call.state == CallState.DRAFT else []
    return trail(home(), (localized(call, "title"), address(call)), *middle, (heading, ""))


def back_from(call: Call) -> str:
    return address(call, "call_preparation" if call.state == CallState.DRAFT else "call")


@reads
def call_preparation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state == CallState.DRAFT)
    plan = opening_plan(found, opening_day_of(found))
    lacks = opening_violations(plan)
    waits = too_early_or_late(plan, now())
    moves = [m for m in own_moves(found) if m.url != address(found, "call_preparation")]
    if not lacks and waits is None:
        confirm = _("The form and the caps are fixed from then on, and proposals can be written.")
        moves.insert(0, Move(_("Open the call"), address(found, "call_open"), "post", "primary", confirm))
    tasks = tasks_of(found, lacks, opening_warnings(plan))
    context = {
        "call": found,
        "heading": _("Preparation"),
        "tasks": tasks,
        "next": next((task for task in tasks if task["lacks"]), None),
        "left": sum(task["lacks"] for task in tasks),
        "is_ready": not lacks,
        "waits": _waits(found, waits),
        "day": plan.day,
        "moves": moves,
        "breadcrumbs": trail(home(), (localized(found, "title"), address(found)), (_("Preparation"), "")),
    }
    return render(request, "program/call_preparation.html", context)


def _waits(call: Call, waits: Violation | None) -> str:
    """What a complete call waits for: its opening, which comes by itself, or another deadline."""
    if waits is None:
        return _("The call opens by itself within a minute; it can be opened at once too.")
    if now() < call.opens_at:
        return _("The call opens by itself at %(at)s.") % {"at": plain_instant(call.opens_at)}
    return sentence(waits)


@reads_and_writes
def call_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state in (CallState.DRAFT, CallState.OPEN))
    is_draft = found.state == CallState.DRAFT
    kind = CallForm if is_draft else CallWordsForm
    heading = titles()["call_change"] if is_draft else _("Change the call")

    def make(data: Any) -> forms.BaseForm:
        made: forms.BaseForm = kind(
            data,
            initial=initial_of(found, kind),
            is_announced=not is_draft,
            has_notice=is_draft or found.notice_deadline_at is not None,
            warn=lambda values: moved_warnings(found, values),
            refuse=lambda values: actions.moved_violations(found, values),
        )
        return made

    def act(values: dict[str, Any]) -> Call:
        changed = actions.change_call(call=found, by=request.user, **values)
        if is_draft:
            # It can be set again at once, and nobody has read it: it is saved and pointed out.
            for warning in deadlines_in_doubt(changed):
                messages.warning(request, warning)
        return changed

    return answer_form(
        request,
        **editing(request, found, make),
        act=act,
        back=back_from(found),
        heading=heading,
        lead=localized(found, "title")
        if is_draft
        else _("The call is announced: what is changed is published with its reason, before and after."),
        submit=_("Save"),
        success=_("The call was saved.")
        if is_draft
        else _("The call was saved. Applicants and agencies are told of what was changed."),
        breadcrumbs=steps_to(found, heading),
    )


def part_page(
    request: HttpRequest,
    call: Call,
    *,
    template: str,
    heading: str,
    form: Any,
    act: Any,
    success: str,
    **context: Any,
) -> HttpResponse:
    """A page that shows one part of the call and asks the form that adds to it."""
    done, _made = carried_out(request, form, act, success)
    if done:
        return redirect(request.path)
    return render(
        request,
        template,
        {
            "call": call,
            "form": form,
            "heading": heading,
            "back": back_from(call),
            "breadcrumbs": steps_to(call, heading),
            **context,
        },
    )


@reads_and_writes
@idempotent
def call_designations(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state == CallState.DRAFT)
    chosen = [
        link.designation
        for link in found.call_designations.select_related(
            "designation__field", "designation__country", "designation__group"
        ).order_by("id")
    ]
    offered = designations_visible_to(request.user).filter(
        Q(valid_until=None) | Q(valid_until__gte=today(found.programme.zone)),
        programme=found.programme_id,
        state__in=[DesignationState.DECIDED, DesignationState.SUSPENDED],
    )
    form = CallDesignationForm(
        posted(request),
        designations=offered.exclude(pk__in=[d.pk for d in chosen]),
        names=designation_with_dates,
    )
    return part_page(
        request,
        found,
        template="program/call_designations.html",
        heading=titles()["call_designations"],
        form=form,
        act=lambda values: actions.add_designation_to_call(call=found, by=request.user, **values),
        success=_("The designation was added."),
        rows=[
            {
                "designation": d,
                "name": designation_name(d),
                "moves": [
                    Move(
                        _("Take out"),
                        reverse("program:call_designation_remove", args=[found.public_id, d.public_id]),
                        "post",
                    )
                ],
            }
            for d in chosen
        ],
    )


@writes
def call_designation_remove(request: HttpRequest, public_id: str, designation_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    designation = get_object_or_404(designations_visible_to(request.user), public_id=designation_id)
    actions.remove_designation_from_call(call=found, designation=designation, by=request.user)
    messages.success(request, _("The designation was taken out."))
    return redirect(address(found, "call_designations"))


@reads_and_writes
@idempotent
def call_caps(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state == CallState.DRAFT)
    form = CapForm(posted(request), support_types=found.support_types.all())
    return part_page(
        request,
        found,
        template="program/call_caps.html",
        heading=titles()["call_caps"],
        form=form,
        act=lambda values: _set_cap(request, form, found, values),
        success=_("The cap was set."),
        rows=[
            {
                "words": cap_in_words(cap),
                "warnings": cap_warnings(cap, opening_day_of(found)),
                "moves": [
                    Move(
                        _("Take away"),
                        reverse("program:call_cap_remove", args=[cap.public_id]),
                        "post",
                        confirm=_("This cap no longer holds then: %(cap)s") % {"cap": cap_in_words(cap)},
                    )
                ],
            }
            for cap in found.caps.select_related("rate", "support_type").order_by("support_type_id", "id")
        ],
    )


def _set_cap(request: HttpRequest, form: CapForm, call: Call, values: dict[str, Any]) -> CallCap:
    """Set a cap, and point out at once what stands against it; one that is there is asked about first."""
    try:
        cap = actions.set_cap(call=call, by=request.user, **values)
    except RuleBroken as broken:
        if any(violation.code == "cap_is_there" for violation in broken.violations):
            form.ask_to_replace()
        raise
    for warning in cap_warnings(cap, opening_day_of(call)):
        messages.warning(request, warning)
    return cap


@writes
def call_cap_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    cap = (
        CallCap.objects.select_related("call")
        .filter(call__in=calls_visible_to(request.user), public_id=public_id)
        .first()
    )
    if cap is None:
        raise Http404
    only_if(may_change_call(request.user, cap.call))
    actions.remove_cap(cap=cap, by=request.user)
    messages.success(request, _("The cap was taken away."))
    return redirect(address(cap.call, "call_caps"))
