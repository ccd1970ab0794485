"""Who reviews what, and how far they are."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from program.enums import CallState
from program.views.answering import carried_out, only_if, posted
from proposals.enums import ProposalState
from review.actions.assignments import withdraw_assignment
from review.enums import AssignmentState as State
from review.forms.office import WithdrawForm
from review.models import Assignment
from review.permissions import may_assign, may_keep_pool
from review.queries import (
    OUT_OF_SIGHT,
    assignments_visible_to,
    locks_of,
    proposals_under_review,
    reviewing_agencies,
)
from review.views.late import late_moves
from review.views.plans import plan_url
from review.views.pools import call_or_404, crumbs
from review.views.shown import behalf_words, proposal_title, tabs_of

TONES = {
    State.ASSIGNED: "warning",
    State.IN_PROGRESS: "info",
    State.SUBMITTED: "success",
    State.CLOSED: "neutral",
    State.CONFLICTED: "error",
    State.WITHDRAWN: "neutral",
    State.HANDED_BACK: "warning",
}
OPEN = (State.ASSIGNED, State.IN_PROGRESS)


def given_row(
    assignment: Assignment, *, may_withdraw: bool, may_move: bool = False, is_locked: bool = False
) -> dict[str, Any]:
    is_open = assignment.state in OPEN
    withdraw = Move(_("Take back"), reverse("review:withdraw", args=[assignment.public_id]))
    return {
        "assignment": assignment,
        "tone": TONES[State(assignment.state)],
        "is_late": is_open and assignment.due_on < today(),
        "until": assignment.reopened_to or assignment.extended_to,
        "moves": [
            *([withdraw] if is_open and may_withdraw else []),
            *(late_moves(assignment, is_locked=is_locked) if may_move else []),
        ],
    }


@reads
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every proposal with the reader's side's reviews of it. What is counted is what is shown."""
    call = call_or_404(request, public_id)
    proposals = list(proposals_under_review(request.user).filter(call=call))
    shown = assignments_visible_to(request.user).filter(proposal__in=[p.pk for p in proposals])
    of_proposal: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in shown:
        of_proposal[assignment.proposal_id].append(assignment)
    locks = locks_of(call)
    locked = {agency for agency, lock in locks.items() if lock.counts}
    reviewing = reviewing_agencies(call)
    keeps = {a.pk for a in reviewing if may_keep_pool(request.user, call, a)}
    kept = keeps - locked
    rows: list[dict[str, Any]] = [
        {
            "proposal": p,
            "title": proposal_title(p),
            "assignments": [
                given_row(
                    a,
                    may_withdraw=a.reviewer.agency_id in kept,
                    may_move=a.reviewer.agency_id in keeps and p.state == ProposalState.ELIGIBLE,
                    is_locked=a.reviewer.agency_id in locked,
                )
                for a in of_proposal[p.pk]
            ],
            "done": sum(a.state == State.SUBMITTED for a in of_proposal[p.pk]),
            "total": sum(a.state not in OUT_OF_SIGHT for a in of_proposal[p.pk]),
            "moves": [
                *(
                    [Move(_("Assign"), reverse("review:assign", args=[p.public_id]))]
                    if kept and p.state == ProposalState.ELIGIBLE
                    else []
                ),
                Move(_("Reviews and discussion"), reverse("review:proposal_reading", args=[p.public_id])),
            ],
        }
        for p in proposals
    ]
    context = {
        "call": call,
        "rows": rows,
        "done": sum(row["done"] for row in rows),
        "total": sum(row["total"] for row in rows),
        "behalf": behalf_words(request.user, locks),
        "moves": [
            Move(_("Plan of the review of %(agency)s") % {"agency": a.short_name}, plan_url(call, a))
            for a in reviewing
            if a.pk in keeps and call.state == CallState.REVIEW
        ],
        "tabs": tabs_of(request.user, call, "progress"),
        "breadcrumbs": crumbs(call, _("Progress")),
    }
    return render(request, "review/progress.html", context)


@reads_and_writes
@idempotent
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a proposal back from a reviewer."""
    assignment = get_object_or_404(assignments_visible_to(request.user), public_id=public_id)
    only_if(may_assign(request.user, assignment.proposal, assignment.reviewer.agency))
    form = WithdrawForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: withdraw_assignment(assignment=assignment, by=request.user, **values),
        _("The proposal was taken back from the reviewer, who reads it no more."),
    )
    back = reverse("review:progress", args=[assignment.proposal.call.public_id])
    if done:
        return redirect(back)
    context = {
        "form": form,
        "heading": _("Take a proposal back"),
        "lead": _("%(name)s will no longer review “%(title)s”.")
        % {"name": assignment.reviewer.person.name, "title": proposal_title(assignment.proposal)},
        "submit_label": _("Take it back"),
        "cancel_url": back,
        "breadcrumbs": crumbs(assignment.proposal.call, _("Take a proposal back")),
    }
    return render(request, "review/one_form.html", context)
