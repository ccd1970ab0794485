"""A call's support types and documents, and its copy for the next year."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files import show
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from program.actions.call_changes import is_announced
from program.actions.call_copies import copy_call
from program.actions.call_extras import (
    add_document,
    add_support_type,
    change_support_type,
    remove_document,
    remove_support_type,
)
from program.enums import CallState
from program.forms.call_parts import CallDocumentForm, CopyForm, SupportTypeForm
from program.forms.calls import initial_of
from program.models import Call, CallDocument, SupportType
from program.permissions import may_change_call
from program.queries import calls_visible_to
from program.views.answering import answer_form, carried_out, editing, only_if, posted, trail
from program.views.calls import address, home, led_call
from program.views.preparation import back_from, steps_to
from program.views.taking_away import take_away_page
from program.wording import support_type_in_words


def _page(request: HttpRequest, call: Call, **context: Any) -> HttpResponse:
    return render(
        request,
        "program/call_extras.html",
        {
            "call": call,
            "back": back_from(call),
            "breadcrumbs": steps_to(call, context["heading"]),
            **context,
        },
    )


@reads_and_writes
@idempotent
def call_support_types(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state == CallState.DRAFT)
    form = SupportTypeForm(
        posted(request), initial={"min_years": found.min_years, "max_years": found.max_years}
    )
    done, _made = carried_out(
        request,
        form,
        lambda values: add_support_type(call=found, by=request.user, **values),
        _("The support type was added."),
    )
    if done:
        return redirect(request.path)
    return _page(
        request,
        found,
        heading=_("Support types"),
        lead=_(
            "Kinds of support that the call offers. Where there are any, every applicant chooses one, whose years and caps then hold beside those of the call."
        ),
        form=form,
        form_heading=_("Add a support type"),
        rows=[
            {
                "url": reverse("program:support_type", args=[one.public_id]),
                "title": localized(one, "title"),
                "facts": support_type_in_words(one),
                "moves": [
                    Move(_("Set its caps"), address(found, "call_caps")),
                    Move(
                        _("Take away"), reverse("program:support_type_remove", args=[one.public_id]), "post"
                    ),
                ],
            }
            for one in found.support_types.all()
        ],
    )


def _led(request: HttpRequest, model: Any, public_id: str) -> Any:
    """A part of a call, for an officer of its lead agency; nothing for others."""
    part = get_object_or_404(
        model.objects.select_related("call__programme").filter(call__in=calls_visible_to(request.user)),
        public_id=public_id,
    )
    only_if(may_change_call(request.user, part.call))
    return part


@reads_and_writes
def support_type(request: HttpRequest, public_id: str) -> HttpResponse:
    one = _led(request, SupportType, public_id)
    only_if(one.call.state == CallState.DRAFT)
    return answer_form(
        request,
        **editing(
            request,
            one,
            lambda data: SupportTypeForm(data, initial=initial_of(one, SupportTypeForm)),
            locked_out=["key"],
        ),
        act=lambda values: change_support_type(support_type=one, by=request.user, **values),
        back=address(one.call, "call_support_types"),
        heading=_("Change a support type"),
        lead=localized(one, "title"),
        submit=_("Save"),
        success=_("The support type was saved."),
        breadcrumbs=steps_to(one.call, localized(one, "title")),
    )


@writes
def support_type_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    one = _led(request, SupportType, public_id)
    remove_support_type(support_type=one, by=request.user)
    messages.success(request, _("The support type was taken away."))
    return redirect(address(one.call, "call_support_types"))


@reads_and_writes
@idempotent
def call_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    only_if(found.state not in (CallState.DECIDED, CallState.CANCELLED))
    form = CallDocumentForm(posted(request), request.FILES or None, is_announced=is_announced(found))

    def act(values: dict[str, Any]) -> CallDocument:
        upload = values.pop("file")
        return add_document(call=found, by=request.user, upload=upload, **values)

    done, _made = carried_out(request, form, act, _("The document was added."))
    if done:
        return redirect(request.path)
    return _page(
        request,
        found,
        heading=_("Documents"),
        lead=_(
            "Files that everybody who sees the call may fetch: guidelines, templates, an agency’s own notice."
        ),
        form=form,
        form_heading=_("Add a document"),
        rows=[
            {
                "url": reverse("program:call_document", args=[one.public_id]),
                "title": localized(one, "title"),
                "facts": [one.file.name],
                "moves": [
                    Move(
                        _("Take away"),
                        reverse("program:call_document_remove", args=[one.public_id]),
                        "get" if is_announced(found) else "post",
                    )
                ],
            }
            for one in found.documents.select_related("file")
        ],
    )


@login_not_required
@reads
def call_document(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """A document of a call, for everybody who sees the call."""
    document = get_object_or_404(
        CallDocument.objects.select_related("file").filter(call__in=calls_visible_to(request.user)),
        public_id=public_id,
    )
    return show(request, document.file)


@reads_and_writes
def call_document_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    document = _led(request, CallDocument, public_id)
    return take_away_page(
        request,
        document.call,
        act=lambda values: remove_document(document=document, by=request.user, **values),
        back="call_documents",
        heading=_("Take away a document"),
        lead=localized(document, "title"),
        success=_("The document was taken away."),
    )


@reads_and_writes
@idempotent
def call_copy(request: HttpRequest, public_id: str) -> HttpResponse:
    found = led_call(request, public_id)
    heading = _("Copy for the next year")
    return answer_form(
        request,
        form=CopyForm(posted(request), initial={"title_ja": found.title_ja, "title_en": found.title_en}),
        act=lambda values: copy_call(call=found, by=request.user, **values),
        back=address(found),
        goes_to=lambda call: address(call, "call_preparation"),
        heading=heading,
        lead=_(
            "Designations, agencies, caps, support types, documents, form and criteria are copied; every date is a year later, 29 February becoming the 28th. The agencies take part from today, without an end."
        ),
        submit=heading,
        success=_("The call was copied. Look through its dates, and see below what it still lacks."),
        breadcrumbs=trail(home(), (localized(found, "title"), address(found)), (heading, "")),
    )
