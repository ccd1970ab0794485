"""Changing what a search proposes by hand, accepting it, and undoing that."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.choices import label
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes, writes
from kernel.moves import Move
from kernel.violations import RuleBroken, sentence
from program.views.answering import carried_out, only_if, posted
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.matching import add_pair, drop_pair, set_wish
from review.actions.taking import accept_pairs, undo_taking
from review.enums import PairKind, PairState, WishKind
from review.findings import findings_between
from review.forms.matching import AcceptForm, BeyondForm
from review.loads import proposed_loads, room_violations
from review.matching import (
    ADDABLE,
    OPEN,
    agencies_to_assign,
    due_of,
    pairs_visible_to,
    wishes_visible_to,
)
from review.models import AssignmentPair, AssignmentRun, Reviewer
from review.queries import proposals_under_review, reviewers_visible_to
from review.views.matching import pair_row, run_crumbs, run_or_404
from review.views.shown import proposal_title

CHANGES = ("add", "drop", "pin", "forbid", "free")
MOST_CHOSEN = 1_000
# Why a reviewer has no room, shortly.
FULL = {"reviewer_load_reached": lambda: _("limit reached"), "reviewer_away": lambda: _("away")}


def _proposal(request: HttpRequest, run: AssignmentRun, public_id: str) -> Proposal:
    own = proposals_under_review(request.user).filter(call=run.call, state=ProposalState.ELIGIBLE)
    proposal: Proposal = get_object_or_404(own, public_id=public_id)
    return proposal


@reads
def run_proposal(request: HttpRequest, public_id: str, proposal_id: str) -> HttpResponse:
    """One proposal in a search: its pairs, and the pool with conflicts and loads, to change it by hand."""
    run = run_or_404(request, public_id)
    proposal = _proposal(request, run, proposal_id)
    kept = [agency.pk for agency in agencies_to_assign(request.user, run.call)]
    own = pairs_visible_to(request.user).filter(run=run)
    pairs = {pair.reviewer_id: pair for pair in own.filter(proposal=proposal)}
    wishes = {one.reviewer_id: one for one in wishes_visible_to(request.user).filter(proposal=proposal)}
    pool = list(reviewers_visible_to(request.user).filter(call=run.call))
    proposed = proposed_loads(run, request.user, [one.pk for one in pool])
    loads = {one.pk: len(proposed[one.pk]) for one in pool}
    full = room_violations(pool, loads=loads, due_on=due_of(run))
    found = findings_between(proposal, pool)
    rows: list[dict[str, Any]] = []
    for reviewer in pool:
        pair, wish = pairs.get(reviewer.pk), wishes.get(reviewer.pk)
        reasons = [label(finding) for finding in found[reviewer.pk]]
        rows.append(
            {
                "reviewer": reviewer,
                "pair": pair_row(pair) if pair else None,
                "wish": label(WishKind(wish.kind)) if wish else "",
                "reasons": reasons,
                "load": loads[reviewer.pk],
                "full": [FULL[one.code]() for one in full[reviewer.pk]],
                "moves": _moves(run, proposal, reviewer, pair, wish, bool(reasons), bool(full[reviewer.pk]))
                if reviewer.agency_id in kept
                else [],
            }
        )
    # What is proposed first, then whoever has least to do.
    rows.sort(key=lambda row: (row["pair"] is None, bool(row["reasons"]), row["load"], row["reviewer"].pk))
    context = {
        "run": run,
        "proposal": proposal,
        "title": proposal_title(proposal),
        "rows": rows,
        "back": reverse("review:run", args=[public_id]),
        "breadcrumbs": run_crumbs(run, proposal_title(proposal)),
    }
    return render(request, "review/matching_proposal.html", context)


def _moves(
    run: AssignmentRun,
    proposal: Proposal,
    reviewer: Reviewer,
    pair: AssignmentPair | None,
    wish: Any,
    is_shut_out: bool,
    is_full: bool,
) -> list[Move]:
    words = {
        "add": _("Propose"),
        "beyond": _("Propose with a reason"),
        "drop": _("Drop"),
        "pin": _("Always"),
        "forbid": _("Never"),
        "free": _("No wish"),
    }
    names = []
    if pair is not None and pair.state == PairState.PROPOSED and pair.kind != PairKind.KEEP:
        names.append("drop")
    elif not is_shut_out and (pair is None or pair.state in ADDABLE):
        names.append("beyond" if is_full else "add")
    if wish is not None:
        names.append("free")
    else:
        names += ["forbid"] if is_shut_out else ["pin", "forbid"]
    keys = [run.public_id, proposal.public_id, reviewer.public_id]
    return [
        Move(words[name], reverse("review:run_beyond", args=keys))
        if name == "beyond"
        else Move(words[name], reverse("review:run_change", args=[*keys, name]), "post")
        for name in names
    ]


@reads_and_writes
@idempotent
def run_beyond(request: HttpRequest, public_id: str, proposal_id: str, reviewer_id: str) -> HttpResponse:
    """Propose somebody beyond their own limit or in their days away, with the officer's reason."""
    run = run_or_404(request, public_id)
    proposal = _proposal(request, run, proposal_id)
    kept = [agency.pk for agency in agencies_to_assign(request.user, run.call)]
    reviewer = get_object_or_404(
        reviewers_visible_to(request.user).filter(call=run.call, agency__in=kept), public_id=reviewer_id
    )
    form = BeyondForm(posted(request))
    done, _made = carried_out(
        request,
        form,
        lambda values: add_pair(run=run, proposal=proposal, reviewer=reviewer, by=request.user, **values),
        _("The reviewer is proposed. Nothing is given before it is accepted."),
    )
    back = reverse("review:run_proposal", args=[public_id, proposal_id])
    if done:
        return redirect(back)
    loads = {reviewer.pk: len(proposed_loads(run, request.user, [reviewer.pk])[reviewer.pk])}
    why = room_violations([reviewer], loads=loads, due_on=due_of(run))[reviewer.pk]
    context = {
        "form": form,
        "heading": _("Propose with a reason"),
        "lead": " ".join(sentence(one) for one in why),
        "submit_label": _("Propose"),
        "cancel_url": back,
        "breadcrumbs": run_crumbs(run, _("Propose with a reason")),
    }
    return render(request, "review/one_form.html", context)


