"""The calls under review, and each agency's pool of reviewers."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
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
from program.models import Call, Field
from program.views.answering import carried_out, only_if, posted, trail
from program.views.calls import toned
from proposals.enums import InvitationState
from registries.models import Country
from review.actions.invitations import INVITABLE
from review.actions.reviewers import add_reviewer_by_email, remove_reviewer
from review.enums import ReviewerState
from review.forms.office import NAME_FIELDS, ReviewerForm
from review.forms.pools import PoolFilterForm
from review.models import Reviewer, ReviewerInvitation
from review.permissions import (
    acts_from_letter,
    is_free_of_all,
    may_confirm_reviewers,
    may_keep_pool,
)
from review.queries import (
    calls_under_review,
    locks_of,
    reviewers_visible_to,
    reviewing_agencies,
)
from review.rules.profiles import joined
from review.service import balance_of
from review.views.named import confirm_url, last_letter, letter_of, named_words
from review.views.noted import noted, with_notes
from review.views.shown import behalf_words, tabs_of

# So many keywords stand beside a name in the list.
SHOWN_KEYWORDS = 6


def call_or_404(request: HttpRequest, public_id: str) -> Call:
    """A call under review, for the officers of its agencies."""
    calls = with_notes(calls_under_review(request.user), request.user)
    call: Any = get_object_or_404(calls, public_id=public_id)
    return noted(request.user, call, call)


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


def kept_agencies(request: HttpRequest, call: Call) -> list[Organisation]:
    return [a for a in reviewing_agencies(call) if may_keep_pool(request.user, call, a)]


def filters_of(request: HttpRequest, call: Call) -> PoolFilterForm:
    """The search and the filters in the address; what makes no sense in them is left out."""
    fields = list(Field.objects.filter(programme=call.programme_id).order_by("code"))
    form = PoolFilterForm(request.GET, fields=fields)
    form.is_valid()
    return form


def filtered(reviewers: QuerySet[Reviewer], form: forms.Form) -> QuerySet[Reviewer]:
    """The part of a pool that a form asks for; every word must be found, in the names, the institution or the keywords."""
    values = form.cleaned_data
    for word in values.get("q", "").replace("\x00", "").split():
        names = [f"person__{part}__icontains" for part in NAME_FIELDS]
        wanted = Q(search_text__contains=word.casefold()) | Q(expertise__icontains=word)
        for name in ("institution_name__icontains", *names):
            wanted |= Q(**{name: word})
        reviewers = reviewers.filter(wanted)
    if values.get("state"):
        reviewers = reviewers.filter(state=values["state"])
    if values.get("country"):
        reviewers = reviewers.filter(country_code=values["country"])
    if values.get("language"):
        reviewers = reviewers.filter(search_text__contains=f"lang:{values['language'].lower()} ")
    if values.get("field_code"):
        # By a subquery: a join would count what each of them has to do once a field.
        of_field = Reviewer.objects.filter(fields__code=values["field_code"]).values("pk")
        reviewers = reviewers.filter(pk__in=of_field)
    return reviewers


def _pool_moves(request: HttpRequest, public_id: str) -> list[Move]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return [
        Move(_("Add a reviewer"), reverse("review:pool_add", args=[public_id]), tone="primary"),
        Move(_("Reviewers of earlier calls"), reverse("review:pool_former", args=[public_id])),
        Move(_("Import a table"), reverse("review:pool_import", args=[public_id])),
        Move(_("Download as CSV"), reverse("review:pool_export", args=[public_id, "csv"]) + query),
        Move(_("Download as Excel"), reverse("review:pool_export", args=[public_id, "xlsx"]) + query),
    ]


def _balance(own: QuerySet[Reviewer], filters: Any) -> list[dict[str, Any]]:
    """Who the reader's side has, as figures: the same whatever is filtered."""
    countries = {code: words for code, words in filters.fields["country"].choices if code}
    shares = balance_of(list(own.order_by("pk")), countries)
    words = {"gender": _("Gender"), "country": _("Country"), "agency": _("Agency")}
    return [{"label": words[name], "shares": rows} for name, rows in shares.items() if rows]


