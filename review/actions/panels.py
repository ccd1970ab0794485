"""The panel's meeting: planned, its people, its list, its votes, and its end."""

import datetime as dt
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from accounts.models import Organisation, Person
from kernel import audit
from kernel.actions import action, require
from kernel.clock import now
from kernel.revisions import fingerprint, refuse_stale
from kernel.text import is_blank_text
from kernel.transitions import apply_transition
from kernel.violations import RuleBroken, Violation, refuse_if, stale
from program.enums import CallState
from program.models import Call
from program.permissions import participation
from proposals.enums import ProposalState
from proposals.models import Proposal
from review.enums import Ballot, PanelState
from review.models import Panel, PanelItem, PanelLeave, PanelMember, PanelVote
from review.panels import must_leave
from review.permissions import may_run_panel, root_of
from review.rules.panels import bands_of, bands_violation, has_vote, item_violations, moved

FIELDS = ("title", "starts_at", "ends_at", "place", "online_url", "places", "bands", "has_votes")


def _checked(values: Mapping[str, Any]) -> None:
    refuse_if(
        bands_violation(values["bands"]),
        None
        if values["ends_at"] > values["starts_at"]
        else Violation("panel_ends_before_it_starts", "ends_at"),
    )


@action
def plan_panel(*, call: Call, by: Any, order: Sequence[Proposal], **values: Any) -> Panel:
    """Plan a meeting, with `FIELDS`. Every eligible proposal of the call stands on its agenda, in this order; those that `order` lacks
    come last.

    Raises:
        RuleBroken: `call_not_under_review`, `panel_bands_wrong`, `panel_ends_before_it_starts`.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("programme").get(pk=call.pk)
    require(may_run_panel(by, call))
    refuse_if(None if call.state == CallState.REVIEW else Violation("call_not_under_review"))
    _checked(values)
    panel = Panel.objects.create(call=call, made_by=by, **values)
    place = {proposal.pk: index for index, proposal in enumerate(order)}
    eligible = Proposal.objects.filter(call=call, state=ProposalState.ELIGIBLE).order_by(
        "receipt_number", "id"
    )
    listed = sorted(eligible, key=lambda proposal: place.get(proposal.pk, len(place)))
    PanelItem.objects.bulk_create(
        PanelItem(panel=panel, proposal=proposal, turn=index, rank=index)
        for index, proposal in enumerate(listed, 1)
    )
    audit.record("panel_planned", panel, by=by, details={"call": call.public_id})
    return panel


def _locked(panel: Panel, by: Any) -> Panel:
    """The panel's row, locked, for who may run it while it is open.

    Raises:
        RuleBroken: `panel_closed`.
    """
    panel = Panel.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=panel.pk)
    require(may_run_panel(by, panel.call))
    refuse_if(Violation("panel_closed") if panel.state == PanelState.CLOSED else None)
    return panel


@action
def change_panel(*, panel: Panel, by: Any, seen: str = "", **values: Any) -> Panel:
    """Change when, where and how it meets.

    Raises:
        RuleBroken: `panel_closed`, `stale_version`, and as `plan_panel`.
    """
    panel = _locked(panel, by)
    refuse_stale(panel, seen, writer=by, verb="panel_changed", subject=panel)
    _checked(values)
    for name in FIELDS:
        setattr(panel, name, values[name])
    panel.save(update_fields=FIELDS)
    audit.record("panel_changed", panel, by=by, details={"call": panel.call.public_id})
    return panel


@action
def seat_member(*, panel: Panel, person: Person, agency: Organisation, role: str, by: Any) -> PanelMember:
    """Give somebody a seat, for an agency of the call.

    Raises:
        RuleBroken: `panel_closed`, `agency_not_in_review`, `person_on_panel_already`.
    """
    panel = _locked(panel, by)
    person = root_of(person)
    refuse_if(
        None if agency.pk in participation(panel.call) else Violation("agency_not_in_review", "agency"),
        Violation("person_on_panel_already", "person")
        if panel.members.filter(person=person).exists()
        else None,
    )
    member = PanelMember.objects.create(panel=panel, person=person, agency=agency, role=role)
    _of_member("panel_seat_given", member, by)
    return member


@action
def change_member(*, member: PanelMember, role: str, attendance: str, by: Any) -> None:
    """Record somebody's role, and whether they came. The votes of who was absent or may not vote are taken back.

    Raises:
        RuleBroken: `panel_closed`.
    """
    _locked(member.panel, by)
    member.role, member.attendance = role, attendance
    member.save(update_fields=["role", "attendance"])
    if not has_vote(role, attendance):
        member.votes.all().delete()
    _of_member("panel_seat_changed", member, by)


@action
def unseat_member(*, member: PanelMember, by: Any) -> None:
    """Take somebody off the panel, with what was recorded of them.

    Raises:
        RuleBroken: `panel_closed`.
    """
    _locked(member.panel, by)
    _of_member("panel_seat_taken", member, by)
    member.delete()


def _of_member(verb: str, member: PanelMember, by: Any) -> None:
    audit.record(
        verb,
        member.panel,
        by=by,
        details={"agency": member.agency.public_id, "role": str(member.role)},
        private={"person": member.person.public_id},
    )


@action
def move_item(*, item: PanelItem, to: int, seen_rank: int, by: Any) -> PanelItem:
    """Put a proposal at another rank; those between make room. `seen_rank` is where the mover saw it.

    Raises:
        RuleBroken: `panel_closed`, `panel_moved_meanwhile`.
    """
    panel = _locked(item.panel, by)
    items = {one.pk: one for one in PanelItem.objects.select_for_update().filter(panel=panel)}
    item = items[item.pk]
    if item.rank != seen_rank:
        raise RuleBroken(Violation("panel_moved_meanwhile", "rank", {"rank": item.rank}))
    before = item.rank
    order = moved([one.pk for one in sorted(items.values(), key=lambda one: (one.rank, one.pk))], item.pk, to)
    for rank, key in enumerate(order, 1):
        items[key].rank = rank
    PanelItem.objects.bulk_update(items.values(), ["rank"])
    if item.rank != before:
        details = {"proposal": item.proposal.public_id, "before": before, "after": item.rank}
        audit.record("panel_moved", panel, by=by, details=details)
    return item


def record_of(item: PanelItem) -> dict[str, Any]:
    """What a form on an item is made from: all that is recorded of it but its rank, which others' moves change too."""
    return {
        "band": item.band,
        "note": item.note,
        "interview_at": item.interview_at,
        "left": sorted(leave.member_id for leave in item.leaves.all()),
        "votes": sorted((vote.member_id, str(vote.ballot)) for vote in item.votes.all()),
    }


