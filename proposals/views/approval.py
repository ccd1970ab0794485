"""One request for the institution's approval: reading what was asked for, and answering."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from kernel.choices import label_of_field
from kernel.documents.errors import DocumentError
from kernel.files import show
from kernel.files.models import StoredFile
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.languages import current
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.templatetags.kernel import day
from kernel.violations import RuleBroken
from proposals.actions.approval import approve_proposal, return_proposal
from proposals.answer_words import answered_files
from proposals.approvals import approvals_handled_by
from proposals.documents import proposal_pdf, sheet_of
from proposals.enums import ApprovalState, ProposalState
from proposals.forms.approval import AnswerForm
from proposals.models import InstitutionApproval
from proposals.permissions import is_before_deadline
from proposals.views.approvals import TONES, is_as_asked, may_be_answered, row_of
from proposals.views.own import title_of
from proposals.views.parts import ROUTES


def _approval(request: HttpRequest, public_id: str) -> InstitutionApproval:
    """A request that the user handles, with the content that was asked for; for anybody else it is absent."""
    found = approvals_handled_by(request.user).select_related("proposal__pi__user").defer(None)
    return get_object_or_404(found, public_id=public_id)


def _files(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every file that a content names: attachment, evidence of awards, answers."""
    return [
        *([content["attachment"]] if content["attachment"] else []),
        *(award["evidence"] for award in content["awards"] if award["evidence"]),
        *answered_files(content),
    ]


def _may_be_returned(approval: InstitutionApproval) -> bool:
    """One that was approved too soon, until the proposal is submitted."""
    proposal = approval.proposal
    return (
        approval.state == ApprovalState.APPROVED
        and proposal.state == ProposalState.DRAFT
        and is_before_deadline(proposal)
    )


@reads_and_writes
@idempotent
def approval(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = _approval(request, public_id)
    returns = request.POST.get("answer") == "return"
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        try:
            if returns:
                return_proposal(approval=asked, by=request.user, comment=comment)
            else:
                approve_proposal(approval=asked, by=request.user, comment=comment)
        except RuleBroken as broken:
            add_violations(form, broken)
            asked = _approval(request, public_id)
        else:
            said = _("The proposal was returned. The principal investigator is told by mail.")
            if not returns:
                said = _("The proposal was approved. The principal investigator is told by mail.")
            messages.success(request, said)
            return redirect("proposals:approvals")
    is_open = may_be_answered(asked)
    content = asked.content
    sheet = sheet_of(content, current(), asked.asked_at)
    context = {
        **row_of(asked),
        "form": form,
        "may_approve": is_open and is_as_asked(asked),
        "may_return": is_open or _may_be_returned(asked),
        "is_changed": is_open and not is_as_asked(asked),
        "internal_text": day(asked.internal) if asked.internal else "",  # type: ignore[attr-defined]  # annotated
        "sheet": sheet,
        "sections": [{**section, "url": ""} for section in sheet["sections"]],
        "urls": dict.fromkeys(ROUTES, ""),
        "evidence": [
            {
                "number": award["number"],
                "name": award["evidence"]["name"],
                "url": _file_url(asked, award["evidence"]),
            }
            for award in content["awards"]
            if award["evidence"]
        ],
        "attached": [
            {"name": file["name"], "url": _file_url(asked, file)}
            for file in _files(content)
            if file not in [award["evidence"] for award in content["awards"]]
        ],
        "not_entered": _("Not entered"),
        "history": _history(request, asked),
        "moves": [Move(_("See as PDF"), reverse("proposals:approval_pdf", args=[public_id]))],
        "breadcrumbs": [
            {"label": _("Approval by the institution"), "url": reverse("proposals:approvals")},
            {"label": title_of(asked.proposal), "url": ""},
        ],
    }
    return render(request, "proposals/approval.html", context)


def _file_url(asked: InstitutionApproval, file: dict[str, Any]) -> str:
    return reverse("proposals:approval_file", args=[asked.public_id, file["public_id"]])


def _history(request: HttpRequest, asked: InstitutionApproval) -> list[dict[str, Any]]:
    """Every request for this proposal with its answer, the newest first."""
    rows = approvals_handled_by(request.user).filter(proposal=asked.proposal_id).order_by("-pk")
    found = []
    for row in rows:
        person = getattr(row.decided_by, "person", None)
        found.append(
            {
                "is_this": row.pk == asked.pk,
                "url": reverse("proposals:approval", args=[row.public_id]),
                "asked_at": row.asked_at,
                "label": label_of_field(row, "state"),
                "tone": TONES[row.state],
                "by": person.name if person else "",
                "at": row.decided_at,
                "comment": row.comment,
            }
        )
    return found


@reads
def approval_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF of what was asked for, as reviewers will see it."""
    asked = _approval(request, public_id)
    try:
        pdf = proposal_pdf(asked.content, issued_at=asked.asked_at, sha256=asked.sha256)
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"approval-{asked.public_id}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@reads
def approval_file(request: HttpRequest, public_id: str, file_id: str) -> HttpResponse | FileResponse:
    """A file of what was asked for, and no other."""
    asked = _approval(request, public_id)
    if file_id not in [file["public_id"] for file in _files(asked.content)]:
        raise Http404
    return show(request, get_object_or_404(StoredFile, public_id=file_id))
