"""Searching for an assignment, keeping what was found, and changing it by hand. Nothing here gives anybody a proposal."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from kernel import audit
from kernel.actions import action, require
from kernel.choices import label
from kernel.clock import now, today
from kernel.jobs import enqueue
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, Violation, refuse_if
from program.enums import CallState
from program.models import Call
from proposals.models import Proposal
from review.enums import PairKind, PairState, WishKind
from review.findings import findings_between, unavailable_violations
from review.gathering import Gathered
from review.loads import proposed_loads, room_violations
from review.matching import ADDABLE, agencies_to_assign, due_of
from review.models import Assignment, AssignmentPair, AssignmentRun, PairWish, Reviewer
from review.permissions import may_assign
from review.rules.availability import beyond_violation
from review.rules.matching.checking import below_floor
from review.rules.matching.settings import Settings, settings_violations
from review.rules.matching.shortage import bottlenecks
from review.rules.matching.task import Answer, Rule

JOB = "review.match"
MOST_TERMS = 5


@action
def request_run(*, call: Call, settings: Settings, due_on: dt.date, by: Any) -> AssignmentRun:
    """Have an assignment searched for in the background, over all proposals that the officer may see.

    Raises:
        NotAllowed: `by` gives no agency's reviewers anything in this call.
        RuleBroken: as `settings_violations`; `call_not_under_review`, `due_in_the_past`, `run_waits_already`.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("programme", "lead_agency")
        .get(pk=call.pk)
    )
    require(bool(agencies_to_assign(by, call)))
    waiting = AssignmentRun.objects.filter(
        call=call, asked_by=by, found_at=None, job__state__in=["queued", "running"]
    )
    refuse_if(
        *settings_violations(settings),
        Violation("call_not_under_review") if call.state != CallState.REVIEW else None,
        Violation("due_in_the_past", "due_on") if due_on < today(call.programme.zone) else None,
        Violation("run_waits_already") if waiting.exists() else None,
    )
    plain = {**settings.as_plain(), "due_on": due_on.isoformat()}
    run = AssignmentRun.objects.create(call=call, wanted=plain, asked_by=by)
    run.job = enqueue(JOB, {"run": run.public_id}, by=by, key=f"{JOB}:{run.public_id}")
    run.save(update_fields=["job"])
    audit.record("match_asked", run, by=by, details={"call": call.public_id, **plain})
    return run


@action
def keep_run(*, run: AssignmentRun, gathered: Gathered, answer: Answer) -> None:
    """Keep what a search has found. To be called in the job's commit."""
    found: list[AssignmentPair] = []
    chosen = set(answer.pairs)
    for p, r in sorted(chosen | set(gathered.given)):
        pair = (p, r)
        kind = PairKind.ADD
        if pair in gathered.given:
            kind = PairKind.KEEP if pair in chosen else PairKind.REMOVE
        reviewer = gathered.reviewers[r]
        found.append(
            AssignmentPair(
                run=run,
                proposal=gathered.proposals[p],
                reviewer=reviewer,
                kind=kind,
                expertise=round(float(gathered.task.expertise[pair]), 4),
                reasons={
                    "terms": gathered.likeness.shared(p, r, MOST_TERMS),
                    "languages": sorted(gathered.languages[p] & set(reviewer.languages)),
                },
                assignment=gathered.given.get(pair),
            )
        )
    AssignmentPair.objects.bulk_create(found, batch_size=500)
    run.found_at = now()
    run.gap, run.seconds = answer.gap, round(answer.seconds, 2)
    run.is_integral, run.floor = answer.is_integral, round(answer.floor, 4)
    run.short = [_short(gathered, one) for one in answer.short]
    run.bottlenecks = [
        {
            "rule": str(one.rule),
            "agency": None if one.agency is None else gathered.agencies[one.agency].public_id,
            "proposals": [gathered.proposals[p].public_id for p in one.proposals],
            "reviewers": len(one.reviewers),
            "needed": one.needed,
            "room": one.room,
        }
        for one in bottlenecks(gathered.task, answer.pairs, answer.short)
    ]
    run.below = [
        {"proposal": gathered.proposals[one.of].public_id, "by": round(one.by, 4), "why": str(one.why)}
        for one in below_floor(gathered.task, answer.pairs, answer.floor)
    ]
    run.save()
    audit.record("match_found", run, by=run.asked_by, details={"pairs": len(chosen), "gap": answer.gap})


def _short(gathered: Gathered, one: Any) -> dict[str, Any]:
    is_load = one.rule == Rule.LOAD
    return {
        "rule": str(one.rule),
        "proposal": None if is_load else gathered.proposals[one.of].public_id,
        "reviewer": gathered.reviewers[one.of].public_id if is_load else None,
        "agency": None if one.agency is None else gathered.agencies[one.agency].public_id,
        "missing": one.missing,
    }


