"""Writing a review: the score form beside the proposal, and the page that submits."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.files.preview import pages_of
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken, sentence
from program.models import Criterion
from program.views.answering import posted
from proposals.beside import beside_of
from proposals.models import Proposal
from proposals.queries import last_submission, proposals_visible_to
from review.actions.assignments import closed_violations
from review.actions.reviews import save_review, submit_review
from review.enums import AssignmentState as State
from review.figures import scale_of
from review.forms.own import ReviewForm, score_words
from review.models import Assignment
from review.queries import own_assignments
from review.rules.scoring import COMMENTS, gaps
from review.views.own import closes_words, to_be_read
from review.views.own_parts import (
    address,
    criteria_of,
    crumbs_of,
    own_assignment,
    own_title,
    stored_scores,
    written,
)
from review.views.shown import facts_of, team_of

AUTOSAVE = "autosave"
# So many pages stand beside the form; a longer file is opened by itself.
MOST_BESIDE = 60


def is_open(assignment: Assignment) -> bool:
    """Whether anything can still be written."""
    return assignment.state != State.SUBMITTED and not closed_violations([assignment])


@reads_and_writes
def form(request: HttpRequest, public_id: str) -> HttpResponse:
    """The score form beside the proposal, saved by a button, and by itself where scripts run. Saving is never submitting."""
    found = own_assignment(request, public_id)
    if found.state == State.ASSIGNED:
        return redirect(address(found, "conflict"))
    # One that was closed before its reviewer had declared opens nothing, whatever is sent to it.
    if not is_open(found) and (request.method == "GET" or not _may_read(request, found)):
        return redirect(address(found))
    criteria = criteria_of(found)
    review = ReviewForm(posted(request), criteria=criteria, assignment=found)
    is_autosave = request.headers.get("X-Requested-With") == AUTOSAVE
    stored: list[dict[str, Any]] = []
    status = 200
    if request.method == "POST" and review.is_valid():
        revision = review.cleaned_data["revision"]
        try:
            saved = save_review(assignment=found, by=request.user, revision=revision, **review.written())
        except RuleBroken as broken:
            late = closed_violations([own_assignment(request, public_id)]).get(found.pk)
            if [v.code for v in broken.violations] == ["review_changed_elsewhere"]:
                status = 409
                found.refresh_from_db()
                stored = written(found, criteria, stored_scores(found))
                review = _again(request.POST, criteria, found)
            elif late and not is_autosave:
                typed = _typed(review, criteria)
                return render(request, "review/assignment.html", to_be_read(request.user, found, late, typed))
            add_violations(review, broken)
        else:
            if is_autosave:
                return JsonResponse({"revision": saved.revision, "is_merged": False})
            return _after_saving(request, found)
    if is_autosave:
        sentences = [str(error) for errors in review.errors.values() for error in errors]
        answer = {"sentences": sentences, "is_own": True}
        return JsonResponse(answer, status=409 if status == 409 else 422)
    context = {
        "assignment": found,
        "title": own_title(found),
        "form": review,
        "scores": [review[f"score_{c.pk}"] for c in criteria],
        "stored": stored,
        **read_beside(found.proposal),
        "closes": closes_words(found),
        "conflict_url": address(found, "conflict"),
        "hand_back_url": address(found, "hand_back"),
        "breadcrumbs": crumbs_of(found),
    }
    return render(request, "review/form.html", context, status=status)


def _may_read(request: HttpRequest, found: Assignment) -> bool:
    return proposals_visible_to(request.user).filter(pk=found.proposal_id).exists()


def read_beside(proposal: Proposal) -> dict[str, Any]:
    """The proposal as it is read beside a form: the pages of the submitted PDF as pictures, and its texts."""
    submission = last_submission(proposal)
    file = submission.pdf if submission else None
    return {
        "facts": facts_of(proposal),
        "team": team_of(proposal),
        "sections": _sections(submission.content) if submission else [],
        "pages": range(1, min(pages_of(file), MOST_BESIDE) + 1) if file else [],
        "page_count": pages_of(file) if file else 0,
        "pdf_url": reverse("review:proposal_pdf", args=[proposal.public_id]),
        "beside": beside_of(proposal, submission),
    }


def _typed(review: ReviewForm, criteria: list[Criterion]) -> list[dict[str, Any]]:
    """What was typed and came too late to be saved, so that it can be copied."""
    scores = review.scores()
    rows = [
        {"label": localized(c, "title"), "value": score_words(c, scores[c.pk]), "url": ""}
        for c in criteria
        if c.pk in scores
    ]
    comments = [
        {"label": review[name].label, "value": review.cleaned_data[name], "url": ""}
        for name in COMMENTS
        if review.cleaned_data[name]
    ]
    return [*rows, *comments]


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
    found = own_assignment(request, public_id)
    if found.state == State.ASSIGNED:
        return redirect(address(found))
    if request.method == "POST":
        try:
            submit_review(assignment=found, by=request.user)
        except RuleBroken as broken:
            if not {"score_missing", "confidence_missing"} & {v.code for v in broken.violations}:
                for violation in broken.violations:
                    messages.error(request, sentence(violation))
                return redirect(address(found))
        else:
            messages.success(request, _("Your review is submitted. Thank you."))
            return redirect(address(found))
    elif not is_open(found):
        return redirect(address(found))
    criteria = criteria_of(found)
    given = stored_scores(found)
    errors = [
        {"label": "", "message": sentence(v), "url": f"{address(found, 'form')}#id_{v.field}"}
        for v in gaps(given, {c.pk: scale_of(c) for c in criteria}, found.confidence)
    ]
    context = {
        "assignment": found,
        "title": own_title(found),
        "rows": written(found, criteria, given),
        "errors": errors,
        "form_url": address(found, "form"),
        "breadcrumbs": crumbs_of(found, _("Check and submit")),
    }
    return render(request, "review/submit.html", context)
