"""Whoever has a conflict of interest with a proposal sees the same whether or not anybody reviews it, on every page, in every
file and export, in every count and search, of whatever role they are and whatever the conflict; and, as the control, an
officer without one sees the difference.

The walk goes over every route that the role may read, twice in one transaction: with the reviews of the hidden proposal, and
without them. One conflict of each role is walked over all of them; every other way of being in conflict over those that tell
the difference to the same person without one, since only there is something to hide.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache as cache_results
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from kernel import clock
from kernel.actions import writing
from proposals.models import ProposalAccess, TeamMember
from review.actions.exclusion import shut_out
from review.enums import ConflictKind
from review.models import Assignment, ConflictDeclaration, FindingVerdict
from tests.builders.people import make_person
from tests.builders.review import make_assignment, make_review, make_reviewer
from tests.matrix.ask import address, content_of, own_answers, undone
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = {route: answer for route, answer in own_answers().items() if answer.get is not None}
# What differs from one answer to the next whatever anybody reviews.
RANDOM = re.compile(
    rb'(csrfmiddlewaretoken" value="|form_token" value="|X-CSRFToken": "|nonce="|nonce-)[A-Za-z0-9_+/=-]+'
)
READS = (200, 302, 422)
KINDS = [kind for kind in ConflictKind if kind is not ConflictKind.NONE]


def declared(kind: str) -> Callable[[World, str], None]:
    def make(world: World, role: str) -> None:
        person = world.people[role].person
        shut_out(
            proposal=world.objects["proposal"],
            person=person,
            kind=kind,
            by=world.people["home_officer"],
            words="As declared",
        )

    return make


def of_the_team(world: World, role: str) -> None:
    with writing():
        TeamMember.objects.get_or_create(
            proposal=world.objects["proposal"],
            person=world.people[role].person,
            defaults={
                "role": "co_investigator",
                "institution_name": "Example",
                "country_code": "JP",
                "joined_at": clock.now(),
            },
        )


def by_another_account(world: World, role: str) -> None:
    """The conflict was declared by a person that was merged with this one."""
    person = world.people[role].person
    with writing():
        other = make_person(family_romaji="Merged", given_romaji="Away", merged_into=person)
    shut_out(
        proposal=world.objects["proposal"],
        person=other,
        kind="coauthor",
        by=world.people["home_officer"],
        words="By the other account",
    )


CONFLICTS: dict[str, Callable[[World, str], None]] = {
    **{kind.value: declared(kind.value) for kind in KINDS},
    "team": of_the_team,
    "merged": by_another_account,
}
OFFICERS = ("home_officer", "home_approver", "partner_officer", "partner_approver")
# One of each side is also one of the team, and in conflict by another account; one has every kind in turn.
OTHER_WAYS = sorted(
    {(role, way) for role in ("partner_officer", "reviewer") for way in ("team", "merged")}
    | {("home_officer", way) for way in CONFLICTS if way != "coauthor"}
)


@contextmanager
def reviewed(world: World) -> Iterator[None]:
    """The proposal with reviews in every state on both sides; taken back afterwards."""
    proposal, stage = world.objects["proposal"], world.stage
    with undone(), clock.set_to(clock.now()):
        for agency, scores in ((stage.home, (5, 5, 5, 5, 5)), (stage.partner, (2, 1, 2, 1, None))):
            make_review(proposal, agency, scores)
            for state in ("assigned", "in_progress", "conflicted", "withdrawn"):
                make_assignment(proposal, make_reviewer(proposal.call, agency), state=state)
        yield


def without_reviews(world: World) -> None:
    """Nobody reviews the proposal, and nobody ever has."""
    proposal = world.objects["proposal"]
    with writing():
        given = Assignment.objects.filter(proposal=proposal)
        for relation in Assignment._meta.related_objects:
            if not relation.many_to_many:
                relation.related_model.objects.filter(**{f"{relation.field.name}__in": given}).delete()
        given.delete()
        FindingVerdict.objects.filter(proposal=proposal).delete()
        ConflictDeclaration.objects.filter(proposal=proposal).delete()
        ProposalAccess.objects.filter(proposal=proposal, kind="reader").delete()


def routes_of(role: str) -> list[str]:
    return [route for route, answer in ANSWERS.items() if answer.expected("GET", role) in READS]


def addresses(world: World, role: str) -> list[str]:
    """Every page that the role reads without a conflict, and searches for what is hidden."""
    proposal = world.objects["proposal"]
    pool = reverse("review:pool", args=[proposal.call.public_id])
    searches = [
        f"{pool}?q=Mihon",
        f"{pool}?state=accepted",
        f"{reverse('proposals:office')}?q={proposal.title_ja}",
        f"{reverse('proposals:office')}?q={proposal.receipt_number}",
    ]
    return [*(address(world, route, ANSWERS[route]) for route in routes_of(role)), *searches]


def walk(world: World, role: str, paths: Iterable[str] = ()) -> dict[str, tuple[int, bytes]]:
    """What each page answers: of `paths`, or of all that the role reads."""
    found = {}
    for path in paths or addresses(world, role):
        cache.clear()
        client = world.client(role)
        with undone():
            response: Any = client.get(path)
            content = content_of(response)
        found[path] = (response.status_code, RANDOM.sub(rb"\1", content))
    return found


def changed(before: dict[str, Any], after: dict[str, Any]) -> dict[str, str]:
    """The pages that answer otherwise, each with the place at which they part."""
    return {path: parting(before[path][1], after[path][1]) for path in before if before[path] != after[path]}


def parting(one: bytes, other: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return f"{one[max(0, at - 60) : at + 60]!r} / {other[max(0, at - 60) : at + 60]!r}"


@pytest.fixture(scope="module")
def telling(world: World, django_db_blocker: Any) -> Callable[[str], dict[str, str]]:
    """The pages on which somebody without a conflict sees whether the proposal is reviewed, by role."""

    @cache_results
    def pages_of(role: str) -> dict[str, str]:
        with django_db_blocker.unblock(), reviewed(world):
            before = walk(world, role)
            without_reviews(world)
            return changed(before, walk(world, role))

    return pages_of


@pytest.mark.parametrize("role", [*OFFICERS, "reviewer", "reviewer_asked"])
def test_nothing_tells_whether_anybody_reviews_what_is_hidden(world: World, role: str) -> None:
    with reviewed(world):
        CONFLICTS["coauthor"](world, role)
        before = walk(world, role)
        without_reviews(world)
        assert changed(before, walk(world, role)) == {}
    if role in OFFICERS:
        proposal = world.objects["proposal"]
        secrets = [text.encode() for text in (proposal.title_ja, proposal.title_en)]
        told = [path for path, (_, content) in before.items() if any(text in content for text in secrets)]
        # The words that the reader has typed into the search stand in its own field.
        assert [path for path in told if "?q=" not in path] == [], "its title stands there"


@pytest.mark.parametrize(("role", "way"), OTHER_WAYS)
def test_nor_in_whatever_way_somebody_is_in_conflict(
    world: World, telling: Callable[[str], dict[str, str]], role: str, way: str
) -> None:
    paths = telling(role)
    assert paths
    with reviewed(world):
        CONFLICTS[way](world, role)
        before = walk(world, role, paths)
        without_reviews(world)
        assert changed(before, walk(world, role, paths)) == {}


@pytest.mark.parametrize(
    "role", ["home_conflicted", "pi", "co_investigator", "partner_pi", "reviewer_conflicted"]
)
def test_nor_to_those_of_the_team_and_those_in_conflict_already(world: World, role: str) -> None:
    with reviewed(world):
        before = walk(world, role)
        without_reviews(world)
        assert changed(before, walk(world, role)) == {}


@pytest.mark.parametrize("role", OFFICERS)
def test_the_control_an_officer_without_conflict_sees_the_difference(
    world: World, telling: Callable[[str], dict[str, str]], role: str
) -> None:
    wanted = {
        reverse(f"review:{name}", args=[world.objects["proposal"].call.public_id])
        for name in ("pool", "progress", "board", "board_csv", "board_xlsx")
    }
    assert wanted <= set(telling(role))


def test_a_reviewer_without_conflict_sees_the_difference(
    world: World, telling: Callable[[str], dict[str, str]]
) -> None:
    assert reverse("review:inbox") in telling("reviewer")
