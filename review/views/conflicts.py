"""The officers' pages of conflicts of interest: what was found and declared, the verdicts, and an officer's own."""

import json
from collections import defaultdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.choices import label, label_of_field
from kernel.idempotency import idempotent
from kernel.methods import reads, reads_and_writes
from kernel.moves import Move
from kernel.pages import page_of
from kernel.templatetags.kernel import day, instant
from program.views.answering import carried_out, only_if, posted
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.actions.conflicts import judge_finding
from review.enums import ConflictKind, Finding
from review.evidence_words import words_of
from review.findings import evidence_in, set_aside_in
from review.forms.conflicts import VerdictForm
from review.models import Assignment, ConflictDeclaration, FindingVerdict, Reviewer
from review.permissions import may_assign
from review.queries import (
    OUT_OF_SIGHT,
    assignments_visible_to,
    proposals_under_review,
    reviewers_visible_to,
)
from review.rules.conflicts import Evidence, kinds_of, stands
from review.views.pools import call_or_404, crumbs
from review.views.shown import proposal_title, tabs_of

# So many proposals a page: each is held against the whole pool.
PROPOSALS = 30


def pair_url(proposal: Proposal, reviewer: Reviewer, name: str = "finding") -> str:
    return reverse(f"review:{name}", args=[proposal.public_id, reviewer.public_id])


def _pool_of(request: HttpRequest, call: Any) -> list[Reviewer]:
    return list(reviewers_visible_to(request.user).filter(call=call))


