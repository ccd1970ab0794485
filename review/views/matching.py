"""Searches for an assignment: the list of a call with the form of a new one, and a search's page."""

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.fragments import progress_part, wants_part
from kernel.idempotency import idempotent
from kernel.jobs.states import JobState
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from program.views.answering import carried_out, only_if, posted
from proposals.enums import ProposalState
from review.actions.matching import request_run
from review.enums import MatchStep, PairKind, PairState, RunMode
from review.forms.matching import RunForm, ShowForm, initial_of
from review.matching import (
    Counts,
    agencies_to_assign,
    counts_of,
    pairs_visible_to,
    runs_visible_to,
)
from review.models import AssignmentPair, AssignmentRun
from review.permissions import conflicted, is_free_of_all, note_conflict
from review.queries import decisions_visible_to, locks_of, proposals_under_review, reviewing_agencies
from review.views.matching_words import below_words, bottleneck_rows, percent, short_words, why_of
from review.views.pools import call_or_404, crumbs
from review.views.shown import behalf_words, proposal_title, tabs_of

SHOWN_RUNS = 20
SHOWN_SHORT = 30
TONES = {
    PairState.PROPOSED: "info",
    PairState.DROPPED: "neutral",
    PairState.TAKING: "info",
    PairState.TAKEN: "success",
    PairState.REFUSED: "error",
    PairState.UNDONE: "neutral",
}


@reads_and_writes
@idempotent
def matching(request: HttpRequest, public_id: str) -> HttpResponse:
    """The searches of a call, and the settings of a new one; the last one's stand in it."""
    call = call_or_404(request, public_id)
    agencies = reviewing_agencies(call)
    may_search = bool(agencies_to_assign(request.user, call))
    runs = list(runs_visible_to(request.user).filter(call=call)[:SHOWN_RUNS])
    form = None
    if may_search:
        last = runs[0].wanted if runs else None
        form = RunForm(posted(request), agencies=agencies, initial=initial_of(last, agencies))
        done, made = carried_out(
            request,
            form,
            lambda values: request_run(
                call=call, settings=form.settings(), due_on=values["due_on"], by=request.user
            ),
            _("The search has begun. It gives nobody anything: you look at what it finds first."),
        )
        if done:
            return redirect("review:run", public_id=made.public_id)
    else:
        only_if(request.method != "POST")
    context = {
        "call": call,
        "form": form,
        "runs": [_listed(run) for run in runs],
        "behalf": behalf_words(request.user, locks_of(call)),
        "tabs": tabs_of(request.user, call, "matching"),
        "breadcrumbs": crumbs(call, _("Assignment")),
    }
    return render(request, "review/matching.html", context)


def _listed(run: AssignmentRun) -> dict[str, Any]:
    return {
        "run": run,
        "url": reverse("review:run", args=[run.public_id]),
        "by": str(run.asked_by.person),
        "mode": label(RunMode(run.wanted["mode"])),
        "state": _("found") if run.found_at else label_of_field(run.job, "state") if run.job else "–",
    }


def run_or_404(request: HttpRequest, public_id: str) -> AssignmentRun:
    """A search in a call of the officer's, with what `call_or_404` reads of the call."""
    user = request.user
    newest = decisions_visible_to(user).filter(call=OuterRef("call")).values("public_id")[:1]
    runs = runs_visible_to(user).annotate(
        newest_decision=Subquery(newest),
        has_conflict=Exists(conflicted(user).filter(call=OuterRef("call"))),
    )
    run: Any = get_object_or_404(runs, public_id=public_id)
    run.call.newest_decision = run.newest_decision
    note_conflict(user, run.call, run.has_conflict)
    found: AssignmentRun = run
    return found


def run_crumbs(run: AssignmentRun, last: str = "") -> list[dict[str, Any]]:
    steps = crumbs(run.call, _("Assignment"))
    steps[-1]["url"] = reverse("review:matching", args=[run.call.public_id])
    found = [*steps, {"label": _("Proposed assignment"), "url": ""}]
    if last:
        found[-1]["url"] = reverse("review:run", args=[run.public_id])
        found.append({"label": last, "url": ""})
    return found