@action
def record_item(
    *,
    item: PanelItem,
    by: Any,
    band: str,
    note: str,
    interview_at: dt.datetime | None,
    left: AbstractSet[str] = frozenset(),
    votes: Mapping[str, str] | None = None,
    seen: str = "",
) -> PanelItem:
    """Record what was said of one proposal: its group, the note for the minutes, its interview, who left the room (`left`, by the
    members' public ids), and their `votes`.

    Raises:
        RuleBroken: `panel_closed`, `stale_version`, and what `item_violations` says.
    """
    panel = _locked(item.panel, by)
    item = (
        PanelItem.objects.select_for_update(of=("self",))
        .select_related("proposal__institution")
        .get(pk=item.pk)
    )
    if seen and seen != fingerprint(record_of(item)):
        raise RuleBroken(stale(by=by, editor_id=audit.last_actor_id("panel_recorded", item)))
    members = {one.public_id: one for one in panel.members.select_related("person")}
    votes = {key: ballot for key, ballot in (votes or {}).items() if ballot and key in members}
    conflicted = must_leave([item], list(members.values()))[item.pk]
    unable = {
        key
        for key, one in members.items()
        if one.pk in conflicted or key in left or not has_vote(one.role, one.attendance)
    }
    violations = item_violations(
        band=band, bands=bands_of(panel.bands), note=note, votes=votes, leaving=unable
    )
    if violations:
        raise RuleBroken(violations)
    item.band, item.note, item.interview_at = band, note, interview_at
    item.save(update_fields=["band", "note", "interview_at"])
    item.leaves.all().delete()
    item.votes.all().delete()
    PanelLeave.objects.bulk_create(
        PanelLeave(item=item, member=members[key]) for key in sorted(left) if key in members
    )
    PanelVote.objects.bulk_create(
        PanelVote(item=item, member=members[key], ballot=Ballot(ballot))
        for key, ballot in sorted(votes.items())
    )
    audit.record(
        "panel_recorded",
        item,
        by=by,
        details={"proposal": item.proposal.public_id, "band": band},
        private={"note": note} if note else {},
    )
    return item


@action
def close_panel(*, panel: Panel, by: Any) -> Panel:
    """End the meeting: its minutes are final.

    Raises:
        RuleBroken: `panel_closed`.
    """
    panel = _locked(panel, by)
    apply_transition(panel, "close", by=by)
    panel.closed_at = now()
    panel.save(update_fields=["closed_at"])
    return panel


@action
def reopen_panel(*, panel: Panel, by: Any, reason: str) -> Panel:
    """Open a meeting again whose minutes are to be corrected.

    Raises:
        RuleBroken: `transition_not_allowed`, `panel_reason_missing`.
    """
    panel = Panel.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=panel.pk)
    require(may_run_panel(by, panel.call))
    refuse_if(Violation("panel_reason_missing", "reason") if is_blank_text(reason) else None)
    apply_transition(panel, "reopen", by=by, reason=reason)
    panel.closed_at = None
    panel.save(update_fields=["closed_at"])
    return panel