@reads
def conflicts(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every proposal that the officer may see against their own side's pool: what was found, what was declared, and whether
    anybody is left who may review it."""
    call = call_or_404(request, public_id)
    proposals = proposals_under_review(request.user).filter(call=call).select_related("pi", "institution")
    page = page_of(proposals, request, size=PROPOSALS)
    pool = _pool_of(request, call)
    found, aside = evidence_in(page.objects, pool), set_aside_in(page.objects, pool)
    given: dict[tuple[int, int], Assignment] = {
        (a.proposal_id, a.reviewer_id): a
        for a in assignments_visible_to(request.user)
        .filter(proposal__in=[p.pk for p in page.objects])
        .exclude(state__in=OUT_OF_SIGHT)
    }
    rows, nobody = [], []
    for proposal in page.objects:
        pairs = []
        for reviewer in pool:
            pair = (proposal.pk, reviewer.pk)
            evidence = found.get(pair, [])
            if evidence:
                pairs.append(_pair(proposal, reviewer, evidence, aside.get(pair, {}), pair in given))
        free = len(pool) - sum(not pair["is_free"] for pair in pairs)
        title = proposal_title(proposal)
        if pool and not free and proposal.state == ProposalState.ELIGIBLE:
            nobody.append(f"{proposal.receipt_number} {title}")
        rows.append(
            {
                "proposal": proposal,
                "title": title,
                "free": free,
                "pairs": sorted(pairs, key=lambda pair: not pair["is_urgent"]),
                "moves": [
                    Move(_("I have a conflict"), reverse("review:own_conflict", args=[proposal.public_id]))
                ],
            }
        )
    context = {
        "call": call,
        "page": page,
        "rows": rows,
        "pool": len(pool),
        "nobody": nobody,
        "pool_url": reverse("review:pool", args=[public_id]),
        "tabs": tabs_of(request.user, call, "conflicts"),
        "breadcrumbs": crumbs(call, _("Conflicts of interest")),
    }
    return render(request, "review/conflicts.html", context)


def _pair(
    proposal: Proposal,
    reviewer: Reviewer,
    evidence: list[Evidence],
    aside: dict[Finding, frozenset[str]],
    is_given: bool,
) -> dict[str, Any]:
    """One reviewer's line: the kinds found, and how they stand."""
    left = stands(evidence, aside)
    is_declared = any(one.finding == Finding.DECLARED for one in evidence)
    if is_declared:
        words, tone = _("conflict"), "error"
    elif not left:
        words, tone = _("set aside"), "neutral"
    elif is_given:
        words, tone = _("found after the proposal was given: to be judged"), "error"
    else:
        words, tone = _("to be judged"), "warning"
    return {
        "name": reviewer.person.name,
        "kinds": ", ".join(label(kind) for kind in kinds_of(evidence)),
        "words": words,
        "tone": tone,
        "is_free": not left,
        "is_urgent": bool(left) and is_given and not is_declared,
        "url": pair_url(proposal, reviewer),
    }


def found_pair(request: HttpRequest, public_id: str, reviewer_id: str) -> tuple[Proposal, Reviewer]:
    """A proposal that the officer may see, and a reviewer of their own side of the same call."""
    proposal = get_object_or_404(
        proposals_under_review(request.user).select_related("pi", "institution"), public_id=public_id
    )
    reviewer = get_object_or_404(
        reviewers_visible_to(request.user).filter(call=proposal.call_id), public_id=reviewer_id
    )
    return proposal, reviewer


def _facts(proposal: Proposal, reviewer: Reviewer) -> list[dict[str, Any]]:
    rows = [
        (_("Receipt number"), proposal.receipt_number or ""),
        (_("Title of the research"), proposal_title(proposal)),
        (_("Reviewer"), reviewer.person.name),
        (_("Institution"), reviewer.institution_name),
        (_("Agency"), reviewer.agency.short_name),
    ]
    return [{"label": words, "value": value, "url": ""} for words, value in rows]


@reads_and_writes
@idempotent
def finding(request: HttpRequest, public_id: str, reviewer_id: str) -> HttpResponse:
    """What stands between one reviewer and one proposal, with its evidence; what was declared and judged, dated; the verdict."""
    proposal, reviewer = found_pair(request, public_id, reviewer_id)
    pair = (proposal.pk, reviewer.pk)
    evidence = evidence_in([proposal], [reviewer]).get(pair, [])
    aside = set_aside_in([proposal], [reviewer]).get(pair, {})
    may_judge = may_assign(request.user, proposal, reviewer.agency)
    is_declared = any(one.finding == Finding.DECLARED for one in evidence)
    kinds = [] if is_declared else kinds_of(evidence)
    only_if(request.method == "GET" or may_judge)
    seen = defaultdict(list)
    for one in evidence:
        seen[one.finding.value].append(one.key)
    form = VerdictForm(posted(request), findings=kinds, initial={"seen": json.dumps(seen)})

    def act(values: dict[str, Any]) -> Any:
        kind = values.pop("finding")
        keys = _read_seen(values.pop("seen"), kind)
        return judge_finding(
            proposal=proposal, reviewer=reviewer, finding=kind, seen=keys, by=request.user, **values
        )

    done, _made = carried_out(request, form, act, _("Your verdict is recorded."))
    if done:
        return redirect(pair_url(proposal, reviewer))
    words = words_of(evidence)
    context = {
        "facts": _facts(proposal, reviewer),
        "rows": [
            {
                "kind": label(one.finding),
                "words": words[one],
                "is_aside": not stands([one], aside),
            }
            for one in evidence
            if one.finding != Finding.DECLARED
        ],
        "history": _history(proposal, reviewer),
        "form": form if may_judge and kinds else None,
        "moves": [Move(_("Record a conflict"), pair_url(proposal, reviewer, "conflict_record"))]
        if may_judge and not is_declared
        else [],
        "back": reverse("review:conflicts", args=[proposal.call.public_id]),
        "breadcrumbs": crumbs(proposal.call, _("Conflicts of interest")),
    }
    return render(request, "review/finding.html", context)


def _read_seen(text: str, kind: str) -> list[str]:
    """The keys that were on the page; none where the field was tampered with, so that the verdict is asked again."""
    try:
        keys = json.loads(text or "{}")[kind]
    except (ValueError, KeyError, TypeError):
        return []
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def _history(proposal: Proposal, reviewer: Reviewer) -> list[dict[str, Any]]:
    """What was declared and judged, the newest first."""
    declared = ConflictDeclaration.objects.filter(
        proposal=proposal, person=reviewer.person_id
    ).select_related("recorded_by__person")
    verdicts = FindingVerdict.objects.filter(proposal=proposal, reviewer=reviewer).select_related(
        "by__person"
    )
    rows = [(one.at, _declared(one)) for one in declared]
    rows += [(one.at, _judged(one)) for one in verdicts]
    return [row for _at, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]


def _declared(one: ConflictDeclaration) -> dict[str, Any]:
    dates = " – ".join(day(value) if value else "" for value in (one.since, one.until))
    if one.kind == ConflictKind.NONE:
        words = _("declared: no conflict of interest")
    else:
        words = _("conflict: %(kind)s") % {"kind": label_of_field(one, "kind")}
    return {
        "at": instant(one.at),
        "who": str(one.recorded_by.person) if one.recorded_by else str(one.person),
        "words": words,
        "dates": dates if one.since or one.until else "",
        "reason": one.words,
    }


def _judged(one: FindingVerdict) -> dict[str, Any]:
    values = {"finding": label_of_field(one, "finding"), "verdict": label_of_field(one, "verdict")}
    return {
        "at": instant(one.at),
        "who": str(one.by.person),  # type: ignore[attr-defined]  # an officer has a person
        "words": _("%(finding)s: %(verdict)s") % values,
        "dates": "",
        "reason": one.reason,
    }
