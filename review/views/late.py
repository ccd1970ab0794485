"""More time for one review, a proposal handed back, and somebody else in a reviewer's place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import day
from program.views.answering import carried_out, only_if, posted
from proposals.models import Proposal
from review.actions.assignments import closed_violations
from review.actions.extra_time import extend_review, reopen_review
from review.actions.handing_over import hand_back as hand_back_action
from review.actions.handing_over import reassign as reassign_action
from review.enums import AssignmentState as State
from review.findings import findings_between
from review.forms.late import ExtraTimeForm, HandBackForm, ReassignForm, ReopenForm
from review.models import Assignment
from review.permissions import may_assign
from review.queries import UNFINISHED, assignments_visible_to, reviewers_visible_to
from review.views.own_parts import address, crumbs_of, own_assignment, own_title
from review.views.pools import crumbs
from review.views.shown import proposal_title

REASSIGNED = (State.ASSIGNED, State.IN_PROGRESS, State.HANDED_BACK, State.WITHDRAWN)


def late_moves(assignment: Assignment, *, is_locked: bool) -> list[Move]:
    """What an officer may do about a review that is not there in time; whoever asks may assign, and the call is in review."""
    steps: list[tuple[Any, str]] = []
    if assignment.state in UNFINISHED and not is_locked:
        steps.append((_("Extend"), "extend"))
    if assignment.state in REASSIGNED and not is_locked:
        steps.append((_("Give to somebody else"), "reassign"))
    if assignment.state == State.CLOSED and is_locked:
        steps.append((_("Reopen"), "reopen"))
    return [Move(label, reverse(f"review:{name}", args=[assignment.public_id])) for label, name in steps]


def _assigned(request: HttpRequest, public_id: str) -> Assignment:
    found = get_object_or_404(assignments_visible_to(request.user), public_id=public_id)
    only_if(may_assign(request.user, found.proposal, found.reviewer.agency))
    return found


def _progress(proposal: Proposal) -> str:
    return reverse("review:progress", args=[proposal.call.public_id])


def _of_whom(found: Assignment, words: str) -> str:
    values = {
        "name": found.reviewer.person.name,
        "title": proposal_title(found.proposal),
        "day": day(found.due_on),
    }
    return words % values


def _one_form(request: HttpRequest, found: Assignment, form: Any, heading: str, lead: str, label: str) -> Any:
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit_label": label,
        "cancel_url": _progress(found.proposal),
        "breadcrumbs": crumbs(found.proposal.call, heading),
    }
    return render(request, "review/one_form.html", context)


@reads_and_writes
@idempotent
def extend(request: HttpRequest, public_id: str) -> HttpResponse:
    """More time for one reviewer, before the lock."""
    found = _assigned(request, public_id)
    form = ExtraTimeForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: extend_review(assignment=found, by=request.user, **values),
        _("The review is extended, and its reviewer is written to."),
    )
    if done:
        return redirect(_progress(found.proposal))
    lead = _of_whom(found, _("%(name)s reviews “%(title)s”; the review is due on %(day)s."))
    return _one_form(request, found, form, _("Extend a review"), lead, _("Extend"))


@reads_and_writes
@idempotent
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """One late review after the lock."""
    found = _assigned(request, public_id)
    form = ReopenForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: reopen_review(assignment=found, by=request.user, **values),
        _("The review is open again. Its reviewer and the officers of the other agencies are written to."),
    )
    if done:
        return redirect(_progress(found.proposal))
    lead = _of_whom(
        found,
        _(
            "The lock has closed %(name)s’s review of “%(title)s”. It can be opened again for this review alone: the lock holds for all others, and the figures follow once it is submitted."
        ),
    )
    return _one_form(request, found, form, _("Reopen a review after the lock"), lead, _("Reopen"))


@reads_and_writes
@idempotent
def reassign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody else in the place of a reviewer who drops out, in one step."""
    found = _assigned(request, public_id)
    proposal = found.proposal
    pool = list(
        reviewers_visible_to(request.user)
        .filter(call=proposal.call, agency=found.reviewer.agency)
        .exclude(assignments__proposal=proposal)
    )
    shut = findings_between(proposal, pool)
    form = ReassignForm(
        posted(request),
        reviewers=[one for one in pool if one.counts and not shut[one.pk]],
        initial={"due_on": found.due_on},
    )
    done, _made = carried_out(
        request,
        form,
        lambda values: reassign_action(assignment=found, by=request.user, **values),
        _("The proposal was given to the new reviewer, who is written to."),
    )
    if done:
        return redirect(_progress(proposal))
    lead = _of_whom(
        found,
        _("“%(title)s” is taken over from %(name)s. What was written so far stays in the audit trail only."),
    )
    return _one_form(request, found, form, _("Give to somebody else"), lead, _("Give to this reviewer"))


@reads_and_writes
@idempotent
def hand_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reviewer gives back what they cannot finish."""
    found = own_assignment(request, public_id)
    if found.state not in UNFINISHED or closed_violations([found]):
        return redirect(address(found))
    form = HandBackForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: hand_back_action(assignment=found, by=request.user, **values),
        _("The proposal is handed back, and the agency’s officers are told."),
    )
    if done:
        return redirect("review:inbox")
    context = {
        "form": form,
        "heading": _("Hand the proposal back"),
        "lead": _("You will read “%(title)s” no more. What you have written stays in the audit trail only.")
        % {"title": own_title(found)},
        "submit_label": _("Hand back"),
        "cancel_url": address(found),
        "breadcrumbs": crumbs_of(found, _("Hand the proposal back")),
    }
    return render(request, "review/one_form.html", context)
