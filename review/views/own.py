"""The reviewer's pages: the inbox, the declaration, the score form, submitting, and what was submitted."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.clock import today
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.models import Criterion
from program.views.answering import posted, trail
from proposals.queries import last_submission
from review.actions.assignments import (
    declare_conflict,
    declare_no_conflict,
    lock_violation,
    under_review_violation,
)
from review.actions.reviews import save_review, scales_of, submit_review
from review.enums import AssignmentState as State
from review.enums import ConflictKind
from review.forms.own import ConflictForm, ReviewForm, score_words
from review.models import Assignment
from review.queries import own_assignments
from review.rules.scoring import missing_scores
from review.views.shown import facts_of, proposal_title, team_of

TONES = {State.ASSIGNED: "warning", State.IN_PROGRESS: "info", State.SUBMITTED: "success"}
STEPS = {State.ASSIGNED: "conflict", State.IN_PROGRESS: "form", State.SUBMITTED: "assignment"}


def address(assignment: Assignment, name: str = "assignment") -> str:
    return reverse(f"review:{name}", args=[assignment.public_id])


def _own(request: HttpRequest, public_id: str) -> Assignment:
    return get_object_or_404(own_assignments(request.user), public_id=public_id)


def _crumbs(assignment: Assignment, *last: Any) -> list[dict[str, Any]]:
    steps = [(_("My reviews"), reverse("review:inbox"))]
    if last:
        steps.append((proposal_title(assignment.proposal), address(assignment)))
        return trail(*steps, (last[0], ""))
    return trail(*steps, (proposal_title(assignment.proposal), ""))


def _criteria(assignment: Assignment) -> list[Criterion]:
    return list(assignment.proposal.form_version.criteria.all())


def is_open(assignment: Assignment) -> bool:
    """Whether anything can still be written."""
    return (
        assignment.state != State.SUBMITTED
        and under_review_violation(assignment.proposal) is None
        and lock_violation(assignment) is None
    )


@reads
def inbox(request: HttpRequest) -> HttpResponse:
    """What was given to the reader, the next due first."""
    assignments = list(own_assignments(request.user))
    done = [a for a in assignments if a.state == State.SUBMITTED]
    day = today()
    labels = {
        State.ASSIGNED: _("Declare, then read"),
        State.IN_PROGRESS: _("Go on with the review"),
        State.SUBMITTED: _("Read what you submitted"),
    }
    rows = [
        {
            "assignment": a,
            "title": proposal_title(a.proposal),
            "call": localized(a.proposal.call, "title"),
            "tone": TONES[State(a.state)],
            "url": address(a, STEPS[State(a.state)]),
            "label": labels[State(a.state)],
            "is_late": a.state != State.SUBMITTED and a.due_on < day,
        }
        for a in sorted(assignments, key=lambda a: (a.state == State.SUBMITTED, a.due_on, a.pk))
    ]
    context = {"rows": rows, "done": len(done), "total": len(assignments)}
    return render(request, "review/inbox.html", context)


@reads
def assignment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the reviewer stands with a proposal: on to the next step, or what was written, to be read."""
    found = _own(request, public_id)
    if found.state == State.ASSIGNED:
        return redirect(address(found, "conflict"))
    if is_open(found):
        return redirect(address(found, "form"))
    context = {
        "assignment": found,
        "title": proposal_title(found.proposal),
        "tone": TONES[State(found.state)],
        "rows": _written(found),
        "is_submitted": found.state == State.SUBMITTED,
        "pdf_url": reverse("review:proposal_pdf", args=[found.proposal.public_id]),
        "moves": [Move(_("Declare a conflict of interest"), address(found, "conflict"))],
        "breadcrumbs": _crumbs(found),
    }
    return render(request, "review/assignment.html", context)


def _written(found: Assignment) -> list[dict[str, Any]]:
    """The scores and comments as they are kept."""
    stored = {score.criterion_id: score.value for score in found.scores.all()}
    rows = [
        {
            "label": localized(c, "title"),
            "value": score_words(c, stored[c.pk]) if c.pk in stored else "",
            "url": "",
        }
        for c in _criteria(found)
    ]
    return [
        *rows,
        {"label": _("Comment to the applicants"), "value": found.comment_to_applicant, "url": ""},
        {"label": _("Comment to the agency"), "value": found.comment_to_agency, "url": ""},
    ]