STATE_TONES = {
    ReviewerState.NAMED: "neutral",
    ReviewerState.INVITED: "info",
    ReviewerState.ACCEPTED: "success",
    ReviewerState.DECLINED: "warning",
    ReviewerState.RETIRED: "neutral",
}


def _moves(reviewer: Any, *, may_remove: bool) -> list[Move]:
    """What may be done with somebody of the pool that the reader keeps."""

    def at(name: str) -> str:
        return reverse(f"review:{name}", args=[reviewer.public_id])

    moves = []
    if reviewer.counts and reviewer.state in INVITABLE:
        is_again = reviewer.state == ReviewerState.INVITED
        moves.append(Move(_("Send again") if is_again else _("Invite"), at("pool_invite")))
        if is_again:
            moves.append(Move(_("Take the invitation back"), at("pool_revoke"), "post"))
    if may_remove and not reviewer.load and not reviewer.is_kept:
        confirm = _("The person leaves the pool of this call.")
        moves.append(Move(_("Remove"), at("pool_remove"), "post", confirm=confirm))
    elif may_remove and reviewer.state != ReviewerState.RETIRED:
        confirm = _("The person takes part no more. What they submitted stays.")
        moves.append(Move(_("Retire"), at("pool_retire"), "post", confirm=confirm))
    return moves


def _answers(reviewers: list[Reviewer]) -> dict[int, dict[str, str]]:
    """What those who have declined wrote, by the reviewer's id: their newest answer."""
    declined = [r.pk for r in reviewers if r.state == ReviewerState.DECLINED]
    if not declined:
        return {}
    rows = ReviewerInvitation.objects.filter(reviewer__in=declined, state=InvitationState.DECLINED)
    return {
        row.reviewer_id: {"reason": row.reason, "suggestion": row.suggestion} for row in rows.order_by("pk")
    }


@reads
def pool(request: HttpRequest, public_id: str) -> HttpResponse:
    """The reader's own side's reviewers, with what each of them has to do."""
    call = call_or_404(request, public_id)
    names = Country.objects.filter(pk=OuterRef("country_code")).values(f"name_{current()}")[:1]
    own = reviewers_visible_to(request.user).filter(call=call)
    filters = filters_of(request, call)
    reviewers = filtered(own, filters).annotate(country=Subquery(names))
    page = page_of(reviewers, request)
    kept = {a.pk for a in kept_agencies(request, call)}
    may_remove = bool(kept) and is_free_of_all(request.user, call)
    answers = _answers(page.objects)
    rows = [
        {
            "reviewer": reviewer,
            "behalf": named_words(reviewer),
            "confirm": [Move(_("Compare with the letter"), confirm_url(reviewer), tone="primary")]
            if not reviewer.counts and may_confirm_reviewers(request.user, reviewer)
            else [],
            "country": reviewer.country or reviewer.country_code,
            "profile_url": reverse("review:pool_profile", args=[reviewer.public_id])
            if reviewer.agency_id in kept and reviewer.counts
            else "",
            "keywords": joined(reviewer.keywords[:SHOWN_KEYWORDS]),
            "tone": STATE_TONES[ReviewerState(reviewer.state)],
            "answer": answers.get(reviewer.pk),
            "moves": _moves(reviewer, may_remove=may_remove) if reviewer.agency_id in kept else [],
        }
        for reviewer in page.objects
    ]
    context = {
        "call": call,
        "page": page,
        "rows": rows,
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "pool"),
        "moves": _pool_moves(request, public_id) if kept else [],
        "filter_form": filters,
        "clear_url": reverse("review:pool", args=[public_id]),
        "is_filtered": bool(request.GET),
        "balance": _balance(own, filters),
        "breadcrumbs": crumbs(call, _("Reviewers")),
    }
    return render(request, "review/pool.html", context)


@reads_and_writes
@idempotent
def pool_add(request: HttpRequest, public_id: str) -> HttpResponse:
    call = call_or_404(request, public_id)
    kept = kept_agencies(request, call)
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
