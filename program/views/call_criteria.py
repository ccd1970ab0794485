"""The criteria of a call's form: added, changed, ordered, taken out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes, writes
from program.actions import calls as actions
from program.forms.call_forms import CriterionForm, steps_as_text
from program.views.answering import posted
from program.views.call_forms import (
    answer,
    at,
    changeable,
    editing_part,
    moved,
    refuse_stale_part,
    removal,
    without_or_with,
)
from program.views.calls import address


def _as_criterion(values: dict[str, Any]) -> dict[str, Any]:
    """A criterion form's values with the words of both languages brought together by step."""
    japanese, english = values.pop("anchors_ja"), values.pop("anchors_en")
    steps = sorted({*japanese, *english}, key=int)
    anchors = {
        step: {code: words[step] for code, words in (("ja", japanese), ("en", english)) if step in words}
        for step in steps
    }
    return {**values, "anchors": anchors}


@reads_and_writes
@idempotent
def call_criterion_add(request: HttpRequest, public_id: str) -> HttpResponse:
    found, _sections, criteria = changeable(request, public_id)
    return answer(
        request,
        found,
        form=CriterionForm(posted(request)),
        act=lambda values: actions.set_form(
            call=found, by=request.user, criteria=[*criteria, _as_criterion(dict(values))]
        ),
        heading=_("Add a criterion"),
    )


@reads_and_writes
@idempotent
def call_criterion(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    found, _sections, criteria = changeable(request, public_id)
    index = at(criteria, position - 1)
    anchors = criteria[index]["anchors"]
    initial = {
        **criteria[index],
        "anchors_ja": steps_as_text(anchors, "ja"),
        "anchors_en": steps_as_text(anchors, "en"),
    }

    def act(values: dict[str, Any]) -> Any:
        refuse_stale_part(request, found, criteria[index], values)
        changed = without_or_with(criteria, index, _as_criterion(dict(values)))
        return actions.set_form(call=found, by=request.user, criteria=changed)

    return answer(
        request,
        found,
        **editing_part(request, criteria[index], lambda data: CriterionForm(data, initial=initial)),
        act=act,
        heading=_("Change a criterion"),
        moves=removal("call_criterion_remove", public_id, position),
    )


@writes
@idempotent
def call_criterion_remove(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    found, _sections, criteria = changeable(request, public_id)
    index = at(criteria, position - 1)
    actions.set_form(call=found, by=request.user, criteria=without_or_with(criteria, index))
    messages.success(request, _("The criterion was taken out."))
    return redirect(address(found, "call_form"))


@writes
@idempotent
def call_criterion_move(request: HttpRequest, public_id: str, position: int, where: str) -> HttpResponse:
    found, _sections, criteria = changeable(request, public_id)
    ordered = moved(criteria, at(criteria, position - 1), where)
    actions.set_form(call=found, by=request.user, criteria=ordered)
    return redirect(f"{address(found, 'call_form')}#criteria")
