"""Conflicts of interest that an officer records: of a reviewer, or of their own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from program.views.answering import carried_out, only_if, posted
from review.actions.conflicts import declare_of_oneself, record_conflict
from review.forms.conflicts import RecordedConflictForm
from review.permissions import may_assign, may_declare_of_oneself
from review.queries import proposals_under_review
from review.views.conflicts import found_pair, pair_url
from review.views.pools import crumbs
from review.views.shown import proposal_title


@reads_and_writes
@idempotent
def conflict_record(request: HttpRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    """An officer records a conflict of which they have learned."""
    proposal, reviewer = found_pair(request, public_id, reviewer_id)
    only_if(may_assign(request.user, proposal, reviewer.agency))
    form = RecordedConflictForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: record_conflict(proposal=proposal, reviewer=reviewer, by=request.user, **values),
        _("The conflict is recorded. The reviewer takes no further part in this proposal’s review."),
    )
    back = pair_url(proposal, reviewer)
    if done:
        return redirect(back)
    context = {
        "form": form,
        "heading": _("Record a conflict"),
        "lead": _(
            "%(name)s will see nothing of “%(title)s” from the next page on, and what they wrote leaves every figure. This cannot be taken back."
        )
        % {"name": reviewer.person.name, "title": proposal_title(proposal)},
        "submit_label": _("Record the conflict"),
        "cancel_url": back,
        "breadcrumbs": crumbs(proposal.call, _("Record a conflict")),
    }
    return render(request, "review/one_form.html", context)


@reads_and_writes
@idempotent
def own_conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """An officer declares a conflict of their own."""
    proposal = get_object_or_404(proposals_under_review(request.user), public_id=public_id)
    only_if(may_declare_of_oneself(request.user, proposal))
    form = RecordedConflictForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: declare_of_oneself(proposal=proposal, by=request.user, **values),
        _("Your declaration is recorded. You see nothing more of this proposal."),
    )
    back = reverse("review:conflicts", args=[proposal.call.public_id])
    if done:
        return redirect(back)
    context = {
        "form": form,
        "heading": _("My own conflict of interest"),
        "lead": _(
            "From the next page on you see nothing of “%(title)s”: neither its reviewers nor its scores nor any figure in which it stands; and you take no part in the decision on this call. This cannot be taken back."
        )
        % {"title": proposal_title(proposal)},
        "submit_label": _("Record declaration"),
        "cancel_url": back,
        "breadcrumbs": crumbs(proposal.call, _("My own conflict of interest")),
    }
    return render(request, "review/one_form.html", context)
