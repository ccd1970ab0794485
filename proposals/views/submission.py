"""Checking, submitting, the receipt, reopening and withdrawing."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import now
from kernel.documents.errors import DocumentError
from kernel.files import respond
from kernel.forms import add_violations
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.models import Job
from kernel.jobs.states import JobState
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from proposals.actions.approval import submission_gap, why_not_ask
from proposals.actions.content import content_of, digest, read_whole
from proposals.actions.submission import (
    PDF_JOB,
    reopen_proposal,
    submit_proposal,
    withdraw_proposal,
)
from proposals.beside import beside_of
from proposals.documents import proposal_pdf, sheet_of, submission_pdf
from proposals.enums import ApprovalStatus, ProposalState
from proposals.forms.submission import ReasonForm
from proposals.models import Proposal, Submission
from proposals.notices import proposal_gap
from proposals.permissions import may_edit, may_submit, may_withdraw
from proposals.queries import last_submission, proposals_visible_to
from proposals.rules.completeness import section_part
from proposals.views.asking import approval_panel, not_submitted, standing_of
from proposals.views.awards import evidence_links
from proposals.views.doubts import Doubt, what_is_doubtful
from proposals.views.own import crumbs, led_proposal, own_proposal, standing
from proposals.views.parts import ROUTES, errors_of, parts_of
from proposals.views.timeline import next_step


def _language() -> str:
    return (get_language() or "ja")[:2]


@reads
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything on one page: of a draft as it stands, else as it was submitted."""
    proposal = own_proposal(request, public_id)
    valid = last_submission(proposal) if proposal.receipt_number else None
    is_draft = proposal.state == ProposalState.DRAFT or valid is None
    if is_draft:
        read_whole(proposal)
    content = content_of(proposal) if is_draft or valid is None else valid.content
    is_written = may_edit(request.user, proposal)
    parts = parts_of(proposal) if is_written else []
    errors = errors_of(parts)
    urls = {part.name: part.url for part in parts}
    approval = standing_of(proposal, content)
    gap = notice_gap(proposal)
    # The institution may look at it while the agencies have not answered the notice of intent.
    is_complete = may_submit(request.user, proposal) and not errors
    is_ready = is_complete and not gap and (approval is None or approval.status == ApprovalStatus.GIVEN)
    sheet = sheet_of(content, _language(), now(), proposal.receipt_number or "")
    keys = [section["key"] for section in content["sections"]]
    pdf = "proposals:preview" if is_draft else "proposals:submission_pdf"
    moves = [Move(_("See as PDF"), reverse(pdf, args=[public_id]))]
    if is_ready:
        moves.insert(0, Move(_("Submit"), reverse("proposals:submit", args=[public_id]), tone="primary"))
    elif is_complete and not why_not_ask(proposal, content):
        url = reverse("proposals:approval_ask", args=[public_id])
        moves.insert(0, Move(_("Ask the institution for approval"), url, tone="primary"))
    context = {
        "proposal": proposal,
        "heading": _("Check everything") if is_written else _("The whole proposal"),
        "sheet": sheet,
        "sections": [
            {**section, "url": urls.get(section_part(key), "")}
            for key, section in zip(keys, sheet["sections"], strict=True)
        ],
        "urls": {name: urls.get(name, "") for name in ROUTES},
        "errors": errors,
        "warnings": [*([Doubt(gap)] if gap else []), *what_is_doubtful(proposal, content)]
        if is_written
        else [],
        "is_ready": is_ready,
        "approval": approval_panel(proposal, content, approval),
        "standing": standing(proposal),
        "evidence": evidence_links(proposal, content),
        "not_entered": _("Not entered"),
        "moves": moves,
        "breadcrumbs": crumbs(proposal, _("Check")),
    }
    return render(request, "proposals/check.html", context)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, name) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@reads
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The PDF of the draft as it stands and as it will be submitted, with the SHA-256 that it will have."""
    proposal = own_proposal(request, public_id)
    read_whole(proposal)
    content = content_of(proposal)
    try:
        pdf = proposal_pdf(content, issued_at=now(), sha256=digest(content))
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    return _pdf(pdf, f"draft-{proposal.public_id}.pdf")


def notice_gap(proposal: Proposal) -> str:
    """In words, that the call requires a notice of intent and none was accepted; blank where nothing stands against it."""
    if proposal.is_test or proposal.state != ProposalState.DRAFT:
        return ""
    gap = proposal_gap(proposal.call, proposal.pi, proposal.notice)
    return sentence(gap) if gap else ""


def _lacks_approval(proposal: Proposal) -> bool:
    return proposal.call.needs_approval and submission_gap(proposal, content_of(proposal)) is not None


def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The instant of submission is this one: before any lock or turn is waited for."""
    return _submit(request, public_id, arrived_at=now())


