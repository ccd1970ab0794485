"""The agencies of a call: who takes part, from when to when."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes, writes
from kernel.moves import Move
from program.actions import calls as actions
from program.agreed import call_digest
from program.enums import CallState
from program.forms.calls import CallAgencyForm, EndAgencyForm
from program.models import Call, CallAgency
from program.permissions import agency_seats, may_change_call
from program.queries import calls_visible_to
from program.views.answering import answer_form, only_if, posted
from program.views.calls import address, agreement_moves, led_call
from program.views.preparation import part_page, steps_to
from program.views.preparation_steps import titles


@reads_and_writes
@idempotent
def call_agencies(request: HttpRequest, public_id: str) -> HttpResponse:
    if request.method == "GET" and (other := _taken_part_in(request, public_id)) is not None:
        # An officer of another agency has this address from a colleague: their step is on the call's page.
        return redirect(address(other))
    found = led_call(request, public_id)
    only_if(found.state != CallState.CANCELLED)
    heading = titles()["call_agencies"]
    digest = call_digest(found)
    parts = found.call_agencies.select_related("agency", "agreement").order_by("starts_on", "id")
    return part_page(
        request,
        found,
        template="program/call_agencies.html",
        heading=heading,
        form=CallAgencyForm(posted(request), initial={"starts_on": today(found.programme.zone)}),
        act=lambda values: actions.add_agency_to_call(call=found, by=request.user, **values),
        success=_("The agency was added."),
        rows=[
            {
                "part": part,
                "is_lead": part.agency_id == found.lead_agency_id,
                **_agreement(part, digest),
                "moves": _moves_of_part(request.user, found, part, digest),
            }
            for part in parts
        ],
    )


def _taken_part_in(request: HttpRequest, public_id: str) -> Call | None:
    """The call, where the reader's agency takes part in it and another runs it."""
    call = calls_visible_to(request.user).filter(public_id=public_id).first()
    if call is None or may_change_call(request.user, call) or not agency_seats(request.user, call):
        return None
    return call


def _agreement(part: CallAgency, digest: str) -> dict[str, str]:
    """Whether an agency has agreed, in words, and where its letter is."""
    agreement = getattr(part, "agreement", None)
    if agreement is None:
        return {"agreement": _("not yet"), "letter_url": ""}
    letter = reverse("program:agreement_letter", args=[agreement.public_id]) if agreement.letter_id else ""
    if agreement.digest != digest:
        words = _("to an earlier state of the call")
    else:
        words = _("agreed") if agreement.counts else _("waits for a second officer")
    return {"agreement": words, "letter_url": letter}


def _moves_of_part(user: Any, call: Call, part: CallAgency, digest: str) -> list[Move]:
    key = [part.public_id]
    moves = []
    if call.state == CallState.DRAFT:
        moves += agreement_moves(user, call, part, digest)
        moves.append(Move(_("Take out"), reverse("program:call_agency_remove", args=key), "post"))
    elif part.agency_id != call.lead_agency_id and part.ends_on is None:
        moves.append(Move(_("End its part"), reverse("program:call_agency_end", args=key)))
    return moves


def _led_part(request: HttpRequest, public_id: str) -> CallAgency:
    """An agency's part in a call, for an officer of the agency that leads the call; nothing for others."""
    part = get_object_or_404(
        CallAgency.objects.select_related("call__programme", "agency").filter(
            call__in=calls_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(may_change_call(request.user, part.call))
    return part


@writes
def call_agency_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    part = _led_part(request, public_id)
    actions.remove_agency_from_call(part=part, by=request.user)
    messages.success(request, _("The agency was taken out."))
    return redirect(address(part.call, "call_agencies"))


@reads_and_writes
def call_agency_end(request: HttpRequest, public_id: str) -> HttpResponse:
    part = _led_part(request, public_id)
    heading = _("End an agency’s part")
    return answer_form(
        request,
        form=EndAgencyForm(posted(request)),
        act=lambda values: actions.end_agency(part=part, by=request.user, **values),
        back=address(part.call, "call_agencies"),
        heading=heading,
        lead=localized(part.agency, "name"),
        submit=heading,
        success=_("The agency’s part ends on that day."),
        breadcrumbs=steps_to(part.call, heading),
    )
