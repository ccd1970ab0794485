"""The conditions under which a project was adopted: each with its state, and the page on which it is met."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import plain_instant
from program.views.answering import answer_form, only_if, posted
from projects.actions.conditions import meet_condition, reopen_condition
from projects.enums import ConditionState
from projects.forms import ConditionForm
from projects.models import AwardCondition, Project
from projects.permissions import may_keep_conditions
from projects.queries import projects_visible_to
from projects.views.shared import address, crumbs

TONES = {ConditionState.OPEN: "warning", ConditionState.MET: "success"}


def conditions_of(user: Any, project: Project) -> list[dict[str, Any]]:
    """What the decision asks, with its state and what the reader may do about it; in one query."""
    found = list(project.conditions.select_related("met_by__person"))
    may_keep = bool(found) and may_keep_conditions(user, project)
    return [
        {
            "text": localized(one, "text"),
            "state": label_of_field(one, "state"),
            "tone": TONES[ConditionState(one.state)],
            "note": one.note,
            "met": _met_words(one),
            "moves": [_move(one)] if may_keep else [],
        }
        for one in found
    ]


def _met_words(one: AwardCondition) -> str:
    if one.met_at is None or one.met_by is None:
        return ""
    return _("recorded by %(who)s, %(at)s") % {"who": one.met_by.person.name, "at": plain_instant(one.met_at)}


def _move(one: AwardCondition) -> Move:
    words = _("Record that it is met") if one.state == ConditionState.OPEN else _("It is not met after all")
    return Move(words, reverse("projects:condition", args=[one.public_id]))


@reads_and_writes
@idempotent
def condition(request: HttpRequest, public_id: str) -> HttpResponse:
    """A condition is met, or is not after all; what it rests on is asked for."""
    seen = AwardCondition.objects.filter(project__in=projects_visible_to(request.user).order_by())
    found = get_object_or_404(
        seen.select_related("project__programme", "project__proposal"), public_id=public_id
    )
    project = found.project
    only_if(may_keep_conditions(request.user, project))
    is_open = found.state == ConditionState.OPEN
    act = meet_condition if is_open else reopen_condition
    heading = _("Record that it is met") if is_open else _("It is not met after all")
    return answer_form(
        request,
        form=ConditionForm(posted(request), is_open=is_open),
        act=lambda values: act(condition=found, by=request.user, **values),
        back=address(project),
        heading=heading,
        lead=localized(found, "text"),
        submit=_("Record"),
        success=_("Recorded."),
        breadcrumbs=crumbs(project, (heading, "")),
    )
