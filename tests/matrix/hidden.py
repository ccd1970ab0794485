"""Calls in every stage of the review, in each of which one proposal is hidden from whoever has a conflict of interest with it,
while both agencies' reviewers are at work on it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from accounts.models import Organisation
from kernel import clock
from kernel.actions import writing
from program.models import Call
from proposals.models import Proposal, ProposalAccess
from review.actions.scenarios import make_scenario
from review.models import (
    Appeal,
    Assignment,
    AssignmentPair,
    ConflictDeclaration,
    DiscussionEntry,
    FindingVerdict,
    NegotiationNote,
    PairWish,
    PanelLeave,
    PanelVote,
    Reviewer,
    Score,
)
from tests.builders.panels import make_panel, seat
from tests.builders.review import (
    letter_as_row,
    make_assignment,
    make_decision,
    make_entry,
    make_plan,
    make_reviewer,
    make_run,
    make_scored_call,
)
from tests.matrix.ask import undone
from tests.matrix.world import World

# Whoever reviews in these calls; the third is shut out of the hidden proposal by the world.
REVIEWERS = {"reviewer": "home", "reviewer_asked": "partner"}
# What nobody has submitted, or submits no more.
UNDONE = ("assigned", "in_progress", "conflicted", "withdrawn", "handed_back", "closed")
MERITS = (5, 4, 4, 3, 2)


@dataclass
class Hiding:
    """A call at one stage. `hidden` is the proposal in question, `shown` the others."""

    name: str
    call: Call
    hidden: Proposal
    shown: list[Proposal]
    pool: dict[str, list[Reviewer]] = field(default_factory=dict)
    more: dict[str, Model] = field(default_factory=dict)

    @property
    def proposals(self) -> list[Proposal]:
        return [self.hidden, *self.shown]


def scored(assignment: Assignment, value: int) -> Assignment:
    with writing():
        Score.objects.bulk_create(
            Score(assignment=assignment, criterion=criterion, value=max(1, value))
            for criterion in assignment.proposal.form_version.criteria.all()
        )
        assignment.submitted_at, assignment.confidence = clock.now(), "high"
        assignment.comment_to_agency = f"To the agency {assignment.pk}"
        assignment.save()
    return assignment


def sides(world: World) -> dict[str, Organisation]:
    return {"home": world.stage.home, "partner": world.stage.partner}


def begun(world: World, name: str, **call: Any) -> Hiding:
    """A call of five proposals, each scored by two of each agency's pool; the hidden one has reviews in every other state too."""
    _stage, made, proposals = make_scored_call(world.stage, proposals=len(MERITS), **call)
    found = Hiding(name, made, proposals[0], proposals[1:])
    for side, agency in sides(world).items():
        pool = found.pool[side] = [make_reviewer(made, agency) for _ in range(4)]
        pool += [
            make_reviewer(made, agency, world.people[role]) for role, of in REVIEWERS.items() if of == side
        ]
        for index, (proposal, merit) in enumerate(zip(proposals, MERITS, strict=True)):
            for place in (0, 1, 4):
                one = pool[4] if place == 4 else pool[(index + place) % 3]
                scored(make_assignment(proposal, one, state="submitted"), merit - (index + place) % 2)
        for state in UNDONE:
            make_assignment(found.hidden, make_reviewer(made, agency), state=state)
    return found


def with_panels(world: World, found: Hiding) -> Hiding:
    """A meeting at which somebody has left the room for the hidden proposal, and all have voted; and one that has ended."""
    for state in ("open", "closed"):
        panel = make_panel(found.call, world.stage.home1, found.proposals, places=2, state=state)
        members = [
            seat(panel, found.pool[side][n].person, agency)
            for side, agency in sides(world).items()
            for n in (0, 3)
        ]
        with writing():
            for item in panel.items.all():
                PanelVote.objects.bulk_create(
                    PanelVote(item=item, member=member, ballot="for") for member in members
                )
            PanelLeave.objects.create(item=panel.items.get(proposal=found.hidden), member=members[0])
    return found


