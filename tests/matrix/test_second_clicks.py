"""What a second click, a second window and Back do: nothing twice and nothing unasked, also for guests, who have no account."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from tests.matrix.ask import own_answers, undone
from tests.matrix.junk import Fields
from tests.matrix.roles import ANONYMOUS, GUEST, SIGNED_IN
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = own_answers()
# Views of the review and of guests that take a POST without looking at its token, and why a second one does no harm.
WITHOUT_TOKEN = {
    "review:form": "saves itself, with the revision it was made from",
    "review:invitation_link": "a link works once",
    "review:invitation_renew": "not within a minute of the last one",
    "review:invited_leave": "ends the session",
    "review:statistics_compute": "one computation of the same reviews",
    "proposals:invitation_link": "a link works once",
    "proposals:invitation_renew": "not within a minute of the last one",
    "proposals:invited_leave": "ends the session",
    "accounts:mail_stop": "says the same again",
    "accounts:mail_resume": "says the same again",
}


def views(patterns: Any, spaces: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from views(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces)
        else:
            yield ":".join((*spaces, one.name)), one.callback


def is_open_to(route: str, *roles: str) -> bool:
    post = ANSWERS[route].post or {}
    return any(role in allowed for allowed in post.values() for role in roles)


def test_every_view_of_the_review_and_of_guests_looks_at_the_token_or_says_why_not() -> None:
    found = {
        route
        for route, view in views(get_resolver().url_patterns)
        if route in ANSWERS
        and (route.startswith("review:") or is_open_to(route, GUEST, ANONYMOUS))
        and ANSWERS[route].post is not None
        and not getattr(view, "is_idempotent", False)
    }
    assert found == set(WITHOUT_TOKEN) - {"proposals:invited_leave"}


def test_every_form_of_a_guest_has_a_token(world: World) -> None:
    without = []
    for route, answer in ANSWERS.items():
        if answer.get is None or answer.expected("GET", GUEST) != 200 or route in WITHOUT_TOKEN:
            continue
        if is_open_to(route, *SIGNED_IN) or not is_open_to(route, GUEST):
            continue
        with undone():
            page = world.client(GUEST).get(page_address(world, route))
        if "form_token" not in Fields(page.content.decode()).values:
            without.append(route)
    assert without == []


def page_address(world: World, route: str) -> str:
    from tests.matrix.ask import address

    return address(world, route, ANSWERS[route])
