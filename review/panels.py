"""Panels as far as a user may see them; who must leave the room for which proposal, and how the votes stand: read in bulk."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership, Person
from kernel.clock import today
from program.models import Call
from program.permissions import SEATS, participation
from review.enums import Ballot, Finding, PanelState
from review.findings import bounds_of, findings_in
from review.models import Panel, PanelItem, PanelMember, PanelVote, Reviewer
from review.queries import calls_under_review, proposals_under_review


def must_leave(
    items: Sequence[PanelItem], members: Sequence[PanelMember]
) -> dict[int, dict[int, list[Finding]]]:
    """For each item's id the members who may not be there, by the member's id, each with why: whatever shuts a reviewer out of a
    proposal, and for who is no reviewer of the call a conflict on record and the own team. The same number of queries for any
    number of either.

    The items come with their proposal and its institution, the members with their person.
    """
    if not items or not members:
        return {item.pk: {} for item in items}
    proposals = [item.proposal for item in items]
    own = {
        member.pk: {member.person_id, member.person.merged_into_id or member.person_id} for member in members
    }
    people = set().union(*own.values())
    bounds = bounds_of(proposals)
    shut_out = set(bounds.excluded)
    teams = {(proposal.pk, proposal.pi_id) for proposal in proposals}
    for key, team in bounds.members.items():
        for one in team:
            teams |= {(key, one.person_id), (key, one.person.merged_into_id or one.person_id)}
    reviewing: dict[int, Reviewer] = {
        one.person_id: one
        for one in Reviewer.objects.filter(call=proposals[0].call_id, person__in=people).select_related(
            "person"
        )
    }
    known = findings_in(proposals, list(reviewing.values()), bounds) if reviewing else {}
    found: dict[int, dict[int, list[Finding]]] = {}
    for item in items:
        found[item.pk] = {}
        for member in members:
            reasons = [
                reason
                for person in own[member.pk]
                if person in reviewing
                for reason in known.get((item.proposal_id, reviewing[person].pk), [])
            ]
            if any((item.proposal_id, person) in teams for person in own[member.pk]):
                reasons.append(Finding.TEAM_MEMBER)
            if any((item.proposal_id, person) in shut_out for person in own[member.pk]):
                reasons.append(Finding.DECLARED)
            if reasons:
                found[item.pk][member.pk] = list(dict.fromkeys(reasons))
    return found


def tally(
    votes: Sequence[PanelVote], members: Mapping[int, PanelMember], leaving: Mapping[int, object]
) -> dict[str, Counter[Ballot]]:
    """The votes on one item by the agency's short name; those of whoever must leave count for nothing, whenever found."""
    found: dict[str, Counter[Ballot]] = defaultdict(Counter)
    for vote in votes:
        if vote.member_id in members and vote.member_id not in leaving:
            found[members[vote.member_id].agency.short_name][Ballot(vote.ballot)] += 1
    return dict(found)


def panels_visible_to(user: Any) -> QuerySet[Panel]:
    """The meetings of the calls whose review the user may see, the newest first."""
    return (
        Panel.objects.filter(call__in=calls_under_review(user).values("pk"))
        .select_related("call__programme", "call__lead_agency")
        .order_by("-starts_at", "-id")
    )


def panel_items_visible_to(user: Any) -> QuerySet[PanelItem]:
    """What stands before the panels, by rank; nothing of a proposal with which the user has a conflict."""
    return PanelItem.objects.filter(
        panel__in=panels_visible_to(user).order_by().values("pk"),
        proposal__in=proposals_under_review(user).order_by().values("pk"),
    ).select_related("panel__call__programme", "proposal__pi", "proposal__institution")


def newest_panel(call: Call) -> Panel | None:
    """The panel whose list and number of places are proposed: the one that met last."""
    return Panel.objects.filter(call=call).order_by("-starts_at", "-id").first()


def panel_list(call: Call) -> dict[str, int] | None:
    """The ranks of the panel that met last, by the proposals' public ids; None where none has met, or its minutes are not final."""
    panel = newest_panel(call)
    if panel is None or panel.state != PanelState.CLOSED:
        return None
    return dict(panel.items.values_list("proposal__public_id", "rank"))


def officers_of(call: Call) -> QuerySet[Person]:
    """The people who hold a seat today in an agency that takes part in the call."""
    seats = Membership.objects.active_on(today()).filter(
        role__in=SEATS, organisation__in=list(participation(call))
    )
    return Person.objects.filter(pk__in=seats.values("person"))
