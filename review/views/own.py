"""The reviewer's pages: the inbox in its groups, the declaration, and a review to be read."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken, Violation, sentence
from program.views.answering import posted
from proposals.beside import beside_of
from proposals.queries import proposals_visible_to
from review.actions.assignments import closed_violations, declare_conflict, declare_no_conflict
from review.enums import AssignmentState as State
from review.enums import ConflictKind
from review.forms.own import ConflictForm
from review.models import Assignment
from review.phases import phases_of
from review.queries import own_assignments
from review.views.own_parts import (
    address,
    criteria_of,
    crumbs_of,
    own_assignment,
    own_title,
    reading_moves,
    shows_outline,
    stored_scores,
    versions_of,
    written,
)
from review.views.shown import facts_of, team_of

TONES = {
    State.ASSIGNED: "warning",
    State.IN_PROGRESS: "info",
    State.SUBMITTED: "success",
    State.CLOSED: "neutral",
}
STEPS = {State.ASSIGNED: "conflict", State.IN_PROGRESS: "form"}


@reads
def inbox(request: HttpRequest) -> HttpResponse:
    """What was given to the reader: to be done, the next due first; submitted; closed without having been submitted."""
    assignments = list(own_assignments(request.user))
    closed = closed_violations(assignments)
    due = [a for a in assignments if a.pk not in closed and a.state != State.SUBMITTED]
    done = [a for a in assignments if a.state == State.SUBMITTED]
    groups = [
        {"key": "due", "caption": _("To be reviewed, by due date"), "rows": [_due(a) for a in due]},
        {"key": "done", "caption": _("Submitted reviews"), "rows": [_done(a) for a in done]},
        {
            "key": "closed",
            "caption": _("Closed reviews"),
            "rows": [_closed(a, closed[a.pk]) for a in assignments if a.pk in closed],
        },
    ]
    context = {
        "groups": [group for group in groups if group["rows"]],
        "done": len(done),
        "total": len(done) + len(due),
        "moves": own_moves(assignments),
    }
    return render(request, "review/inbox.html", context)


def own_moves(assignments: list[Any]) -> list[Move]:
    """What can be done with all that was given to the reader at once."""
    if not any(a.state in (State.IN_PROGRESS, State.SUBMITTED) for a in assignments):
        return []
    moves = [
        Move(_("All files as ZIP"), reverse("review:own_files")),
        Move(_("Writing offline"), reverse("review:offline")),
    ]
    done = {a.proposal.call for a in assignments if a.state == State.SUBMITTED}
    unfinished = {a.proposal.call_id for a in assignments if a.state in STEPS}
    compared = sorted((call for call in done if call.pk not in unfinished), key=lambda call: call.code)
    for call in compared:
        words = _("Your scores and the others’: %(call)s") % {"call": localized(call, "title")}
        moves.append(Move(words, reverse("review:own_figures", args=[call.public_id])))
    return moves


def closes_words(a: Any) -> str:
    """Until when it can be written, which is apart from the day on which it is due; "" where no day is set."""
    last = a.reopened_to or a.extended_to or a.closes_on
    if last is None or a.state == State.SUBMITTED:
        return ""
    words = (
        _("open until the end of %(day)s, for you alone")
        if last != a.closes_on
        else _("open until the end of %(day)s")
    )
    return words % {"day": day(last)}


def _row(a: Assignment, label: str, step: str, **more: Any) -> dict[str, Any]:
    return {
        "assignment": a,
        "title": own_title(a),
        "is_shut": not shows_outline(a),
        "call": localized(a.proposal.call, "title"),
        "tone": TONES[State(a.state)],
        "url": address(a, step),
        "label": label,
        "is_late": False,
        "closes": "",
        "why": "",
        **more,
    }


def _due(a: Assignment) -> dict[str, Any]:
    label = _("Declare, then read") if a.state == State.ASSIGNED else _("Go on with the review")
    if not shows_outline(a):
        label = _("Agree to confidentiality")
    return _row(a, label, STEPS[State(a.state)], is_late=a.due_on < today(), closes=closes_words(a))


def _done(a: Assignment) -> dict[str, Any]:
    return _row(a, _("Read what you submitted"), "assignment")


def _closed(a: Assignment, why: Violation) -> dict[str, Any]:
    return _row(a, _("Read what was saved"), "assignment", why=sentence(why))


@reads
def assignment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the reviewer stands with a proposal: on to the next step, or what was written, to be read."""
    found = own_assignment(request, public_id)
    closed = closed_violations([found])
    if found.state in STEPS and not closed:
        return redirect(address(found, STEPS[State(found.state)]))
    return render(request, "review/assignment.html", to_be_read(request.user, found, closed.get(found.pk)))


def to_be_read(
    user: Any, found: Assignment, why: Violation | None, typed: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    """The context of a review that can only be read; `typed` is what came too late to be saved."""
    criteria = criteria_of(found)
    phases = phases_of(found.proposal.call) if found.state == State.SUBMITTED else None
    may_read = proposals_visible_to(user).filter(pk=found.proposal_id).exists()
    return {
        "assignment": found,
        "title": own_title(found),
        "tone": TONES[State(found.state)],
        "rows": written(found, criteria, stored_scores(found)),
        "is_submitted": found.state == State.SUBMITTED,
        "why": sentence(why) if why else "",
        "typed": typed,
        "pdf_url": reverse("review:proposal_pdf", args=[found.proposal.public_id]) if may_read else "",
        "beside": beside_of(found.proposal) if may_read else {},
        "versions": versions_of(found, criteria),
        "moves": [
            *(reading_moves(found, phases) if phases else []),
            Move(_("Declare a conflict of interest"), address(found, "conflict")),
        ],
        "breadcrumbs": crumbs_of(found),
    }


@reads_and_writes
@idempotent
def conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """The declaration. Before it, only title, team and outline are shown; it can be made at any time later, too."""
    found = own_assignment(request, public_id)
    is_late = found.state != State.ASSIGNED
    if not shows_outline(found):
        return redirect(address(found, "confidentiality"))
    form = ConflictForm(posted(request), is_late=is_late)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data.pop("kind")
        try:
            if kind == ConflictKind.NONE:
                declare_no_conflict(assignment=found, by=request.user)
            else:
                declare_conflict(assignment=found, by=request.user, kind=kind, **form.cleaned_data)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            if kind == ConflictKind.NONE:
                messages.success(request, _("Your declaration is recorded. The proposal is open to you now."))
                return redirect(address(found, "form"))
            messages.success(
                request,
                _("Your declaration is recorded. You take no further part in this proposal’s review."),
            )
            return redirect("review:inbox")
    context = {
        "assignment": found,
        "title": own_title(found),
        "form": form,
        "is_late": is_late,
        "facts": facts_of(found.proposal),
        "team": team_of(found.proposal),
        "hand_back_url": "" if is_late else address(found, "hand_back"),
        "back": address(found) if is_late else reverse("review:inbox"),
        "breadcrumbs": crumbs_of(found, _("Conflicts of interest")) if is_late else crumbs_of(found),
    }
    return render(request, "review/conflict.html", context)