def reviewing(world: World) -> Hiding:
    """Reviews are written; two searches for an assignment were made, and something was said always and never."""
    found = with_panels(world, begun(world, "reviewing", is_locked=False))
    free = {side: pool[3] for side, pool in found.pool.items()}
    pairs = [(proposal, one) for proposal in found.proposals for one in free.values()]
    short = [
        {"rule": "places", "proposal": proposal.public_id, "agency": None, "missing": 1}
        for proposal in found.proposals
    ]
    make_run(found.call, world.stage.home1, pairs, short=short)
    make_run(found.call, world.stage.partner1, pairs)
    with writing():
        for proposal in found.proposals[:2]:
            PairWish.objects.create(
                proposal=proposal, reviewer=free["home"], kind="pin", by=world.stage.home1
            )
    for agency in sides(world).values():
        make_plan(world.stage, found.call, agency, others_from=clock.today() - dt.timedelta(days=1))
    return found


def discussing(world: World) -> Hiding:
    """All have locked and discuss; lists are given, the agencies negotiate, and the home agency tries a scenario."""
    found = with_panels(world, begun(world, "discussing", agreement="negotiation"))
    days = {"closes_on": clock.today() - dt.timedelta(days=9), "may_amend": True}
    for agency in sides(world).values():
        make_plan(
            world.stage,
            found.call,
            agency,
            discussion_from=clock.today() - dt.timedelta(days=5),
            **days,
        )
    for proposal in found.proposals[:2]:
        for review in proposal.assignments.filter(state="submitted"):
            make_entry(review, f"An entry of {review.pk}")
    make_scenario(
        call=found.call,
        agency=world.stage.home,
        by=world.stage.home1,
        title="Line",
        kind="line",
        settings={"count": 2},
    )
    with writing():
        NegotiationNote.objects.create(
            proposal=found.hidden, agency=world.stage.home, text="A note", by=world.stage.home1
        )
    return found


def proposed(world: World) -> Hiding:
    """A decision is before the agencies."""
    found = begun(world, "proposed")
    make_decision(world.stage, found.proposals)
    return found


def decided(world: World) -> Hiding:
    """The decision is published: letters went out, and a team objects."""
    found = begun(world, "decided", appeal_days=30)
    decision = make_decision(world.stage, found.proposals, state="adopted", publish_at=clock.now())
    letter_as_row(decision)
    with writing():
        Appeal.objects.create(
            item=decision.items.get(proposal=found.shown[0]), reasons="A mistake", by=found.shown[0].pi.user
        )
        Call.objects.filter(pk=found.call.pk).update(state="decided")
        Proposal.objects.filter(pk__in=[one.pk for one in found.proposals]).update(
            state="not_adopted", decided_at=clock.now()
        )
    found.call.refresh_from_db()
    for one in found.proposals:
        one.refresh_from_db()
    return found


def all_stages(world: World) -> list[Hiding]:
    with clock.set_to(clock.now()):
        return [reviewing(world), discussing(world), proposed(world), decided(world)]


def without_reviews(found: Hiding) -> None:
    """Nobody reviews the hidden proposal, and nobody ever has: nothing rests on it that reviewers have brought about."""
    hidden = found.hidden
    with writing():
        given = Assignment.objects.filter(proposal=hidden)
        AssignmentPair.objects.filter(proposal=hidden).delete()
        for relation in Assignment._meta.related_objects:
            if not relation.many_to_many:
                relation.related_model.objects.filter(**{f"{relation.field.name}__in": given}).delete()
        given.delete()
        for model in (FindingVerdict, ConflictDeclaration, DiscussionEntry, PairWish):
            model._default_manager.filter(proposal=hidden).delete()
        for model in (PanelVote, PanelLeave):
            model._default_manager.filter(item__proposal=hidden).delete()
        ProposalAccess.objects.filter(proposal=hidden, kind="reader").delete()
        for run in found.call.assignment_runs.all():
            run.short = [one for one in run.short if one["proposal"] != hidden.public_id]
            run.save(update_fields=["short"])


@contextmanager
def nobody_reviews(stages: list[Hiding]) -> Iterator[None]:
    with undone():
        for found in stages:
            without_reviews(found)
        yield
