"""What a table of collected proposals has become, its undoing, and the paper of one of its proposals."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.violations import RuleBroken, sentence
from proposals.actions.intake_undo import attach_paper, request_undo, undo_violation
from proposals.forms.intake import PaperForm
from proposals.intake_queries import intakes_visible_to, rows_counted, rows_shown
from proposals.models import Intake, IntakeRow
from proposals.permissions import may_collect
from proposals.views.intake import crumbs
from proposals.views.judging import office_crumbs, office_proposal_of
from proposals.views.own import TONES, title_of


@reads
def intake_run(request: HttpRequest, public_id: str) -> HttpResponse:
    """A table that was taken in: by whom, when, and its rows, as far as their proposals may be seen."""
    intake = get_object_or_404(intakes_visible_to(request.user), public_id=public_id)
    counted, shown = rows_counted(request.user, intake), rows_shown(request.user, intake)
    page = page_of(shown, request)
    violation = undo_violation(intake)
    heading = _("Import of %(file)s") % {"file": intake.file.name}
    made = counted.filter(before={}).count()
    total = counted.count()
    context = {
        "intake": intake,
        "heading": heading,
        "key": label_of_field(intake, "key"),
        "figures": [
            {"label": _("New proposals"), "value": made},
            {"label": _("Changed"), "value": total - made},
            {"label": _("Unchanged"), "value": intake.unchanged},
        ],
        "page": page,
        "rows": [_row(row) for row in page.objects],
        "is_before_deadline": bool(total) and not shown.exists() and intake.undone_at is None,
        "why_not": sentence(violation) if violation and intake.undone_at is None else "",
        "moves": []
        if violation
        else [
            Move(
                _("Undo this import"),
                reverse("proposals:intake_undo", args=[public_id]),
                "post",
                "danger",
                _(
                    "The proposals that it made are removed, those that it changed are as before. Their receipt numbers are not given again."
                ),
            )
        ],
        "breadcrumbs": crumbs(
            intake.call,
            (_("Proposals collected elsewhere"), _intake_url(intake)),
            (intake.file.name, ""),
        ),
    }
    return render(request, "proposals/intake_run.html", context)


def _intake_url(intake: Intake) -> str:
    return reverse("proposals:intake", args=[intake.call.public_id])


def _row(row: IntakeRow) -> dict[str, Any]:
    proposal = row.proposal
    assert proposal is not None  # rows that are shown have theirs
    return {
        "row": row,
        "title": title_of(proposal),
        "pi": proposal.pi.name,
        "url": reverse("proposals:office_proposal", args=[proposal.public_id]),
        "state": label_of_field(proposal, "state"),
        "tone": TONES[proposal.state],
        "is_new": not row.before,
    }


@writes
@idempotent
def intake_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    intake = get_object_or_404(intakes_visible_to(request.user), public_id=public_id)
    job = request_undo(intake=intake, by=request.user)
    messages.success(request, _("The import is being undone. You may leave this page."))
    return redirect("proposals:intake_job", job.public_id)


@reads_and_writes
@idempotent
def collected_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF of a proposal that was collected elsewhere, where it comes later than the table."""
    proposal = office_proposal_of(request, public_id)
    if not proposal.collected or not may_collect(request.user, proposal.call):
        raise Http404
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    if request.method == "POST" and form.is_valid():
        try:
            attach_paper(proposal=proposal, upload=form.cleaned_data["file"], by=request.user)
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The PDF was attached. The proposal’s own PDF is made anew."))
            return redirect("proposals:office_proposal", public_id)
    heading = _("PDF of the proposal")
    context = {
        "form": form,
        "heading": heading,
        "lead": f"{proposal.receipt_number} {title_of(proposal)}",
        "cancel_url": reverse("proposals:office_proposal", args=[public_id]),
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/collected_paper.html", context)