@reads
def run(request: HttpRequest, public_id: str) -> HttpResponse:
    """What a search proposes for the reader's side, or how far it is; asked by htmx, the inside of the progress box."""
    found = run_or_404(request, public_id)
    job = found.taking if found.found_at else found.job
    is_busy = job is not None and not job.has_ended
    if found.found_at is None or (wants_part(request) and (found.taking or found.job)):
        return _progress(request, found)
    filter_form = ShowForm(request.GET)
    shown, asked = filter_form.asked()
    own = pairs_visible_to(request.user).filter(run=found)
    proposals = proposals_under_review(request.user).filter(call=found.call, state=ProposalState.ELIGIBLE)
    # The shortfalls of the proposals that the reader may see, and no others.
    named = {one["proposal"] for one in found.short if one["proposal"]}
    named |= {key for one in found.bottlenecks for key in one["proposals"]}
    named |= {one["proposal"] for one in found.below}
    names = dict(proposals.filter(public_id__in=named).values_list("public_id", "receipt_number"))
    short: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in found.short:
        if one["proposal"] in names:
            short[one["proposal"]].append(one)
    if shown == "short":
        proposals = proposals.filter(public_id__in=list(short))
    elif shown == "refused":
        proposals = proposals.filter(pk__in=own.filter(state=PairState.REFUSED).values("proposal"))
    elif shown == "hand":
        proposals = proposals.filter(pk__in=own.filter(is_by_hand=True).values("proposal"))
    if asked:
        proposals = proposals.filter(receipt_number__icontains=asked)
    page = page_of(proposals, request)
    of_proposal: dict[int, list[AssignmentPair]] = defaultdict(list)
    for pair in own.filter(proposal__in=[p.pk for p in page.objects]):
        of_proposal[pair.proposal_id].append(pair)
    agencies = {agency.public_id: agency for agency in reviewing_agencies(found.call)}
    may_change = bool(agencies_to_assign(request.user, found.call))
    counts = counts_of(own)
    context = {
        "run": found,
        "call": found.call,
        "figures": _figures(found, counts, is_free=is_free_of_all(request.user, found.call)),
        "loads": [{"load": load, "reviewers": n} for load, n in counts.loads.items()],
        "short": [
            {"number": names[key], "url": _proposal_url(found, key), "words": short_words(ones, agencies)}
            for key, ones in list(short.items())[:SHOWN_SHORT]
        ],
        "more_short": max(0, len(short) - SHOWN_SHORT),
        "floor": _floor(request.user, found, names),
        "bottlenecks": bottleneck_rows(found.bottlenecks, set(names), agencies),
        "page": page,
        "filter_form": filter_form,
        "rows": [
            {
                "proposal": p,
                "title": proposal_title(p),
                "url": _proposal_url(found, p.public_id),
                "pairs": [pair_row(pair) for pair in of_proposal[p.pk]],
                "short": short_words(short.get(p.public_id, []), agencies),
                "may_accept": may_change and any(_is_open(pair) for pair in of_proposal[p.pk]),
            }
            for p in page.objects
        ],
        "progress": _state(found) if is_busy else None,
        "poll_url": reverse("review:run", args=[public_id]),
        "accept_url": reverse("review:run_accept", args=[public_id]),
        "may_accept": may_change and counts.add + counts.remove > 0 and not is_busy,
        "moves": _moves(found, counts, may_change=may_change and not is_busy),
        "tabs": tabs_of(request.user, found.call, "matching"),
        "breadcrumbs": run_crumbs(found),
    }
    return render(request, "review/matching_run.html", context)


def _floor(user: Any, found: AssignmentRun, names: dict[str, Any]) -> dict[str, Any] | None:
    """The expertise that each proposal was to have, and which have less and why; None where no floor was asked for, and for
    whoever has a conflict in the call: the floor may be that of the proposal."""
    if not found.floor or not is_free_of_all(user, found.call):
        return None
    below = [one for one in found.below if one["proposal"] in names]
    return {
        "value": percent(found.floor),
        "keeps": found.wanted.get("mode") == RunMode.ADJUST,
        "rows": [
            {
                "number": names[one["proposal"]],
                "url": _proposal_url(found, one["proposal"]),
                "words": below_words(one["by"], one["why"]),
            }
            for one in below[:SHOWN_SHORT]
        ],
        "more": max(0, len(below) - SHOWN_SHORT),
    }


