"""What a section held before: who wrote when, two states side by side, and taking one up again."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, writes
from kernel.moves import Move
from kernel.templatetags.kernel import plain_instant
from program.models import FormSection
from proposals.actions.sections import restore_section
from proposals.answer_words import section_in_words
from proposals.models import Proposal, ProposalSection, SectionRevision
from proposals.permissions import may_edit
from proposals.questions import answers_as_plain
from proposals.rules.differences import differences
from proposals.views.own import crumbs, written_proposal

SHOWN = 100  # of the newest states


@dataclass(frozen=True)
class State:
    """One state of a section as the list shows it; `title` tells it from the others."""

    number: int
    title: str
    length: str
    is_complete: bool
    is_present: bool


class CompareForm(forms.Form):
    """Which two states are compared."""

    before = forms.TypedChoiceField(label=gettext_lazy("Compare this state"), coerce=int)
    after = forms.TypedChoiceField(label=gettext_lazy("with this state"), coerce=int)

    def __init__(self, *args: Any, states: list[State], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [(state.number, state.title) for state in states]
        for name in ("before", "after"):
            self.fields[name].choices = options  # type: ignore[attr-defined]  # a field of choices


@reads
def section_history(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    written = get_object_or_404(
        ProposalSection.objects.select_related("section", "edited_by__person").prefetch_related(
            "section__fields"
        ),
        proposal=proposal,
        section__version=proposal.form_version_id,
        section__key=key,
    )
    asked = written.section
    states = _states(written)
    by_number = {state.number: state for state in states}
    usual = {"before": states[min(1, len(states) - 1)].number, "after": states[0].number}
    form = CompareForm(request.GET or usual, states=states)
    chosen = form.cleaned_data if form.is_valid() else usual
    texts = _texts(asked, written, chosen)
    left, right = differences(texts["before"], texts["after"])
    address = reverse("proposals:section", args=[public_id, key])
    context = {
        "proposal": proposal,
        "section": asked,
        "form": form,
        "states": [
            {"state": state, "url": f"?before={state.number}&after={states[0].number}"} for state in states
        ],
        "before": by_number[chosen["before"]],
        "after": by_number[chosen["after"]],
        "left": left,
        "right": right,
        "is_same": texts["before"] == texts["after"],
        "moves": _moves(request, proposal, asked, by_number[chosen["before"]], written.revision),
        "has_earlier": len(states) > 1,
        "section_url": address,
        "breadcrumbs": [
            *crumbs(proposal, localized(asked, "title"))[:-1],
            {"label": localized(asked, "title"), "url": address},
            {"label": _("Earlier states"), "url": ""},
        ],
    }
    return render(request, "proposals/section_history.html", context)


@writes
@idempotent
def section_restore(request: HttpRequest, public_id: str, key: str, number: int, seen: int) -> HttpResponse:
    proposal = written_proposal(request, public_id)
    asked = get_object_or_404(FormSection, version=proposal.form_version_id, key=key)
    restore_section(proposal=proposal, section=asked, by=request.user, number=number, revision=seen)
    messages.success(
        request,
        _("The earlier state of “%(title)s” stands again. What stood until now is in the history.")
        % {"title": localized(asked, "title")},
    )
    return redirect("proposals:section", public_id=public_id, key=key)


def _moves(
    request: HttpRequest, proposal: Proposal, asked: FormSection, state: State, seen: int
) -> list[Move]:
    """Taking up the earlier of the two states, while the proposal may be changed."""
    if state.is_present or not may_edit(request.user, proposal):
        return []
    url = reverse("proposals:section_restore", args=[proposal.public_id, asked.key, state.number, seen])
    confirm = _(
        "Let the section be again as in this state: %(state)s? What stands now is kept in the history, so that you can go back to it."
    )
    return [
        Move(_("Take up this state again"), url, "post", confirm=confirm % {"state": state.title}),
    ]


def _states(written: ProposalSection) -> list[State]:
    """The present state, then the earlier ones that were kept, without their texts."""
    kept = (
        written.revisions.exclude(number=written.revision)
        .annotate(length=Length("text"))
        .defer("text", "answers")
        .select_related("by__person")
        .order_by("-number")
    )
    present = _state(
        written.revision, written.edited_at, written.edited_by, len(written.text), written.is_complete, True
    )
    return [
        present,
        *(
            _state(row.number, row.at, row.by, row.length, row.is_complete, False)
            for row in kept[: SHOWN - 1]
        ),
    ]


def _state(
    number: int, at: dt.datetime | None, by: Any, length: int, is_complete: bool, is_present: bool
) -> State:
    person = getattr(by, "person", None)
    name = person.name if person else by.email if by else _("the portal")
    when = plain_instant(at) if at else "–"
    title = _("%(at)s, %(name)s") % {"at": when, "name": name}
    return State(
        number=number,
        title=_("Present state (%(when)s)") % {"when": title} if is_present else title,
        length=ngettext("%(n)s character", "%(n)s characters", length) % {"n": f"{length:,}"},
        is_complete=is_complete,
        is_present=is_present,
    )


def _texts(asked: FormSection, written: ProposalSection, chosen: dict[str, int]) -> dict[str, str]:
    """The two states that are compared, each as one text."""
    rows: dict[int, ProposalSection | SectionRevision] = {
        row.number: row for row in written.revisions.filter(number__in=set(chosen.values()))
    }
    rows[written.revision] = written
    return {
        side: section_in_words(rows[number].text, answers_as_plain(asked, rows[number].answers), current())
        for side, number in chosen.items()
    }