@writes
@idempotent
def run_change(
    request: HttpRequest, public_id: str, proposal_id: str, reviewer_id: str, what: str
) -> HttpResponse:
    """Propose a reviewer, drop one, or say always, never, or no wish for the searches to come."""
    if what not in CHANGES:
        raise Http404
    run = run_or_404(request, public_id)
    proposal = _proposal(request, run, proposal_id)
    reviewer = get_object_or_404(
        reviewers_visible_to(request.user).filter(call=run.call), public_id=reviewer_id
    )
    by = request.user
    try:
        if what == "add":
            add_pair(run=run, proposal=proposal, reviewer=reviewer, by=by)
            messages.success(request, _("The reviewer is proposed. Nothing is given before it is accepted."))
        elif what == "drop":
            pairs = pairs_visible_to(by).filter(run=run, proposal=proposal, reviewer=reviewer)
            drop_pair(pair=get_object_or_404(pairs), by=by)
            messages.success(request, _("The pair is dropped from what is proposed."))
        else:
            kind = None if what == "free" else WishKind(what)
            set_wish(proposal=proposal, reviewer=reviewer, kind=kind, by=by)
            messages.success(request, _("It holds for the searches to come; what is proposed here stays."))
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    return redirect("review:run_proposal", public_id=public_id, proposal_id=proposal_id)


@reads_and_writes
@idempotent
def run_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """What accepting would do, for all open pairs of the reader's side or those of the proposals in the address (`proposal`)."""
    run = run_or_404(request, public_id)
    agencies = agencies_to_assign(request.user, run.call)
    only_if(bool(agencies))
    chosen = [key for key in request.GET.getlist("proposal") if "\x00" not in key][:MOST_CHOSEN]
    pairs = pairs_visible_to(request.user).filter(
        OPEN, run=run, reviewer__agency__in=[a.pk for a in agencies]
    )
    if chosen:
        pairs = pairs.filter(proposal__public_id__in=chosen)
    form = AcceptForm(posted(request), initial={"due_on": due_of(run)})
    done, _made = carried_out(
        request,
        form,
        lambda values: accept_pairs(run=run, by=request.user, proposals=chosen or None, **values),
        _(
            "It is accepted, and being given. Conflicts are looked for once more; whatever is refused says why."
        ),
    )
    if done:
        return redirect("review:run", public_id=public_id)
    kinds = list(pairs.order_by().values_list("kind", "proposal"))
    gives = sum(kind == PairKind.ADD for kind, _proposal in kinds)
    takes = len(kinds) - gives
    facts = [
        ngettext("%(count)s review is given.", "%(count)s reviews are given.", gives) % {"count": gives},
        ngettext("%(count)s review is taken back.", "%(count)s reviews are taken back.", takes)
        % {"count": takes},
        ngettext(
            "%(count)s proposal is concerned.",
            "%(count)s proposals are concerned.",
            len({p for _k, p in kinds}),
        )
        % {"count": len({p for _k, p in kinds})},
    ]
    context = {
        "form": form,
        "heading": _("Accept the proposed assignment"),
        "lead": " ".join([*facts, _("Each reviewer is written to. The other agency accepts its own part.")]),
        "submit_label": _("Accept"),
        "cancel_url": reverse("review:run", args=[public_id]),
        "breadcrumbs": run_crumbs(run, _("Accept")),
    }
    return render(request, "review/one_form.html", context)


@writes
@idempotent
def run_undo(request: HttpRequest, public_id: str) -> HttpResponse:
    run = run_or_404(request, public_id)
    only_if(bool(agencies_to_assign(request.user, run.call)))
    try:
        count = undo_taking(run=run, by=request.user)
    except RuleBroken as broken:
        for violation in broken.violations:
            messages.error(request, sentence(violation))
    else:
        words = ngettext("%(count)s review is undone.", "%(count)s reviews are undone.", count)
        messages.success(request, words % {"count": count})
    return redirect("review:run", public_id=public_id)
