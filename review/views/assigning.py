"""Who reviews what, and how far they are."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from program.enums import CallState
from program.permissions import may_answer_for
from program.views.answering import carried_out, only_if, posted
from proposals.beside import beside_of
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.assignments import assign_reviewer, withdraw_assignment
from review.enums import AssignmentState as State
from review.enums import ReviewerState
from review.findings import findings_between
from review.forms.office import AssignForm, WithdrawForm
from review.models import Assignment, Reviewer
from review.permissions import may_assign, may_keep_pool
from review.queries import (
    OUT_OF_SIGHT,
    assignment_in,
    assignments_visible_to,
    locks_of,
    proposals_under_review,
    reviewers_visible_to,
    reviewing_agencies,
    with_assignment,
)
from review.views.conflicts import pair_url
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
GONE = (ReviewerState.DECLINED, ReviewerState.RETIRED)
OPEN = (State.ASSIGNED, State.IN_PROGRESS)


def _row(
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
                _row(
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


def _may_be_given(reviewer: Reviewer) -> bool:
    return reviewer.counts and reviewer.state not in GONE


@reads_and_writes
@idempotent
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """A proposal's reviewers of the reader's side; the pool with load and conflicts; and the form to add one."""
    proposal: Proposal = get_object_or_404(proposals_under_review(request.user), public_id=public_id)
    call = proposal.call
    # The proposal is one that the reader may see, so they are free of it: only whom they act for is left to ask.
    kept = [a.pk for a in reviewing_agencies(call) if may_answer_for(request.user, call, a)]
    only_if(bool(kept))
    pool = list(
        with_assignment(reviewers_visible_to(request.user).filter(call=call, agency__in=kept), proposal)
    )
    given = [assigned for assigned in (assignment_in(r, proposal) for r in pool) if assigned]
    found = findings_between(proposal, pool)
    taken = {assignment.reviewer_id for assignment in given}
    due = max((assignment.due_on for assignment in given), default=None)
    form = AssignForm(
        posted(request),
        reviewers=[r for r in pool if _may_be_given(r) and not found[r.pk] and r.pk not in taken],
        initial={"due_on": due},
    )
    done, _made = carried_out(
        request,
        form,
        lambda values: assign_reviewer(proposal=proposal, by=request.user, **values),
        _("The proposal was given to the reviewer, who is written to."),
    )
    if done:
        return redirect("review:assign", public_id=public_id)
    context = {
        "proposal": proposal,
        "title": proposal_title(proposal),
        "given": [_row(a, may_withdraw=a.reviewer.agency_id in kept) for a in given],
        "pool": [
            {
                "reviewer": reviewer,
                "reasons": [label(finding) for finding in found[reviewer.pk]],
                "is_taken": reviewer.pk in taken,
                "is_unconfirmed": not reviewer.counts,
                "is_gone": reviewer.state in GONE,
                "url": pair_url(proposal, reviewer) if found[reviewer.pk] else "",
            }
            for reviewer in pool
        ],
        "nobody_is_free": bool(pool) and all(found[r.pk] or not _may_be_given(r) for r in pool),
        "form": form,
        "back": reverse("review:progress", args=[call.public_id]),
        "pool_url": reverse("review:pool", args=[call.public_id]),
        "pdf_url": reverse("review:proposal_pdf", args=[public_id]),
        "beside": beside_of(proposal),
        "breadcrumbs": crumbs(call, _("Assign")),
    }
    return render(request, "review/assign.html", context)


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
