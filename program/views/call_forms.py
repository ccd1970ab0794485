"""A call's form: shown as a whole, changed one section, field or criterion at a time, its order by buttons.

Each address names the part in the version that is being prepared; whoever opens the page of a frozen one begins the
next version with the first change.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kernel import audit
from kernel.choices import label
from kernel.forms import carry_revision, make_from, values_shown
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.revisions import fingerprint
from kernel.violations import RuleBroken, stale
from program.actions import calls as actions
from program.contributions import form_moves
from program.enums import CallState, FieldKind
from program.forms.call_forms import SectionForm
from program.models import Call, FormSection
from program.versions import form_as_plain, latest_form, pending_form
from program.views.answering import answer_form, only_if, posted
from program.views.calls import address, led_call
from program.views.preparation import back_from, steps_to
from program.wording import bounds_in_words, steps_of

Plain = list[dict[str, Any]]
UP, DOWN = "up", "down"


def changeable(request: HttpRequest, public_id: str) -> tuple[Call, Plain, Plain]:
    """The call and the parts of its newest form, where it may still be changed."""
    found = led_call(request, public_id)
    only_if(found.state in (CallState.DRAFT, CallState.OPEN))
    version = latest_form(found)
    sections, criteria = form_as_plain(version) if version else ([], [])
    return found, sections, criteria


@reads
def call_form(request: HttpRequest, public_id: str) -> HttpResponse:
    found, _sections, _criteria = changeable(request, public_id)
    version = latest_form(found)
    key = found.public_id
    heading = _("Form and criteria")
    sections = list(version.sections.all()) if version else []
    criteria = list(version.criteria.all()) if version else []
    context = {
        "call": found,
        "heading": heading,
        "is_open": found.state == CallState.OPEN,
        "is_pending": found.state == CallState.OPEN and pending_form(found) is not None,
        "number": version.number if version else 0,
        "sections": [_section_row(found, sections, index) for index in range(len(sections))],
        "criteria": [
            {
                "criterion": criterion,
                "steps": steps_of(criterion),
                "url": reverse("program:call_criterion", args=[key, criterion.position]),
                "moves": _order("call_criterion_move", [key, criterion.position], index, criteria, criterion),
            }
            for index, criterion in enumerate(criteria)
        ],
        "moves": [
            *(
                move
                for contribute in form_moves
                for move in (contribute(request.user, found, version) if version else [])
            ),
            Move(_("Add a section"), reverse("program:call_section_add", args=[key])),
            Move(_("Add a criterion"), reverse("program:call_criterion_add", args=[key])),
        ],
        "back": back_from(found),
        "breadcrumbs": steps_to(found, heading),
    }
    return render(request, "program/call_form.html", context)


def _section_row(call: Call, sections: list[FormSection], index: int) -> dict[str, Any]:
    section = sections[index]
    here = [call.public_id, section.key]
    fields = list(section.fields.all())
    return {
        "section": section,
        "url": reverse("program:call_section", args=here),
        "bounds": bounds_in_words(section) if section.has_text else _("fields only"),
        "moves": _order("call_section_move", here, index, sections, section),
        "fields": [
            {
                "field": field,
                "url": reverse("program:call_field", args=[*here, field.key]),
                "bounds": bounds_in_words(field),
                "moves": _order("call_field_move", [*here, field.key], place, fields, field),
            }
            for place, field in enumerate(fields)
        ],
        "kinds": [
            {"label": label(kind), "url": reverse("program:call_field_add", args=[*here, kind.value])}
            for kind in FieldKind
        ],
    }


def _order(route: str, here: list[Any], index: int, parts: Any, part: Any) -> list[Move]:
    """Buttons that move a part among its like, where there is anywhere to go."""
    title = localized(part, "title")
    words = '{}<span class="visually-hidden">: {}</span>'

    def move(text: str, where: str) -> Move:
        return Move(format_html(words, text, title), reverse(f"program:{route}", args=[*here, where]), "post")

    return [
        *([move(_("Up"), UP)] if index else []),
        *([move(_("Down"), DOWN)] if index + 1 < len(parts) else []),
    ]


def editing_part(
    request: HttpRequest, part: dict[str, Any], make: Callable[[Any], forms.BaseForm]
) -> dict[str, Any]:
    """As `answering.editing`, for a part of a form: a section, a field, a criterion."""
    form = make(posted(request))
    carry_revision(form, part)

    def standing_now() -> list[dict[str, Any]]:
        make_from(form, "seen", fingerprint(part))
        return values_shown(make(None))

    return {"form": form, "standing_now": standing_now}


def refuse_stale_part(request: HttpRequest, call: Call, part: dict[str, Any], values: dict[str, Any]) -> None:
    """Refuse a form that was made before the last change of the part, taking `seen` out of its values.

    Raises:
        RuleBroken: `stale_version`, `stale_version_own`.
    """
    seen = values.pop("seen", "")
    if seen and seen != fingerprint(part):
        raise RuleBroken(stale(by=request.user, editor_id=audit.last_actor_id("set", latest_form(call))))


def answer(request: HttpRequest, call: Call, **how: Any) -> HttpResponse:
    lead = (
        _("The call is open: changes are gathered in a new version, which applicants meet once you issue it.")
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


def removal(route: str, *key: Any) -> list[Move]:
    url = reverse(f"program:{route}", args=key)
    return [Move(_("Take it out"), url, "post", "danger", _("Take this out of the form?"))]


def at(parts: Plain, index: int | None) -> int:
    if index is None or not 0 <= index < len(parts):
        raise Http404
    return index


def without_or_with(parts: Plain, index: int, *values: dict[str, Any]) -> Plain:
    return [*parts[:index], *values, *parts[index + 1 :]]


def moved(parts: Plain, index: int, where: str) -> Plain:
    """The parts with one of them a place further up or down; at the end it stays where it is."""
    other = index - 1 if where == UP else index + 1
    if where not in (UP, DOWN):
        raise Http404
    if not 0 <= other < len(parts):
        return parts
    found = list(parts)
    found[index], found[other] = found[other], found[index]
    return found


def index_of(parts: Plain, key: str) -> int:
    return at(parts, next((i for i, part in enumerate(parts) if part["key"] == key), None))


@reads_and_writes
@idempotent
def call_section_add(request: HttpRequest, public_id: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    return answer(
        request,
        found,
        form=SectionForm(posted(request)),
        act=lambda values: actions.set_form(call=found, by=request.user, sections=[*sections, values]),
        heading=_("Add a section"),
    )


@reads_and_writes
@idempotent
def call_section(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)

    def act(values: dict[str, Any]) -> Any:
        refuse_stale_part(request, found, sections[index], values)
        changed = without_or_with(sections, index, {**sections[index], **values})
        return actions.set_form(call=found, by=request.user, sections=changed)

    def make(data: Any) -> SectionForm:
        form = SectionForm(data, initial=sections[index])
        del form.fields["key"]
        return form

    return answer(
        request,
        found,
        **editing_part(request, sections[index], make),
        act=act,
        heading=_("Change a section"),
        moves=removal("call_section_remove", public_id, key),
    )


@writes
@idempotent
def call_section_remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    index = index_of(sections, key)
    actions.set_form(call=found, by=request.user, sections=without_or_with(sections, index))
    messages.success(request, _("The section was taken out."))
    return redirect(address(found, "call_form"))


@writes
@idempotent
def call_section_move(request: HttpRequest, public_id: str, key: str, where: str) -> HttpResponse:
    found, sections, _criteria = changeable(request, public_id)
    ordered = moved(sections, index_of(sections, key), where)
    actions.set_form(call=found, by=request.user, sections=ordered)
    return redirect(f"{address(found, 'call_form')}#section-{key}")
