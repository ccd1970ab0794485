"""The calls under review, and each agency's pool of reviewers."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.permissions import is_agency_officer
from kernel.idempotency import idempotent
from kernel.languages import current, localized
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.templatetags.kernel import day
from program.models import Call
from program.views.answering import carried_out, only_if, posted, trail
from program.views.calls import toned
from registries.models import Country
from review.actions.reviewers import add_reviewer_by_email, remove_reviewer
from review.forms.office import ReviewerForm
from review.permissions import (
    acts_from_letter,
    conflicted,
    is_free_of_all,
    may_confirm_reviewers,
    may_keep_pool,
    note_conflict,
)
from review.queries import (
    calls_under_review,
    decisions_visible_to,
    locks_of,
    reviewers_visible_to,
    reviewing_agencies,
)
from review.views.named import confirm_url, last_letter, letter_of, named_words
from review.views.shown import behalf_words, tabs_of


def call_or_404(request: HttpRequest, public_id: str) -> Call:
    """A call under review, for the officers of its agencies."""
    newest = decisions_visible_to(request.user).filter(call=OuterRef("pk")).values("public_id")[:1]
    calls = calls_under_review(request.user).annotate(
        newest_decision=Subquery(newest),
        has_conflict=Exists(conflicted(request.user).filter(call=OuterRef("pk"))),
    )
    call: Any = get_object_or_404(calls, public_id=public_id)
    return note_conflict(request.user, call, call.has_conflict)


def crumbs(call: Call, *last: str) -> list[dict[str, Any]]:
    steps = [(_("Review"), reverse("review:calls"))]
    if last:
        steps.append((localized(call, "title"), reverse("review:board", args=[call.public_id])))
        return trail(*steps, (last[0], ""))
    return trail(*steps, (localized(call, "title"), ""))


@reads
def calls(request: HttpRequest) -> HttpResponse:
    """The officer's calls whose review has begun."""
    if not is_agency_officer(request.user):
        raise Http404
    page = page_of(calls_under_review(request.user), request)
    rows = [{"call": call, "tone": toned(call.state)} for call in page.objects]
    return render(request, "review/calls.html", {"page": page, "rows": rows})


def _kept_agencies(request: HttpRequest, call: Call) -> list[Organisation]:
    return [a for a in reviewing_agencies(call) if may_keep_pool(request.user, call, a)]


@reads
def pool(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reader's own side's reviewers, with what each of them has to do."""
    call = call_or_404(request, public_id)
    names = Country.objects.filter(pk=OuterRef("country_code")).values(f"name_{current()}")[:1]
    reviewers = reviewers_visible_to(request.user).filter(call=call).annotate(country=Subquery(names))
    page = page_of(reviewers, request)
    kept = {a.pk for a in _kept_agencies(request, call)}
    may_remove = bool(kept) and is_free_of_all(request.user, call)
    rows = [
        {
            "reviewer": reviewer,
            "behalf": named_words(reviewer),
            "confirm": [Move(_("Compare with the letter"), confirm_url(reviewer), tone="primary")]
            if not reviewer.counts and may_confirm_reviewers(request.user, reviewer)
            else [],
            "country": reviewer.country or reviewer.country_code,
            "moves": [
                Move(
                    _("Remove"),
                    reverse("review:pool_remove", args=[reviewer.public_id]),
                    "post",
                    confirm=_("The person leaves the pool of this call."),
                )
            ]
            if may_remove and reviewer.agency_id in kept and not reviewer.load
            else [],
        }
        for reviewer in page.objects
    ]
    add = Move(_("Add a reviewer"), reverse("review:pool_add", args=[public_id]), tone="primary")
    context = {
        "call": call,
        "page": page,
        "rows": rows,
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "pool"),
        "moves": [add] if kept else [],
        "breadcrumbs": crumbs(call, _("Reviewers")),
    }
    return render(request, "review/pool.html", context)


@reads_and_writes
@idempotent
def pool_add(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    kept = _kept_agencies(request, call)
    only_if(bool(kept))
    agencies = Organisation.objects.filter(pk__in=[a.pk for a in kept]).order_by("short_name")
    silent = [a for a in kept if acts_from_letter(request.user, call, a)]
    last = last_letter(request.user, call, silent)
    form = ReviewerForm(
        posted(request),
        request.FILES or None,
        agencies=agencies,
        initial={"agency": kept[0].pk},
        on_behalf=[a.short_name for a in silent],
        last_letter=day(last.letter_dated) if last else "",
    )

    @transaction.atomic
    def act(values: dict[str, Any]) -> Any:
        rests_on: dict[str, Any] = {}
        if values["agency"] in silent:
            rests_on = letter_of(request, values, last)
        return add_reviewer_by_email(
            **rests_on,
            call=call,
            agency=values["agency"],
            email=values["email"],
            by=request.user,
            names=form.names(),
            institution_name=values["institution_name"],
            institution_ror_id=values["institution_ror_id"],
            country_code=values["country"].code,
            expertise=values["expertise"],
        )

    done, _made = carried_out(request, form, act, _("The person is in the pool."))
    if done:
        return redirect("review:pool", public_id=public_id)
    context = {
        "form": form,
        "heading": _("Add a reviewer"),
        "lead": _("If the portal knows the e-mail already, the names may stay blank."),
        "submit_label": _("Add to the pool"),
        "cancel_url": reverse("review:pool", args=[public_id]),
        "breadcrumbs": crumbs(call, _("Add a reviewer")),
    }
    return render(request, "review/one_form.html", context)


@writes
@idempotent
def pool_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    reviewer = get_object_or_404(reviewers_visible_to(request.user), public_id=public_id)
    remove_reviewer(reviewer=reviewer, by=request.user)
    messages.success(request, _("The person has left the pool."))
    return redirect("review:pool", public_id=reviewer.call.public_id)
