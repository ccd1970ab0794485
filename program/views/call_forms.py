"""A call's form and criteria: shown as a whole, changed one section or criterion at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from program.actions import calls as actions
from program.enums import CallState
from program.forms.calls import CriterionForm, SectionForm, steps_as_text
from program.models import Call
from program.queries import form_as_plain, latest_form
from program.views.answering import answer_form, only_if, posted
from program.views.calls import address, led_call
from program.views.preparation import back_from, steps_to
from program.wording import steps_of

Plain = list[dict[str, Any]]


def _changeable(request: HttpRequest, public_id: str) -> tuple[Call, Plain, Plain]:
    """The call and the parts of its newest form, where it may still be changed."""
    found = led_call(request, public_id)
    only_if(found.state in (CallState.DRAFT, CallState.OPEN))
    version = latest_form(found)
    sections, criteria = form_as_plain(version) if version else ([], [])
    return found, sections, criteria


@reads
def call_form(request: HttpRequest, public_id: str) -> HttpResponse:
    found, _sections, _criteria = _changeable(request, public_id)
    version = latest_form(found)
    key = found.public_id
    heading = _("Form and criteria")
    context = {
        "call": found,
        "heading": heading,
        "is_open": found.state == CallState.OPEN,
        "number": version.number if version else 0,
        "sections": [
            {"section": section, "url": reverse("program:call_section", args=[key, section.key])}
            for section in (version.sections.all() if version else ())
        ],
        "criteria": [
            {
                "criterion": criterion,
                "steps": steps_of(criterion),
                "url": reverse("program:call_criterion", args=[key, criterion.position]),
            }
            for criterion in (version.criteria.all() if version else ())
        ],
        "moves": [
            Move(_("Add a section"), reverse("program:call_section_add", args=[key])),
            Move(_("Add a criterion"), reverse("program:call_criterion_add", args=[key])),
        ],
        "back": back_from(found),
        "breadcrumbs": steps_to(found, heading),
    }
    return render(request, "program/call_form.html", context)


def _answer(request: HttpRequest, call: Call, **how: Any) -> HttpResponse:
    lead = (
        _("The call is open: this makes a new version. What is already written keeps its own.")
        if call.state == CallState.OPEN
        else localized(call, "title")
    )
    return answer_form(
        request,
        back=address(call, "call_form"),
        lead=lead,
        submit=_("Save"),
        success=_("The form was saved."),
        breadcrumbs=steps_to(call, how["heading"]),
        **how,
    )


def _removal(route: str, *key: Any) -> list[Move]:
    url = reverse(f"program:{route}", args=key)
    return [Move(_("Take it out"), url, "post", "danger", _("Take this out of the form?"))]


@reads_and_writes
@idempotent
def call_section_add(request: HttpRequest, public_id: str) -> HttpResponse:
    found, sections, _criteria = _changeable(request, public_id)
    return _answer(
        request,
        found,
        form=SectionForm(posted(request)),
        act=lambda values: actions.set_form(call=found, by=request.user, sections=[*sections, values]),
        heading=_("Add a section"),
    )


def _at(parts: Plain, index: int | None) -> int:
    if index is None or not 0 <= index < len(parts):
        raise Http404
    return index


def _with(parts: Plain, index: int, *values: dict[str, Any]) -> Plain:
    return [*parts[:index], *values, *parts[index + 1 :]]


def _section_index(sections: Plain, key: str) -> int:
    return _at(sections, next((i for i, section in enumerate(sections) if section["key"] == key), None))


@reads_and_writes
@idempotent
def call_section(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    found, sections, _criteria = _changeable(request, public_id)
    index = _section_index(sections, key)
    form = SectionForm(posted(request), initial=sections[index])
    del form.fields["key"]
    return _answer(
        request,
        found,
        form=form,
        act=lambda values: actions.set_form(
            call=found, by=request.user, sections=_with(sections, index, {**sections[index], **values})
        ),
        heading=_("Change a section"),
        moves=_removal("call_section_remove", public_id, key),
    )


@writes
@idempotent
def call_section_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    found, sections, _criteria = _changeable(request, public_id)
    index = _section_index(sections, key)
    actions.set_form(call=found, by=request.user, sections=_with(sections, index))
    messages.success(request, _("The section was taken out."))
    return redirect(address(found, "call_form"))


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
    found, _sections, criteria = _changeable(request, public_id)
    return _answer(
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
    found, _sections, criteria = _changeable(request, public_id)
    index = _at(criteria, position - 1)
    anchors = criteria[index]["anchors"]
    initial = {
        **criteria[index],
        "anchors_ja": steps_as_text(anchors, "ja"),
        "anchors_en": steps_as_text(anchors, "en"),
    }
    return _answer(
        request,
        found,
        form=CriterionForm(posted(request), initial=initial),
        act=lambda values: actions.set_form(
            call=found, by=request.user, criteria=_with(criteria, index, _as_criterion(dict(values)))
        ),
        heading=_("Change a criterion"),
        moves=_removal("call_criterion_remove", public_id, position),
    )


@writes
@idempotent
def call_criterion_remove(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    found, _sections, criteria = _changeable(request, public_id)
    index = _at(criteria, position - 1)
    actions.set_form(call=found, by=request.user, criteria=_with(criteria, index))
    messages.success(request, _("The criterion was taken out."))
    return redirect(address(found, "call_form"))
