"""The agencies' agreement to a call before it opens."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from kernel.files import respond
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.enums import CallState
from program.forms.call_parts import AgreementForm
from program.models import CallAgency, CallAgreement
from program.permissions import agency_seats, may_agree_for, may_confirm_on_behalf
from program.queries import calls_visible_to
from program.views.answering import answer_form, only_if, posted, trail
from program.views.calls import address, home


@reads_and_writes
@idempotent
def call_agreement(request: HttpRequest, public_id: str) -> HttpResponse:
    """An agency agrees to the call as it stands; for one that does not sign in its letter is recorded."""
    part = get_object_or_404(
        CallAgency.objects.select_related("call__programme", "call__lead_agency", "agency").filter(
            call__in=calls_visible_to(request.user)
        ),
        public_id=public_id,
    )
    only_if(part.call.state == CallState.DRAFT and may_agree_for(request.user, part))
    form: forms.Form = (
        forms.Form(posted(request))
        if part.signs_in
        else AgreementForm(posted(request), request.FILES or None)
    )
    heading = (
        _("Agree to the call for %(agency)s")
        if part.signs_in
        else _("Record that %(agency)s agrees to the call")
    ) % {"agency": part.agency.short_name}
    call = part.call
    return answer_form(
        request,
        form=form,
        act=lambda values: agree_to_call(part=part, by=request.user, **values),
        back=address(call),
        heading=heading,
        lead=_(
            "This speaks of the call as its page shows it now: mode, dates, years, designations, agencies, caps, support types, form and criteria. A later change asks for it again."
        ),
        submit=_("Agree") if part.signs_in else _("Record"),
        success=_("The agreement was recorded.")
        if part.signs_in
        else _("The agreement was recorded. It counts once a second officer has confirmed it."),
        breadcrumbs=trail(home(), (localized(call, "title"), address(call)), (heading, "")),
    )


def _agreement(request: HttpRequest, public_id: str) -> CallAgreement:
    return get_object_or_404(
        CallAgreement.objects.select_related("part__call__programme", "letter").filter(
            part__call__in=calls_visible_to(request.user)
        ),
        public_id=public_id,
    )


@writes
def agreement_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    agreement = _agreement(request, public_id)
    call = agreement.part.call
    only_if(may_confirm_on_behalf(request.user, call, agreement))
    confirm_agreement(agreement=agreement, by=request.user)
    messages.success(request, _("The agreement was confirmed."))
    return redirect(address(call))


@reads
def agreement_letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter, for the officers of the lead agency and of the agency for which it speaks."""
    agreement = _agreement(request, public_id)
    call: Any = agreement.part.call
    seats = agency_seats(request.user, call)
    if agreement.letter is None or not {call.lead_agency_id, agreement.part.agency_id} & seats:
        raise Http404
    return respond(agreement.letter)