@reads_and_writes
@idempotent
def conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """The declaration. Before it, only title, team and outline are shown; it can be made at any time later, too."""
    found = _own(request, public_id)
    is_late = found.state != State.ASSIGNED
    form = ConflictForm(posted(request), is_late=is_late)
    if request.method == "POST" and form.is_valid():
        kind, words = form.cleaned_data["kind"], form.cleaned_data["words"]
        try:
            if kind == ConflictKind.NONE:
                declare_no_conflict(assignment=found, by=request.user)
            else:
                declare_conflict(assignment=found, by=request.user, kind=kind, words=words)
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
        "title": proposal_title(found.proposal),
        "form": form,
        "is_late": is_late,
        "facts": facts_of(found.proposal),
        "team": team_of(found.proposal),
        "back": address(found) if is_late else reverse("review:inbox"),
        "breadcrumbs": _crumbs(found, _("Conflicts of interest")) if is_late else _crumbs(found),
    }
    return render(request, "review/conflict.html", context)


@reads_and_writes
@idempotent
def form(request: HttpRequest, public_id: str) -> HttpResponse:
    """The score form beside the proposal. Saving is never submitting."""
    found = _own(request, public_id)
    if found.state == State.ASSIGNED:
        return redirect(address(found, "conflict"))
    if request.method == "GET" and not is_open(found):
        return redirect(address(found))
    criteria = _criteria(found)
    review = ReviewForm(posted(request), criteria=criteria, assignment=found)
    stored: list[dict[str, Any]] = []
    if request.method == "POST" and review.is_valid():
        try:
            save_review(
                assignment=found,
                by=request.user,
                revision=review.cleaned_data["revision"],
                scores=review.scores(),
                comment_to_applicant=review.cleaned_data["comment_to_applicant"],
                comment_to_agency=review.cleaned_data["comment_to_agency"],
            )
        except RuleBroken as broken:
            if [v.code for v in broken.violations] == ["review_changed_elsewhere"]:
                found.refresh_from_db()
                stored = _written(found)
                review = _again(request.POST, criteria, found)
            add_violations(review, broken)
        else:
            return _after_saving(request, found)
    submission = last_submission(found.proposal)
    context = {
        "assignment": found,
        "title": proposal_title(found.proposal),
        "form": review,
        "scores": [review[f"score_{c.pk}"] for c in criteria],
        "stored": stored,
        "facts": facts_of(found.proposal),
        "team": team_of(found.proposal),
        "sections": _sections(submission.content) if submission else [],
        "pdf_url": reverse("review:proposal_pdf", args=[found.proposal.public_id]),
        "conflict_url": address(found, "conflict"),
        "breadcrumbs": _crumbs(found),
    }
    return render(request, "review/form.html", context)


def _sections(content: dict[str, Any]) -> list[dict[str, str]]:
    """The texts as they were submitted, to be read beside the form without opening the PDF."""
    first, second = (current(), "en" if current() == "ja" else "ja")
    return [
        {
            "title": section.get(f"title_{first}") or section.get(f"title_{second}") or "",
            "text": section.get("text") or "",
        }
        for section in content.get("sections", [])
    ]


def _again(data: QueryDict, criteria: list[Criterion], found: Assignment) -> ReviewForm:
    """The form with what was typed, now aware of the newest version: saving it is a choice, not an accident."""
    typed = data.copy()
    typed["revision"] = str(found.revision)
    form = ReviewForm(typed, criteria=criteria, assignment=found)
    form.is_valid()
    return form


def _after_saving(request: HttpRequest, found: Assignment) -> HttpResponse:
    then = request.POST.get("then", "")
    if then == "submit":
        return redirect(address(found, "submit"))
    messages.success(request, _("Saved. Nothing is submitted yet."))
    if then == "next":
        following = own_assignments(request.user).exclude(state=State.SUBMITTED).exclude(pk=found.pk)
        after = [a for a in following if (a.due_on, a.pk) > (found.due_on, found.pk)] or list(following)
        return redirect(address(after[0])) if after else redirect("review:inbox")
    return redirect(address(found, "form"))


@reads_and_writes
@idempotent
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """What will be submitted, what is missing still, and the one button that submits."""
    found = _own(request, public_id)
    if found.state == State.ASSIGNED:
        raise Http404
    if request.method == "POST":
        try:
            submit_review(assignment=found, by=request.user)
        except RuleBroken as broken:
            if "score_missing" not in {v.code for v in broken.violations}:
                raise
        else:
            messages.success(request, _("Your review is submitted. Thank you."))
            return redirect(address(found))
    elif not is_open(found):
        return redirect(address(found))
    given = {score.criterion_id: score.value for score in found.scores.all()}
    errors = [
        {"label": "", "message": sentence(v), "url": f"{address(found, 'form')}#id_{v.field}"}
        for v in missing_scores(given, scales_of(found))
    ]
    context = {
        "assignment": found,
        "title": proposal_title(found.proposal),
        "rows": _written(found),
        "errors": errors,
        "form_url": address(found, "form"),
        "breadcrumbs": _crumbs(found, _("Check and submit")),
    }
    return render(request, "review/submit.html", context)