@action
def add_pair(
    *, run: AssignmentRun, proposal: Proposal, reviewer: Reviewer, by: Any, beyond: str = ""
) -> AssignmentPair:
    """Put a pair into what was found, by hand. `beyond` as in `assign_reviewer`, which is given it once the pair is accepted.

    Raises:
        NotAllowed: the reviewer is not of the officer's side, or the officer may not see the proposal.
        RuleBroken: `reviewer_in_conflict`, `assigned_already`, `pair_there_already`, `reviewer_of_other_call`,
            `reviewer_not_confirmed`, `reviewer_not_available`: as when it is given; `reviewer_load_reached` (with what is
            proposed), `reviewer_away`.
    """
    run = AssignmentRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    require(may_assign(by, proposal, reviewer.agency) and proposal.call_id == run.call_id)
    found = findings_between(proposal, [reviewer])[reviewer.pk]
    reasons = ", ".join(label(finding) for finding in found)
    standing = AssignmentPair.objects.filter(run=run, proposal=proposal, reviewer=reviewer).first()
    loads = {reviewer.pk: len(proposed_loads(run, by, [reviewer.pk])[reviewer.pk] - {proposal.pk})}
    full = room_violations([reviewer], loads=loads, due_on=due_of(run))[reviewer.pk]
    goes_beyond = bool(full) and not is_blank_text(beyond)
    refuse_if(
        Violation("reviewer_of_other_call", "reviewer") if reviewer.call_id != run.call_id else None,
        Violation("reviewer_in_conflict", "reviewer", {"name": reviewer.person.name, "reasons": reasons})
        if found
        else None,
        Violation("assigned_already", "reviewer")
        if Assignment.objects.filter(proposal=proposal, reviewer=reviewer).exists()
        else None,
        *unavailable_violations(reviewer),
        Violation("pair_there_already", "reviewer") if standing and standing.state not in ADDABLE else None,
        *([] if goes_beyond else full),
        beyond_violation(beyond),
    )
    pair = standing or AssignmentPair(run=run, proposal=proposal, reviewer=reviewer)
    pair.state, pair.is_by_hand, pair.kind = PairState.PROPOSED, True, PairKind.ADD
    pair.beyond, pair.refusal = beyond if goes_beyond else "", []
    pair.save()
    _record("pair_added", pair, by, beyond=[one.code for one in full] if goes_beyond else [])
    return pair


@action
def drop_pair(*, pair: AssignmentPair, by: Any) -> AssignmentPair:
    """Take a pair out of what was found, by hand; one that is to be taken back then stays given.

    Raises:
        RuleBroken: `pair_not_open`.
    """
    pair = (
        AssignmentPair.objects.select_for_update(of=("self",))
        .select_related("run", "proposal__call__programme", "reviewer__agency")
        .get(pk=pair.pk)
    )
    require(may_assign(by, pair.proposal, pair.reviewer.agency))
    if pair.state != PairState.PROPOSED or pair.kind == PairKind.KEEP:
        raise RuleBroken(Violation("pair_not_open"))
    pair.state, pair.is_by_hand = PairState.DROPPED, True
    pair.save(update_fields=["state", "is_by_hand"])
    _record("pair_dropped", pair, by)
    return pair


def _record(verb: str, pair: AssignmentPair, by: Any, *, beyond: Sequence[str] = ()) -> None:
    details: dict[str, Any] = {"proposal": pair.proposal.public_id, "reviewer": pair.reviewer.public_id}
    if beyond:
        details["beyond"] = list(beyond)
    audit.record(verb, pair.run, by=by, details=details, private={"beyond": pair.beyond} if beyond else None)


@action
def set_wish(*, proposal: Proposal, reviewer: Reviewer, kind: WishKind | None, by: Any) -> PairWish | None:
    """Pin a pair for every search, forbid it, or neither.

    Raises:
        NotAllowed: as `add_pair`.
        RuleBroken: `reviewer_of_other_call`; `reviewer_in_conflict` for a pin.
    """
    require(may_assign(by, proposal, reviewer.agency))
    found = findings_between(proposal, [reviewer])[reviewer.pk] if kind == WishKind.PIN else []
    reasons = ", ".join(label(finding) for finding in found)
    refuse_if(
        Violation("reviewer_of_other_call", "reviewer") if reviewer.call_id != proposal.call_id else None,
        Violation("reviewer_in_conflict", "reviewer", {"name": reviewer.person.name, "reasons": reasons})
        if found
        else None,
    )
    standing = PairWish.objects.select_for_update().filter(proposal=proposal, reviewer=reviewer).first()
    details = {"proposal": proposal.public_id, "reviewer": reviewer.public_id, "kind": str(kind or "")}
    if kind is None:
        if standing:
            audit.record("wish_ended", standing, by=by, details=details)
            standing.delete()
        return None
    wish = standing or PairWish(proposal=proposal, reviewer=reviewer)
    wish.kind, wish.by, wish.at = kind, by, now()
    wish.save()
    audit.record("wish_set", wish, by=by, details=details)
    return wish


@action
def apply_table(
    *,
    run: AssignmentRun,
    add: Sequence[tuple[Proposal, Reviewer, str]],
    drop: Sequence[AssignmentPair],
    by: Any,
) -> Mapping[str, int]:
    """Change what was found as a table says: all of it, or nothing. `add`: with the reason for going beyond, or "".

    Raises:
        NotAllowed, RuleBroken: as `add_pair` and `drop_pair`.
    """
    for pair in drop:
        drop_pair(pair=pair, by=by)
    for proposal, reviewer, beyond in add:
        add_pair(run=run, proposal=proposal, reviewer=reviewer, by=by, beyond=beyond)
    return {"added": len(add), "dropped": len(drop)}
