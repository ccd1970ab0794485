"""Designations: the list, and the beginning of a dossier."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import RuleBroken, Violation
from program.actions import designations as actions
from program.enums import DesignationState as State
from program.forms.designations import (
    DesignationFilterForm,
    DesignationForm,
)
from program.models import Designation
from program.permissions import may_keep_programme
from program.queries import (
    designation_name,
    designations_of_pair,
    designations_visible_to,
    programmes_kept_by,
)
from program.views.answering import answer_form, only_if, posted, trail

TONES = {
    State.DRAFT: "neutral",
    State.PROPOSED: "warning",
    State.REVIEWED: "warning",
    State.SIGNED: "warning",
    State.DECIDED: "success",
    State.SUSPENDED: "warning",
    State.WITHDRAWN: "error",
}


def toned(state: str) -> str:
    return TONES[State(state)]


def home() -> tuple[Any, str]:
    return _("Designations"), reverse("program:designations")


@reads
def designations(request: HttpRequest) -> HttpResponse:
    form = DesignationFilterForm(request.GET)
    visible = designations_visible_to(request.user)
    if form.is_valid() and form.cleaned_data["state"]:
        visible = visible.filter(state=form.cleaned_data["state"])
    page = page_of(visible, request)
    kept = programmes_kept_by(request.user).exists()
    context = {
        "page": page,
        "filter_form": form,
        "rows": [
            {"designation": d, "name": designation_name(d), "tone": toned(d.state)} for d in page.objects
        ],
        "moves": [
            Move(_("Prepare a designation"), reverse("program:designation_prepare"), tone="primary"),
            Move(_("Candidate pairs compared"), reverse("program:candidates")),
        ]
        if kept
        else [],
    }
    return render(request, "program/designations.html", context)


@reads_and_writes
@idempotent
def designation_prepare(request: HttpRequest) -> HttpResponse:
    programmes = programmes_kept_by(request.user)
    only_if(programmes.exists())
    heading = _("Prepare a designation")
    asked = DesignationForm(posted(request), programmes=programmes)
    there = _of_the_same_pair(request, asked)

    def act(values: dict[str, Any]) -> Designation:
        if there and not values.pop("another", False):
            raise RuleBroken(there)
        return actions.prepare_designation(programme=values["field"].programme, by=request.user, **values)

    return answer_form(
        request,
        form=DesignationForm(posted(request), programmes=programmes, asks_again=there is not None),
        act=act,
        back=reverse("program:designations"),
        goes_to=address,
        heading=heading,
        lead=_("A designation is a strategic field with a partner country, or with a group of countries."),
        submit=_("Begin the dossier"),
        success=_("The dossier was begun."),
        breadcrumbs=trail(home(), (heading, "")),
    )


def _of_the_same_pair(request: HttpRequest, form: DesignationForm) -> Violation | None:
    """That the pair that was asked for has a designation already, or a dossier being prepared."""
    if request.method != "POST" or not form.is_valid():
        return None
    values = form.cleaned_data
    pair = values["field"], values["country"], values["group"]
    other = designations_of_pair(request.user, *pair).first()
    if other is None:
        return None
    named = {"name": designation_name(other), "state": label_of_field(other, "state")}
    return Violation("pair_is_there", "country" if values["country"] else "group", named)


def address(designation: Designation) -> str:
    return reverse("program:designation", args=[designation.public_id])


def kept_designation(request: HttpRequest, public_id: str) -> Designation:
    """The designation, for an officer of its ministry; nothing for others."""
    found = get_object_or_404(designations_visible_to(request.user), public_id=public_id)
    only_if(may_keep_programme(request.user, found.programme))
    return found
