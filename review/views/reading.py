"""Others' reviews and the discussion of a proposal, as the phase opens them: to its reviewers, and to officers."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.languages import localized
from kernel.methods import reads_and_writes
from program.models import Criterion
from program.views.answering import carried_out, only_if, posted
from proposals.models import Proposal
from review.actions.discussion import hide_entry, say_as_officer, say_as_reviewer
from review.enums import AssignmentState as State
from review.enums import Confidence
from review.forms.own import score_words
from review.forms.plans import EntryForm, HideForm
from review.models import Assignment, DiscussionEntry
from review.permissions import may_assign, may_moderate, moderates_for, root_of, sides_of
from review.phases import Phases, entries_of, phases_of, seen_by_officer, submitted_reviews
from review.queries import proposals_under_review
from review.views.own_parts import (
    address,
    criteria_of,
    crumbs_of,
    own_assignment,
    reading_moves,
    versions_of,
)
from review.views.pools import crumbs
from review.views.shown import proposal_title


class _Names:
    """How reviewers are called for one reader: by number within their agency, by name where their agency shows it or the
    reader acts for it."""

    def __init__(
        self, phases: Phases, reviews: Sequence[Assignment], own: set[int], reader: int | None
    ) -> None:
        self._phases, self._own, self._reader = phases, own, reader
        self._numbers: dict[tuple[int, int], int] = {}
        counts: dict[int, int] = {}
        for review in reviews:
            agency = review.reviewer.agency_id
            counts[agency] = counts.get(agency, 0) + 1
            self._numbers[agency, root_of(review.reviewer.person).pk] = counts[agency]

    def of(self, agency: Any, person: Any, *, is_officer: bool = False) -> str:
        if is_officer:
            return _("Officer of %(agency)s") % {"agency": agency.short_name}
        root = root_of(person)
        if root.pk == self._reader:
            return _("You")
        number = self._numbers.get((agency.pk, root.pk))
        if agency.pk in self._own or self._phases.shows_names(agency.pk):
            return f"{person.name} ({agency.short_name})"
        if number is None:  # their review counts no more
            return _("Reviewer of %(agency)s") % {"agency": agency.short_name}
        return _("Reviewer %(number)s of %(agency)s") % {"number": number, "agency": agency.short_name}


def _reviews(
    reviews: Sequence[Assignment], criteria: Sequence[Criterion], names: _Names, inner: set[int]
) -> list[dict[str, Any]]:
    """Each review in words. The comment to the agency is for those of the reviewer's own side (`inner`)."""
    shown = []
    for review in reviews:
        scores = {score.criterion_id: score.value for score in review.scores.all()}
        texts = [{"label": _("Comment to the applicants"), "value": review.comment_to_applicant, "url": ""}]
        if review.reviewer.agency_id in inner:
            texts.append({"label": _("Comment to the agency"), "value": review.comment_to_agency, "url": ""})
        shown.append(
            {
                "name": names.of(review.reviewer.agency, review.reviewer.person),
                "submitted_at": review.submitted_at,
                "amended_at": review.amended_at,
                "rows": [
                    *(
                        {
                            "label": localized(criterion, "title"),
                            "value": score_words(criterion, scores[criterion.pk])
                            if criterion.pk in scores
                            else "",
                            "url": "",
                        }
                        for criterion in criteria
                    ),
                    {
                        "label": _("Confidence of the reviewer"),
                        "value": label(Confidence(review.confidence)) if review.confidence else "",
                        "url": "",
                    },
                    *texts,
                ],
                "versions": versions_of(review, criteria),
            }
        )
    return shown


def _entries(
    entries: Sequence[DiscussionEntry], names: _Names, moderates: Sequence[int]
) -> list[dict[str, Any]]:
    """What was said, as this reader may read it: of a hidden entry the reason, and its text for those who moderate it."""
    return [
        {
            "name": names.of(entry.agency, entry.person, is_officer=entry.is_officer),
            "at": entry.at,
            "text": "" if entry.hidden_at and entry.pk not in moderates else entry.text,
            "hidden": entry.hidden_reason if entry.hidden_at else "",
            "hide_url": reverse("review:entry_hide", args=[entry.public_id])
            if entry.pk in moderates and not entry.hidden_at
            else "",
        }
        for entry in entries
    ]


