"""Every route × method × role: what was written by hand is what the portal answers."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import HttpResponse

from config import urls
from program.models import Call, Designation
from proposals.models import Proposal
from tests.matrix.answers import all_answers
from tests.matrix.ask import differences
from tests.matrix.roles import ROLES
from tests.matrix.routes import routes
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = all_answers()


def test_every_route_is_answered() -> None:
    assert sorted(set(routes()) - set(ANSWERS)) == []


def test_no_answer_speaks_of_a_route_that_is_not_there() -> None:
    assert sorted(set(ANSWERS) - set(routes())) == []


def test_each_answer_names_what_stands_in_the_address() -> None:
    wanted = routes()
    assert {r: len(a.objects) for r, a in ANSWERS.items()} == {r: wanted[r] for r in ANSWERS}


@pytest.fixture
def bare_absence(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is absent is answered without its page: half of all answers are that one page, which has its own test."""
    monkeypatch.setattr(urls, "handler404", lambda request, exception=None: HttpResponse(status=404))


@pytest.mark.parametrize("role", ROLES)
def test_the_page_of_what_is_absent_opens(world: World, role: str) -> None:
    answer = world.client(role).get("/ja/nothing-is-here/")
    assert answer.status_code == 404
    assert b"</html>" in answer.content


@pytest.mark.usefixtures("bare_absence")
@pytest.mark.parametrize("route", sorted(ANSWERS))
def test_route(world: World, route: str) -> None:
    assert list(differences(world, {route: ANSWERS[route]})) == []


@contextmanager
def without(module: str, name: str, everything: Any) -> Iterator[None]:
    """Take a filter of visibility out, in every module that has imported it."""
    original = getattr(sys.modules[module], name)
    holders = [m for m in list(sys.modules.values()) if getattr(m, name, None) is original]
    for holder in holders:
        setattr(holder, name, everything)
    try:
        yield
    finally:
        for holder in holders:
            setattr(holder, name, original)


def noticed(world: World, app: str) -> bool:
    """Whether any answer of the app's pages has become another."""
    own = {route: answer for route, answer in ANSWERS.items() if route.startswith(f"{app}:")}
    return next(differences(world, own, ("GET",)), None) is not None


@pytest.mark.usefixtures("bare_absence")
@pytest.mark.parametrize(
    ("query", "model"),
    [
        ("program.queries.calls_visible_to", Call),
        ("program.queries.designations_visible_to", Designation),
        ("proposals.queries.proposals_visible_to", Proposal),
    ],
)
def test_a_filter_of_visibility_that_is_taken_out_is_noticed(world: World, query: str, model: Any) -> None:
    module, _, name = query.rpartition(".")
    with without(module, name, lambda user, *others: model.objects.all()):
        assert noticed(world, module.partition(".")[0])
