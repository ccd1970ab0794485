"""Reviews written in a spreadsheet: the workbook down, and up again with a preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.clock import today
from kernel.documents.errors import DocumentError
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.violations import RuleBroken, Violation, sentence
from program.views.answering import trail
from review.actions.assignments import closed_violations
from review.actions.offline import receive_offline, take_over
from review.enums import AssignmentState as State
from review.forms.own import OfflineUploadForm
from review.models import Assignment, OfflineForm
from review.offline import Checked, check_workbook, workbook_of
from review.queries import own_assignments
from review.views.own_parts import address, own_assignment, own_title

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _crumbs(*last: tuple[str, str]) -> Any:
    return trail((_("My reviews"), reverse("review:inbox")), *last)


def _open(request: HttpRequest) -> list[Assignment]:
    """The reviews that can be written, those due first."""
    own = list(own_assignments(request.user).filter(state=State.IN_PROGRESS))
    closed = closed_violations(own)
    return [one for one in own if one.pk not in closed]


def _sent(assignments: list[Assignment], name: str) -> HttpResponse:
    response = HttpResponse(workbook_of(assignments), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@reads
def offline_all(request: HttpRequest) -> HttpResponse:
    """One workbook with a sheet for each review that can be written."""
    found = _open(request)
    if not found:
        messages.warning(request, _("No review can be written at the moment."))
        return redirect("review:offline")
    return _sent(found, f"reviews-{today():%Y%m%d}")


@reads
def offline_one(request: HttpRequest, public_id: str) -> HttpResponse:
    """The workbook of one review."""
    found = own_assignment(request, public_id)
    if found not in _open(request):
        return redirect(address(found))
    return _sent([found], f"review-{found.proposal.receipt_number}")


@reads_and_writes
@idempotent
def offline(request: HttpRequest) -> HttpResponse:
    """Where the workbooks are fetched and brought back."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OfflineUploadForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            received = receive_offline(upload=form.cleaned_data["file"], by=request.user)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            return redirect("review:offline_check", public_id=received.public_id)
    rows = [
        {
            "title": own_title(one),
            "receipt": one.proposal.receipt_number,
            "url": reverse("review:offline_one", args=[one.public_id]),
        }
        for one in _open(request)
    ]
    context = {
        "form": form,
        "rows": rows,
        "moves": [Move(_("All reviews in one workbook"), reverse("review:offline_all"))] if rows else [],
        "breadcrumbs": _crumbs((_("Writing offline"), "")),
    }
    return render(request, "review/offline.html", context)


@reads_and_writes
@idempotent
def offline_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a workbook would change, sheet by sheet, before anything is; and the button that takes it over."""
    found = get_object_or_404(
        OfflineForm.objects.select_related("file").filter(by=request.user.pk), public_id=public_id
    )
    problem, sheets = "", []
    try:
        if request.method == "POST":
            good = take_over(form=found, by=request.user)
            return _after(request, list(good), public_id)
        sheets = check_workbook(found.file.read(), request.user)
    except DocumentError as error:
        problem = sentence(Violation(error.code, "", error.params))
    except RuleBroken as broken:
        problem = " ".join(sentence(violation) for violation in broken.violations)
    good = [one for one in sheets if one.is_good]
    context = {
        "file": found.file,
        "taken_over_at": found.taken_over_at,
        "problem": problem,
        "sheets": [
            {
                "sheet": one.sheet,
                "title": own_title(one.assignment) if one.assignment else "",
                "errors": [{"at": at, "sentence": words} for at, words in one.errors],
                "rows": one.rows,
                "is_good": one.is_good,
                "is_same": not one.errors and not one.rows,
            }
            for one in sheets
        ],
        "good": len(good),
        "refused": sum(bool(one.errors) for one in sheets),
        "breadcrumbs": _crumbs((_("Writing offline"), reverse("review:offline")), (found.file.name, "")),
    }
    return render(request, "review/offline_check.html", context)


def _after(request: HttpRequest, good: list[Checked], public_id: str) -> HttpResponse:
    if not good:
        messages.warning(request, _("Nothing of the workbook could be taken over."))
        return redirect("review:offline_check", public_id=public_id)
    words = ngettext(
        "%(count)d review was taken over and saved. Nothing is submitted yet.",
        "%(count)d reviews were taken over and saved. Nothing is submitted yet.",
        len(good),
    )
    messages.success(request, words % {"count": len(good)})
    return redirect("review:offline_check", public_id=public_id)
