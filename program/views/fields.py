"""Fields, and partner countries by groups."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from program.actions import programmes as actions
from program.forms.programmes import FieldForm, GroupForm, GroupMemberForm, OnDayForm
from program.models import Programme
from program.permissions import may_keep_programme
from program.queries import (
    fields_visible_to,
    groups_visible_to,
    members_of_group,
    programmes_kept_by,
    programmes_visible_to,
)
from program.views.answering import answer_form, editing, held, only_if, posted, trail


@reads
def fields(request: HttpRequest) -> HttpResponse:
    """All fields and all groups of the programmes that the reader sees; there are a few dozen at most."""
    kept = list(programmes_kept_by(request.user))
    kept_keys = {programme.pk for programme in kept}
    groups = list(groups_visible_to(request.user).prefetch_related("members__country"))
    form, day = _asked_day(request)
    context = {
        "moves": _moves(kept),
        "fields": [
            {"field": field, "may_change": field.programme_id in kept_keys}
            for field in fields_visible_to(request.user)
        ],
        "groups": [{"group": group, "countries": members_of_group(group, day)} for group in groups],
        "day": day,
        "day_form": form,
    }
    return render(request, "program/fields.html", context)


def _asked_day(request: HttpRequest) -> tuple[OnDayForm, dt.date]:
    """The day of which the reader asks who belonged to a group; today where none is asked for."""
    form = OnDayForm(request.GET)
    asked = form.cleaned_data["on"] if form.is_valid() else None
    return form, asked or today()


def _moves(programmes: list[Programme]) -> list[Move]:
    moves = []
    for programme in programmes:
        key = [programme.public_id]
        moves.append(Move(_("Add a field"), reverse("program:field_add", args=key)))
        moves.append(Move(_("Add a group of countries"), reverse("program:group_add", args=key)))
    return moves


def _kept(request: HttpRequest, public_id: str) -> Programme:
    programme = get_object_or_404(programmes_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, programme))
    return programme


def _steps(heading: str) -> list[dict[str, Any]]:
    return trail((_("Fields and countries"), reverse("program:fields")), (heading, ""))


@reads_and_writes
@idempotent
def field_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    heading = _("Add a field")
    return answer_form(
        request,
        form=FieldForm(posted(request)),
        act=lambda values: actions.add_field(programme=programme, by=request.user, **values),
        back=reverse("program:fields"),
        heading=heading,
        lead=localized(programme, "title"),
        submit=_("Add"),
        success=_("The field was added."),
        breadcrumbs=_steps(heading),
    )


@reads_and_writes
def field_change(request: HttpRequest, public_id: str) -> HttpResponse:
    field = get_object_or_404(fields_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, field.programme))
    names = ("code", "title_ja", "title_en", "description_ja", "description_en")
    heading = _("Change a field")
    return answer_form(
        request,
        **editing(
            request,
            field,
            lambda data: FieldForm(data, initial=held(field, names)),
            locked_out=["code"],
        ),
        act=lambda values: actions.change_field(field=field, by=request.user, **values),
        back=reverse("program:fields"),
        heading=heading,
        lead=localized(field, "title"),
        submit=_("Save"),
        success=_("The field was saved."),
        breadcrumbs=_steps(heading),
    )


@reads_and_writes
@idempotent
def group_add(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _kept(request, public_id)
    heading = _("Add a group of countries")

    def act(values: dict[str, Any]) -> Any:
        countries = list(values.pop("countries"))
        return actions.add_country_group(programme=programme, by=request.user, countries=countries, **values)

    return answer_form(
        request,
        form=GroupForm(posted(request), home=programme.ministry.country_code),
        act=act,
        back=reverse("program:fields"),
        heading=heading,
        lead=localized(programme, "title"),
        submit=_("Add"),
        success=_("The group was added."),
        breadcrumbs=_steps(heading),
    )


@reads_and_writes
@idempotent
def group_member(request: HttpRequest, public_id: str) -> HttpResponse:
    group = get_object_or_404(groups_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, group.programme))
    heading = _("Change the members of a group")
    return answer_form(
        request,
        form=GroupMemberForm(posted(request), group=group),
        act=lambda values: actions.change_group_member(group=group, by=request.user, **values),
        back=reverse("program:group", args=[group.public_id]),
        heading=heading,
        lead=localized(group, "title"),
        submit=_("Save"),
        success=_("The group was saved."),
        breadcrumbs=_steps(heading),
    )


@reads
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who has belonged to a group, and when."""
    groups = groups_visible_to(request.user).prefetch_related("members__country")
    found = get_object_or_404(groups, public_id=public_id)
    moves = []
    if may_keep_programme(request.user, found.programme):
        url = reverse("program:group_member", args=[found.public_id])
        moves = [Move(_("Change the members of a group"), url)]
    form, day = _asked_day(request)
    context = {
        "group": found,
        "day": day,
        "day_form": form,
        "countries": members_of_group(found, day),
        "members": found.members.select_related("country").order_by("country__code", "starts_on"),
        "moves": moves,
        "breadcrumbs": _steps(localized(found, "title")),
    }
    return render(request, "program/group.html", context)