@reads_and_writes
@idempotent
def reading(request: HttpRequest, public_id: str) -> HttpResponse:
    """For a reviewer who has submitted: the others' reviews, and what is said of the proposal."""
    found = own_assignment(request, public_id)
    phases = phases_of(found.proposal.call)
    agency = found.reviewer.agency_id
    read = phases.read_by(agency)
    if found.state != State.SUBMITTED or not read:
        return redirect(address(found))
    may_speak = phases.bundle(agency).discusses
    form = EntryForm(posted(request)) if may_speak else None
    if request.method == "POST":
        if form is None:
            raise Http404
        done, _made = carried_out(
            request,
            form,
            lambda values: say_as_reviewer(assignment=found, by=request.user, **values),
            _("Your entry stands in the discussion."),
        )
        if done:
            return redirect(address(found, "reading"))
    reviews = list(submitted_reviews(found.proposal, read))
    names = _Names(phases, reviews, set(), root_of(found.reviewer.person).pk)
    context = {
        **_page(found.proposal, phases, read, reviews, names, {agency}, criteria_of(found)),
        "entries": _entries(list(entries_of(found.proposal, read)), names, ()),
        "form": form,
        "phase": label(phases.of(agency)),
        "moves": [move for move in reading_moves(found, phases) if move.url != request.path],
        "breadcrumbs": crumbs_of(found, _("Others’ reviews and discussion")),
    }
    return render(request, "review/reading.html", context)


def _page(
    proposal: Proposal,
    phases: Phases,
    read: set[int],
    reviews: Sequence[Assignment],
    names: _Names,
    inner: set[int],
    criteria: Sequence[Criterion],
) -> dict[str, Any]:
    return {
        "title": proposal_title(proposal),
        "reviews": _reviews(reviews, criteria, names, inner),
        "sides": pgettext("between names", ", ").join(
            localized(phases.agencies[key], "name") for key in phases.agencies if key in read
        ),
        "is_together": phases.are_together,
    }


@reads_and_writes
@idempotent
def proposal_reading(request: HttpRequest, public_id: str) -> HttpResponse:
    """For officers without a conflict: the reviews of their side, of all once they are together, and the discussion."""
    proposal: Proposal = get_object_or_404(proposals_under_review(request.user), public_id=public_id)
    phases = phases_of(proposal.call)
    read = seen_by_officer(request.user, proposal.call, phases)
    own = [phases.agencies[key] for key in read if may_assign(request.user, proposal, phases.agencies[key])]
    speaks_for = next((agency for agency in own if phases.bundle(agency.pk).discusses), None)
    form = EntryForm(posted(request)) if speaks_for else None
    if request.method == "POST":
        if form is None or speaks_for is None:
            raise Http404
        done, _made = carried_out(
            request,
            form,
            lambda values: say_as_officer(proposal=proposal, agency=speaks_for, by=request.user, **values),
            _("Your entry stands in the discussion."),
        )
        if done:
            return redirect("review:proposal_reading", public_id=public_id)
    reviews = list(submitted_reviews(proposal, read))
    sides = sides_of(request.user, proposal.call)
    names = _Names(phases, reviews, sides, None)
    entries = list(entries_of(proposal, read))
    # The proposal is one that the reader may see, so they are free of it.
    moderated = {key for key in read if moderates_for(request.user, proposal.call, phases.agencies[key])}
    moderates = [entry.pk for entry in entries if entry.agency_id in moderated]
    context = {
        **_page(proposal, phases, read, reviews, names, sides, list(proposal.form_version.criteria.all())),
        "entries": _entries(entries, names, moderates),
        "form": form,
        "phase": ", ".join(
            f"{phases.agencies[key].short_name}: {label(phases.of(key))}"
            for key in phases.agencies
            if key in read
        ),
        "moves": [],
        "breadcrumbs": crumbs(proposal.call, _("Reviews and discussion")),
    }
    return render(request, "review/reading.html", context)


@reads_and_writes
@idempotent
def entry_hide(request: HttpRequest, public_id: str) -> HttpResponse:
    """An officer hides an entry from the reviewers, with the reason."""
    entry = get_object_or_404(
        DiscussionEntry.objects.select_related("proposal__call__programme", "agency").filter(
            proposal__in=proposals_under_review(request.user).values("pk")
        ),
        public_id=public_id,
    )
    phases = phases_of(entry.proposal.call)
    only_if(
        entry.agency_id in seen_by_officer(request.user, entry.proposal.call, phases)
        and may_moderate(request.user, entry)
    )
    back = reverse("review:proposal_reading", args=[entry.proposal.public_id])
    form = HideForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: hide_entry(entry=entry, by=request.user, **values),
        _("The entry is hidden. Its reason stands in its place."),
    )
    if done:
        return redirect(back)
    context = {
        "form": form,
        "heading": _("Hide an entry of the discussion"),
        "lead": entry.text,
        "submit_label": _("Hide the entry"),
        "cancel_url": back,
        "breadcrumbs": crumbs(entry.proposal.call, _("Hide an entry of the discussion")),
    }
    return render(request, "review/one_form.html", context)
