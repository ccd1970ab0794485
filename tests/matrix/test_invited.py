"""Somebody who was invited and has not answered yet meets the invitation, and finds nothing else of the proposal."""

from dataclasses import replace

import pytest

from tests.matrix.answer import ABSENT
from tests.matrix.answers import all_answers
from tests.matrix.ask import ask
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
# What stands for a proposal in an address.
PROPOSALS = ("draft", "submitted", "locked", "proposal", "asking", "adopted", "unjudged", "partnered")
ROUTES = sorted(
    route for route, answer in all_answers().items() if answer.objects and answer.objects[0] in PROPOSALS
)


def test_there_are_such_routes() -> None:
    assert len(ROUTES) > 40


@pytest.mark.parametrize("route", ROUTES)
def test_whoever_has_not_accepted_finds_nothing(world: World, route: str) -> None:
    answer = all_answers()[route]
    of_theirs = replace(answer, objects=("invited_proposal", *answer.objects[1:]))
    found = {
        method: ask(world, route, of_theirs, method, "nobody")
        for method in ("GET", "POST")
        if (answer.get if method == "GET" else answer.post) is not None
    }
    assert found == dict.fromkeys(found, ABSENT)


def test_their_invitation_is_there(world: World) -> None:
    route = "proposals:own_invitation"
    assert ask(world, route, all_answers()[route], "GET", "nobody") == 200
