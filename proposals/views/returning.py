"""An agency returns a received proposal for correction."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import is_agency_officer
from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.pages import page_of
from kernel.violations import RuleBroken
from program.queries import agencies_of
from proposals.actions.corrections import return_for_correction
from proposals.actions.ending_returns import end_return
from proposals.correction_words import part_names
from proposals.enums import ProposalState
from proposals.extra_time import may_end_return, may_return
from proposals.forms.correction import CorrectionForm
from proposals.forms.submission import ReasonForm
from proposals.permissions import keep_impartial
from proposals.returned import returned_visible_to, submitted_titles
from proposals.views.judging import office_crumbs, office_proposal_of


@reads_and_writes
@idempotent
def correction(request: HttpRequest, public_id: str, agency_id: str) -> HttpResponse:
    """Which parts are to be corrected, and until when. From then on until its end the proposal is with its team."""
    proposal = office_proposal_of(request, public_id)
    agency = get_object_or_404(agencies_of(proposal.call), public_id=agency_id)
    if not may_return(request.user, proposal, agency):
        raise Http404
    if request.method != "POST" and proposal.state != ProposalState.LOCKED:
        messages.info(request, _("The proposal cannot be returned for correction at this stage."))
        return redirect("proposals:office_proposal", public_id=public_id)
    form = CorrectionForm(request.POST or None, names=part_names(proposal))
    if request.method == "POST" and form.is_valid():
        try:
            return_for_correction(
                proposal=proposal,
                agency=agency,
                by=request.user,
                parts=form.cleaned_data["parts"],
                what=form.cleaned_data["what"],
                until=form.until(),
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request,
                _(
                    "The proposal was returned for correction. It stands in this list again once the deadline of the correction has passed."
                ),
            )
            return redirect("proposals:office")
    heading = _("Return for correction")
    context = {
        "proposal": proposal,
        "form": form,
        "heading": heading,
        "breadcrumbs": office_crumbs(proposal, heading),
    }
    return render(request, "proposals/correction.html", context)


@reads_and_writes
@idempotent
def correction_end(request: HttpRequest, correction_id: str) -> HttpResponse:
    """Take a return back before its end. What the team is writing meanwhile stays unread."""
    found = get_object_or_404(returned_visible_to(request.user), public_id=correction_id)
    if not may_end_return(request.user, found):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_return(correction=found, by=request.user, reason=form.cleaned_data["reason"])
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(
                request, _("The return was taken back. The version submitted last stands in the list again.")
            )
            return redirect("proposals:office_proposal", public_id=found.proposal.public_id)
    heading = _("Take the return back")
    context = {
        "form": form,
        "heading": heading,
        "title": submitted_titles([found.proposal_id]).get(found.proposal_id, ""),
        "warning": _(
            "The team can change nothing from then on. What it has written and not submitted is given up; the version submitted last counts."
        ),
        "submit_label": heading,
        "breadcrumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:office")},
            {"label": _("Proposals under correction"), "url": reverse("proposals:returned")},
            {"label": heading, "url": ""},
        ],
    }
    return render(request, "proposals/correction_end.html", context)


@reads
def returned(request: HttpRequest) -> HttpResponse:
    """What is with its team for correction, by what was submitted."""
    if not is_agency_officer(request.user):
        raise Http404
    page = page_of(returned_visible_to(request.user), request)
    titles = submitted_titles([one.proposal_id for one in page.objects]) if page.objects else {}
    rows = []
    for one in page.objects:
        keep_impartial(request.user, one.proposal)  # else it would not have been found
        is_back = one.proposal.state == ProposalState.SUBMITTED
        names = part_names(one.proposal)
        rows.append(
            {
                "correction": one,
                "end_url": reverse("proposals:correction_end", args=[one.public_id])
                if may_end_return(request.user, one)
                else "",
                "title": titles.get(one.proposal_id, ""),
                "parts": _(", ").join(names[part] for part in one.parts if part in names),
                "state": _("submitted again, received at the deadline") if is_back else _("being corrected"),
                "tone": "info" if is_back else "warning",
            }
        )
    context = {
        "page": page,
        "rows": rows,
        "breadcrumbs": [
            {"label": _("Proposals"), "url": reverse("proposals:office")},
            {"label": _("Proposals under correction"), "url": ""},
        ],
    }
    return render(request, "proposals/returned.html", context)
