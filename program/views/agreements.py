"""The agencies' agreement to a call before it opens."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files import show
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import day, plain_instant
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.agreed import changed_since, shown_agreement, shown_state
from program.enums import CallState
from program.forms.call_parts import AgreementForm, ShownForm
from program.models import Call, CallAgency, CallAgreement
from program.permissions import agency_seats, may_agree_for, may_confirm_on_behalf
from program.queries import calls_visible_to
from program.terms import terms_in_words
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
    call = part.call
    kind = ShownForm if part.signs_in else AgreementForm
    form = kind(posted(request), request.FILES or None, initial={"shown": shown_state(call)})
    heading = (
        _("Agree to the call for %(agency)s")
        if part.signs_in
        else _("Record that %(agency)s agrees to the call")
    ) % {"agency": part.agency.short_name}
    return answer_form(
        request,
        form=form,
        act=lambda values: agree_to_call(part=part, by=request.user, **values),
        back=address(call),
        heading=heading,
        lead=_(
            "This speaks of the call as it is shown below: mode, dates, years, designations, agencies, caps, support types, milestones, documents, feedback and objections, form and criteria. A later change of these asks for it again."
        ),
        submit=_("Agree") if part.signs_in else _("Record"),
        success=_("The agreement was recorded.")
        if part.signs_in
        else _("The agreement was recorded. It counts once a second officer has confirmed it."),
        breadcrumbs=trail(home(), (localized(call, "title"), address(call)), (heading, "")),
        template="program/agreement.html",
        shows=lambda: _shown(call, form, getattr(part, "agreement", None)),
    )


def _shown(call: Call, form: ShownForm, earlier: CallAgreement | None) -> dict[str, Any]:
    """The call as it stands, and what of it has changed: since the page was opened that is answered here, or else since
    the agency agreed before. The form carries what is shown now."""
    if form.is_bound:
        changed = changed_since(call, form.data.get("shown", ""))
        note = _("What has changed since you opened this page is marked.") if changed else ""
        form.show_again(shown_state(call))
    elif earlier is not None and earlier.shown:
        changed = changed_since(call, earlier.shown)
        note = (
            _("What has changed since %(at)s, when %(agency)s agreed, is marked.")
            % {"at": plain_instant(earlier.at), "agency": earlier.part.agency.short_name}
            if changed
            else ""
        )
    else:
        changed, note = [], ""
    return {"call": call, "terms": terms_in_words(call, changed), "changed_note": note}


def _agreement(request: HttpRequest, public_id: str) -> CallAgreement:
    return get_object_or_404(
        CallAgreement.objects.select_related("part__call__programme", "letter").filter(
            part__call__in=calls_visible_to(request.user)
        ),
        public_id=public_id,
    )


@reads_and_writes
@idempotent
def agreement_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """A second officer reads what was recorded on an agency's behalf, and confirms it."""
    agreement = _agreement(request, public_id)
    call = agreement.part.call
    only_if(call.state == CallState.DRAFT and may_confirm_on_behalf(request.user, call, agreement))
    form = ShownForm(posted(request), initial={"shown": shown_agreement(agreement)})
    agency = agreement.part.agency.short_name
    heading = _("Confirm the agreement of %(agency)s") % {"agency": agency}

    def shows() -> dict[str, Any]:
        fresh = CallAgreement.objects.select_related("letter", "recorded_by").get(pk=agreement.pk)
        if form.is_bound:
            form.show_again(shown_agreement(fresh))
        return {
            "call": call,
            "terms": terms_in_words(call, changed_since(call, fresh.shown) if fresh.shown else ()),
            "changed_note": "",
            "moves": [Move(_("Letter"), reverse("program:agreement_letter", args=[fresh.public_id]))]
            if fresh.letter_id
            else [],
            "lead": _("Recorded by %(name)s at %(at)s, from the letter of %(agency)s dated %(dated)s.")
            % {
                "name": fresh.recorded_by.name if fresh.recorded_by else "",
                "at": plain_instant(fresh.at),
                "agency": agency,
                "dated": day(fresh.letter_dated),
            },
        }

    return answer_form(
        request,
        form=form,
        act=lambda values: confirm_agreement(agreement=agreement, by=request.user, **values),
        back=address(call),
        heading=heading,
        submit=_("Confirm"),
        success=_("The agreement was confirmed."),
        breadcrumbs=trail(home(), (localized(call, "title"), address(call)), (heading, "")),
        template="program/agreement.html",
        shows=shows,
    )


@reads
def agreement_letter(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The letter, for the officers of the lead agency and of the agency for which it speaks."""
    agreement = _agreement(request, public_id)
    call: Any = agreement.part.call
    seats = agency_seats(request.user, call)
    if agreement.letter is None or not {call.lead_agency_id, agreement.part.agency_id} & seats:
        raise Http404
    return show(request, agreement.letter)