@reads_and_writes
@idempotent
def _submit(request: HttpRequest, public_id: str, *, arrived_at: dt.datetime) -> HttpResponse:
    proposal = led_proposal(request, public_id)
    if request.method == "POST":
        try:
            submit_proposal(proposal=proposal, by=request.user, arrived_at=arrived_at)
        except RuleBroken as broken:
            codes = {violation.code for violation in broken.violations}
            if "already_submitted" in codes:
                messages.info(request, sentence(broken.violations[0]))
                return redirect("proposals:receipt", public_id=public_id)
            if codes & {"deadline_passed", "proposal_not_draft"}:
                raise
            messages.error(request, notice_gap(proposal) or not_submitted(broken))
            return redirect("proposals:check", public_id=public_id)
        return redirect("proposals:receipt", public_id=public_id)
    is_ready = may_submit(request.user, proposal) and not errors_of(parts_of(proposal))
    if not is_ready or _lacks_approval(proposal) or notice_gap(proposal):
        return redirect("proposals:check", public_id=public_id)
    context = {
        "proposal": proposal,
        "last": last_submission(proposal),
        "breadcrumbs": crumbs(proposal, _("Submit")),
    }
    return render(request, "proposals/submit.html", context)


@reads
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """The receipt; asked for by htmx, how far its PDF is."""
    proposal = own_proposal(request, public_id)
    submission = last_submission(proposal)
    if submission is None:
        raise Http404
    progress = _progress(submission)
    if wants_part(request):
        return progress_part(request, progress, has_ended=bool(progress["result_url"]))
    context = {
        "proposal": proposal,
        "submission": submission,
        "received_utc": f"{submission.at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"[:-3],
        "earlier": proposal.submissions.exclude(pk=submission.pk).order_by("-number"),
        "standing": standing(proposal) if proposal.state == ProposalState.DRAFT else {},
        "progress": progress,
        "is_ready": bool(progress["result_url"]),
        "beside": beside_of(proposal, submission),
        "next_step": next_step(proposal, None),
        "poll_url": reverse("proposals:receipt", args=[public_id]),
        "breadcrumbs": crumbs(proposal, _("Receipt")),
    }
    return render(request, "proposals/receipt.html", context)


def _progress(submission: Submission) -> dict[str, Any]:
    job = Job.objects.filter(key=f"{PDF_JOB}:{submission.public_id}").first()
    state = JobState(job.state) if job else JobState.DONE
    done = {
        "percent": 100,
        "result_url": reverse("proposals:submission_pdf", args=[submission.proposal.public_id]),
        "result_label": _("Open the PDF"),
    }
    going = {"percent": "", "result_url": "", "result_label": ""}
    return {
        "label": _("PDF of the proposal"),
        "state_label": label(state),
        # Where no job is under way any more, the PDF is made when it is asked for.
        **(done if submission.pdf_id or job is None or job.has_ended else going),
    }


@reads
def submission_pdf_file(request: HttpRequest, public_id: str) -> HttpResponse | FileResponse:
    """The PDF of the version that counts, for everybody who may read the proposal; made at once where it is not there yet."""
    proposal = get_object_or_404(proposals_visible_to(request.user), public_id=public_id)
    submission = last_submission(proposal)
    if submission is None:
        raise Http404
    if submission.pdf is not None:
        return respond(submission.pdf)
    try:
        pdf = submission_pdf(submission)
    except DocumentError as error:
        raise RuleBroken(error.as_violation()) from error
    return _pdf(pdf, f"{proposal.receipt_number}-{submission.number}.pdf")


@writes
@idempotent
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = led_proposal(request, public_id)
    reopen_proposal(proposal=proposal, by=request.user)
    messages.success(
        request, _("The proposal was reopened. The version that was submitted last stays valid.")
    )
    return redirect("proposals:tasks", public_id=public_id)


@reads_and_writes
@idempotent
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    proposal = led_proposal(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_proposal(proposal=proposal, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("The proposal was withdrawn."))
            return redirect("proposals:tasks", public_id=public_id)
    elif request.method != "POST" and not may_withdraw(request.user, proposal):
        return redirect("proposals:tasks", public_id=public_id)
    context = {
        "form": form,
        "proposal": proposal,
        "heading": _("Withdraw this proposal"),
        "warning": _("A withdrawn proposal takes no further part in the call, and cannot be brought back."),
        "submit_label": _("Withdraw the proposal"),
        "cancel_url": reverse("proposals:tasks", args=[public_id]),
        "breadcrumbs": crumbs(proposal, _("Withdraw")),
    }
    return render(request, "proposals/giving_up.html", context)
