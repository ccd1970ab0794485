"""Giving a proposal to somebody by hand: who has it, and whom of the pool it can be given, searched and page by page."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label
from kernel.clock import today
from kernel.idempotency import idempotent
from kernel.methods import reads_and_writes
from kernel.pages import Page, page_of, part_of
from kernel.templatetags.kernel import day
from program.permissions import may_answer_for
from program.views.answering import carried_out, only_if, posted
from proposals.beside import beside_of
from proposals.models import Proposal
from review.actions.assignments import assign_reviewer
from review.enums import ReviewerState
from review.findings import findings_between
from review.fitting import Fit, fits_of
from review.forms.office import AssignForm
from review.forms.pools import CandidatesForm
from review.loads import days_away
from review.models import Reviewer
from review.queries import (
    assignments_visible_to,
    proposals_under_review,
    reviewers_visible_to,
    reviewing_agencies,
)
from review.rules.availability import covering, load_violation
from review.views.assigning import given_row
from review.views.conflicts import pair_url
from review.views.matching_words import percent
from review.views.pools import crumbs, filtered
from review.views.shown import proposal_title

GONE = (ReviewerState.DECLINED, ReviewerState.RETIRED)
# So many are compared at the most where the best fit is to come first.
MOST_COMPARED = 300
# Days away are told so far ahead where nothing is due yet.
AHEAD = dt.timedelta(days=90)


def may_be_given(reviewer: Reviewer) -> bool:
    return reviewer.counts and reviewer.state not in GONE


@reads_and_writes
@idempotent
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """A proposal's reviewers of the reader's side; a page of the pool with load, days away, conflicts and fit; and the form to add
    one of those."""
    own = proposals_under_review(request.user).select_related("notice", "designation__field")
    proposal: Proposal = get_object_or_404(own, public_id=public_id)
    call = proposal.call
    # The proposal is one that the reader may see, so they are free of it: only whom they act for is left to ask.
    kept = [a.pk for a in reviewing_agencies(call) if may_answer_for(request.user, call, a)]
    only_if(bool(kept))
    given = list(assignments_visible_to(request.user).filter(proposal=proposal, reviewer__agency__in=kept))
    taken = {assignment.reviewer_id for assignment in given}
    due = max((assignment.due_on for assignment in given), default=None)
    pool = reviewers_visible_to(request.user).filter(call=call, agency__in=kept)
    filters = CandidatesForm(request.GET)
    filters.is_valid()
    page, fits, is_cut = _page(
        request, proposal, filtered(pool, filters), filters.cleaned_data.get("order", "")
    )
    shown = page.objects
    found = findings_between(proposal, shown)
    form = AssignForm(
        posted(request),
        reviewers=[
            *_posted(request, proposal, pool, shown, taken),
            *(r for r in shown if may_be_given(r) and not found[r.pk] and r.pk not in taken),
        ],
        initial={"due_on": due, "reviewer": request.GET.get("reviewer", "")},
    )
    done, _made = carried_out(
        request,
        form,
        lambda values: assign_reviewer(proposal=proposal, by=request.user, **values),
        _("The proposal was given to the reviewer, who is written to."),
    )
    if done:
        return redirect("review:assign", public_id=public_id)
    is_whole = len(shown) == page.count and not any(request.GET.get(name) for name in filters.fields)
    context = {
        "proposal": proposal,
        "title": proposal_title(proposal),
        "given": [given_row(a, may_withdraw=True) for a in given],
        "filter_form": filters,
        "clear_url": reverse("review:assign", args=[public_id]),
        "page": page,
        "is_cut": is_cut,
        "most_compared": MOST_COMPARED,
        "is_filtered": not is_whole,
        "pool": _rows(proposal, shown, found=found, taken=taken, due=due, fits=fits),
        "nobody_is_free": is_whole and bool(shown) and all(found[r.pk] or not may_be_given(r) for r in shown),
        "form": form,
        "back": reverse("review:progress", args=[call.public_id]),
        "pool_url": reverse("review:pool", args=[call.public_id]),
        "pdf_url": reverse("review:proposal_pdf", args=[public_id]),
        "beside": beside_of(proposal),
        "breadcrumbs": crumbs(call, _("Assign")),
    }
    return render(request, "review/assign.html", context)


def _page(
    request: HttpRequest, proposal: Proposal, pool: Any, order: str
) -> tuple[Page, dict[int, Fit], bool]:
    """The page of the pool that is asked for, how each on it fits, and whether too many were found to be ordered by it."""
    if order == "load":
        pool = pool.order_by("load", "agency__short_name", "id")
    is_cut = False
    if order == "fit":
        every = list(pool[: MOST_COMPARED + 1])
        is_cut = len(every) > MOST_COMPARED
        if not is_cut:
            fits = fits_of(proposal, every)
            every.sort(key=lambda one: -fits[one.pk].share)
            return part_of(every, request), fits, False
    page = page_of(pool, request)
    return page, fits_of(proposal, page.objects), is_cut


def _posted(
    request: HttpRequest,
    proposal: Proposal,
    pool: QuerySet[Reviewer],
    shown: Sequence[Reviewer],
    taken: set[int],
) -> list[Reviewer]:
    """Who was chosen, where they stand on no page that is shown now: they can be given it all the same."""
    key = request.POST.get("reviewer", "")
    if not key or "\x00" in key or key in {one.public_id for one in shown}:
        return []
    chosen = [one for one in pool.filter(public_id=key) if may_be_given(one) and one.pk not in taken]
    found = findings_between(proposal, chosen) if chosen else {}
    return [one for one in chosen if not found[one.pk]]


def _rows(
    proposal: Proposal,
    shown: Sequence[Any],
    *,
    found: dict[int, list[Any]],
    taken: set[int],
    due: dt.date | None,
    fits: dict[int, Fit],
) -> list[dict[str, Any]]:
    now = today(proposal.call.programme.zone)
    away = days_away([one.pk for one in shown], first=now, last=due or now + AHEAD)
    return [
        {
            "reviewer": one,
            "reasons": [label(finding) for finding in found[one.pk]],
            "is_taken": one.pk in taken,
            "is_unconfirmed": not one.counts,
            "is_gone": one.state in GONE,
            "is_full": load_violation("", one.load, one.max_load) is not None,
            "is_away": due is not None and covering(away.get(one.pk, ()), now, due) is not None,
            "away": [f"{day(first)} – {day(last)}" for first, last in away.get(one.pk, ())],
            "fit": percent(fits[one.pk].share),
            "terms": " · ".join(fits[one.pk].terms),
            "may_choose": may_be_given(one) and not found[one.pk] and one.pk not in taken,
            "url": pair_url(proposal, one) if found[one.pk] else "",
        }
        for one in shown
    ]
