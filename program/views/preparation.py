"""Preparing a call: what it still lacks before it can open, and its parts one by one."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import now, today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import Violation, sentence
from program.actions import calls as actions
from program.contributions import trial_pages
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
from program.plan import opening_plan
from program.queries import (
    calls_visible_to,
    designation_name,
    designations_visible_to,
)
from program.rules.opening import opening_violations, too_early_or_late
from program.views.answering import answer_form, carried_out, only_if, posted, trail
from program.views.calls import address, home, led_call, own_moves
from program.wording import cap_in_words

STEPS = (
    ("call_change", ("mode", "max_years", "min_years", "deadline_at", "opens_at", "summary")),
    ("call_designations", ("designations",)),
    ("call_agencies", ("agencies",)),
    ("call_caps", ("caps",)),
    ("call_support_types", ("support_types",)),
    ("call_milestones", ("milestones",)),
    ("call_documents", ("documents",)),
    ("call_form", ("form",)),
)


def titles() -> dict[str, str]:
    return {
        "call_change": _("Title, mode, dates and years"),
        "call_designations": _("Designations"),
        "call_agencies": _("Agencies"),
        "call_caps": _("Caps"),
        "call_support_types": _("Support types"),
        "call_milestones": _("Milestones"),
        "call_documents": _("Documents"),
        "call_form": _("Form and criteria"),
    }


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
    zone = found.programme.zone
    opening_day = found.opens_at.astimezone(ZoneInfo(zone)).date()
    plan = opening_plan(found, max(today(zone), opening_day))
    lacks = opening_violations(plan)
    waits = too_early_or_late(plan, now())
    moves = [m for m in own_moves(found) if m.url != address(found, "call_preparation")]
    if not lacks and waits is None:
        confirm = _("The form and the caps are fixed from then on, and proposals can be written.")
        moves.insert(0, Move(_("Open the call"), address(found, "call_open"), "post", "primary", confirm))
    context = {
        "call": found,
        "tasks": [_task(found, name, fields, lacks) for name, fields in STEPS] + _trials(found, lacks),
        "is_ready": not lacks,
        "waits": sentence(waits) if waits else "",
        "day": plan.day,
        "moves": moves,
        "breadcrumbs": trail(home(), (localized(found, "title"), address(found)), (_("Preparation"), "")),
    }
    return render(request, "program/call_preparation.html", context)


def _trials(call: Call, lacks: Sequence[Violation]) -> list[dict[str, str]]:
    """The test of the form, where an app above offers one."""
    own = " ".join(sentence(violation) for violation in lacks if violation.field == "trial")
    return [
        {
            "label": _("Test submission"),
            "url": page(call),
            "hint": own,
            "state_label": _("lacks something") if own else _("complete"),
            "tone": "warning" if own else "success",
        }
        for page in trial_pages
    ]


def _task(call: Call, name: str, fields: Sequence[str], lacks: Sequence[Violation]) -> dict[str, str]:
    own = [sentence(violation) for violation in lacks if violation.field in fields]
    return {
        "label": titles()[name],
        "url": address(call, name),
        "hint": " ".join(own),
        "state_label": _("lacks something") if own else _("complete"),
        "tone": "warning" if own else "success",
    }


@reads_and_writes
def call_change(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state in (CallState.DRAFT, CallState.OPEN))
    kind = CallForm if found.state == CallState.DRAFT else CallWordsForm
    heading = titles()["call_change"] if found.state == CallState.DRAFT else _("Change the call")
    return answer_form(
        request,
        form=kind(posted(request), initial=initial_of(found, kind)),
        act=lambda values: actions.change_call(call=found, by=request.user, **values),
        back=back_from(found),
        heading=heading,
        lead=localized(found, "title"),
        submit=_("Save"),
        success=_("The call was saved."),
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
        programme=found.programme_id, state__in=[DesignationState.DECIDED, DesignationState.SUSPENDED]
    )
    form = CallDesignationForm(
        posted(request),
        designations=offered.exclude(pk__in=[d.pk for d in chosen]),
        names=designation_name,
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
    return part_page(
        request,
        found,
        template="program/call_caps.html",
        heading=titles()["call_caps"],
        form=CapForm(posted(request)),
        act=lambda values: actions.set_cap(call=found, by=request.user, **values),
        success=_("The cap was set."),
        rows=[
            {
                "words": cap_in_words(cap),
                "moves": [
                    Move(_("Take away"), reverse("program:call_cap_remove", args=[cap.public_id]), "post")
                ],
            }
            for cap in found.caps.select_related("rate").order_by("id")
        ],
    )


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