def _proposal_url(found: AssignmentRun, proposal: str) -> str:
    return reverse("review:run_proposal", args=[found.public_id, proposal])


def _is_open(pair: AssignmentPair) -> bool:
    return pair.kind != PairKind.KEEP and pair.state == PairState.PROPOSED


def pair_row(pair: AssignmentPair) -> dict[str, Any]:
    is_kept = pair.kind == PairKind.KEEP
    return {
        "pair": pair,
        "name": pair.reviewer.person.name,
        "agency": pair.reviewer.agency.short_name,
        "kind": label(PairKind(pair.kind)),
        "state": "" if is_kept else label(PairState(pair.state)),
        "tone": "neutral" if is_kept else TONES[PairState(pair.state)],
        "expertise": percent(pair.expertise),
        "why": why_of(pair),
    }


def _figures(found: AssignmentRun, counts: Counts, *, is_free: bool) -> list[dict[str, Any]]:
    """Counted of what the reader may see. How near to the optimum it came and how long it took is of the whole search: only
    whoever is free of all its proposals is told."""
    own = [
        {"label": _("To be given"), "value": f"{counts.add:,}"},
        {"label": _("Given already, stays"), "value": f"{counts.keep:,}"},
        {"label": _("To be taken back"), "value": f"{counts.remove:,}"},
        {"label": _("Done"), "value": f"{counts.taken:,}"},
        {"label": _("Refused"), "value": f"{counts.refused:,}"},
        {"label": _("Mean expertise"), "value": "–" if counts.mean is None else percent(counts.mean)},
    ]
    whole = [
        {"label": _("Of the optimum at least"), "value": f"{100 * (1 - found.gap):.2f}%"},
        {"label": _("Time of the search"), "value": _("%(seconds)s s") % {"seconds": f"{found.seconds:.1f}"}},
    ]
    return [*own, *(whole if is_free else [])]


def _moves(found: AssignmentRun, counts: Counts, *, may_change: bool) -> list[Move]:
    args = [found.public_id]
    moves = []
    if may_change and counts.add + counts.remove:
        moves.append(
            Move(_("Accept all that is open"), reverse("review:run_accept", args=args), tone="primary")
        )
    moves.append(Move(_("Table as CSV"), reverse("review:run_csv", args=args)))
    if may_change:
        moves.append(Move(_("Change by a table"), reverse("review:run_table", args=args)))
    if may_change and counts.undoable:
        ask = _("All that your side was given out of this search is undone, as long as nobody has begun.")
        moves.append(
            Move(_("Undo what was accepted"), reverse("review:run_undo", args=args), "post", "danger", ask)
        )
    return moves


def _state(found: AssignmentRun) -> dict[str, Any]:
    job = found.taking if found.found_at else found.job
    step = MatchStep(job.step) if job and job.step in list(MatchStep) else None
    has_ended = job is None or job.has_ended
    words = label_of_field(job, "state") if job else ""
    return {
        "label": _("Giving what was accepted") if found.found_at else _("Searching for an assignment"),
        "state_label": label(step) if step and not has_ended else words,
        "percent": job.percent if job else 100,
        "result_url": reverse("review:run", args=[found.public_id]) if found.found_at and has_ended else "",
        "result_label": _("Show what was found"),
    }


def _progress(request: HttpRequest, found: AssignmentRun) -> HttpResponse:
    job = found.taking if found.found_at else found.job
    # A box that asked while a search was on is told that it has ended, although nothing is being given yet.
    has_ended = job is None or job.has_ended
    if wants_part(request):
        return progress_part(request, _state(found), has_ended=has_ended)
    context = {
        **_state(found),
        "run": found,
        "call": found.call,
        "has_ended": has_ended,
        "failed": job is not None and job.state == JobState.FAILED,
        "poll_url": reverse("review:run", args=[found.public_id]),
        "breadcrumbs": run_crumbs(found),
    }
    return render(request, "review/matching_progress.html", context)
