"""The fields of a section of a call's form: added, changed, taken out, moved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from program.actions import calls as actions
from program.enums import FieldKind
from program.forms.call_forms import FieldForm, options_as_text
from program.views.answering import posted
from program.views.call_forms import (
    Plain,
    answer,
    changeable,
    editing_part,
    index_of,
    moved,
    refuse_stale_part,
    removal,
    without_or_with,
)
from program.views.calls import address


def _changed(sections: Plain, index: int, fields: Plain) -> Plain:
    return without_or_with(sections, index, {**sections[index], "fields": fields})


@reads_and_writes
@idempotent
def call_field_add(request: HttpRequest, public_id: str, key: str, kind: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)
    if kind not in {known.value for known in FieldKind}:
        raise Http404
    form = FieldForm(posted(request), kind=FieldKind(kind))
    return answer(
        request,
        found,
        form=form,
        act=lambda values: actions.set_form(
            call=found,
            by=request.user,
            sections=_changed(sections, index, [*sections[index]["fields"], form.values()]),
        ),
        heading=_("Add a field: %(kind)s") % {"kind": label(FieldKind(kind))},
    )


@reads_and_writes
@idempotent
def call_field(request: HttpRequest, public_id: str, key: str, field: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)
    fields: Plain = sections[index]["fields"]
    place = index_of(fields, field)
    was = fields[place]

    def make(data: Any) -> FieldForm:
        form = FieldForm(
            data,
            kind=FieldKind(was["kind"]),
            initial={**was, "options": options_as_text(was["options"])},
        )
        del form.fields["key"]
        return form

    edited = editing_part(request, was, make)

    def act(values: dict[str, Any]) -> Any:
        refuse_stale_part(request, found, was, values)
        kept = without_or_with(fields, place, {**was, **edited["form"].values()})
        return actions.set_form(call=found, by=request.user, sections=_changed(sections, index, kept))

    return answer(
        request,
        found,
        **edited,
        act=act,
        heading=_("Change a field: %(kind)s") % {"kind": label(FieldKind(was["kind"]))},
        moves=removal("call_field_remove", public_id, key, field),
    )


@writes
@idempotent
def call_field_remove(request: HttpRequest, public_id: str, key: str, field: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)
    fields: Plain = sections[index]["fields"]
    kept = without_or_with(fields, index_of(fields, field))
    actions.set_form(call=found, by=request.user, sections=_changed(sections, index, kept))
    messages.success(request, _("The field was taken out."))
    return redirect(address(found, "call_form"))


@writes
@idempotent
def call_field_move(request: HttpRequest, public_id: str, key: str, field: str, where: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)
    fields: Plain = sections[index]["fields"]
    ordered = moved(fields, index_of(fields, field), where)
    actions.set_form(call=found, by=request.user, sections=_changed(sections, index, ordered))
    return redirect(f"{address(found, 'call_form')}#section-{key}")
