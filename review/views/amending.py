"""A submitted review, amended in the discussion where the plan allows it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kernel.forms import add_violations
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.violations import RuleBroken
from program.views.answering import posted
from review.actions.reviews import amend_review
from review.enums import AssignmentState as State
from review.forms.plans import AmendForm
from review.phases import phases_of
from review.views.own_parts import address, criteria_of, crumbs_of, own_assignment, stored_scores, written
from review.views.shown import proposal_title
from review.views.writing import read_beside


@reads_and_writes
@idempotent
def amend(request: HttpRequest, public_id: str) -> HttpResponse:
    found = own_assignment(request, public_id)
    may = phases_of(found.proposal.call).may_amend(found.reviewer.agency_id)
    if found.state != State.SUBMITTED or not may:
        return redirect(address(found))
    criteria = criteria_of(found)
    form = AmendForm(posted(request), criteria=criteria, assignment=found)
    if request.method == "POST" and form.is_valid():
        try:
            amend_review(
                assignment=found,
                by=request.user,
                revision=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
                **form.written(),
            )
        except RuleBroken as broken:
            add_violations(form, broken)
        else:
            messages.success(request, _("Your review is amended. What you submitted before stays beside it."))
            return redirect(address(found))
    context = {
        "assignment": found,
        "title": proposal_title(found.proposal),
        "form": form,
        "stored": written(found, criteria, stored_scores(found)),
        **read_beside(found.proposal),
        "cancel_url": address(found),
        "breadcrumbs": crumbs_of(found, _("Amend your review")),
    }
    return render(request, "review/amend.html", context)
