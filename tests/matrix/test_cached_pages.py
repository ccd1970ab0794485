"""A page that somebody has read is nobody else's (cases.md, 24).

An officer asks for every address; then, for the same one and with the officer's own marks of what they have, a visitor
who has not signed in and an applicant ask.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from tests.matrix.answer import Answer
from tests.matrix.ask import address, content_of, first_allowed, own_answers, undone
from tests.matrix.roles import ANONYMOUS, GUEST, OFFICERS, SIGNED_IN
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
APPLICANT = "other_applicant"
PAGES = {route: answer for route, answer in own_answers().items() if answer.get is not None}


def marks(answer: Any) -> dict[str, str]:
    """What a browser, or a cache before the portal, sends to ask whether what it has is still good."""
    return {
        "If-None-Match": answer.headers.get("ETag", "*"),
        "If-Modified-Since": answer.headers.get("Last-Modified", "Thu, 31 Dec 2099 00:00:00 GMT"),
    }


def is_kept(answer: Any) -> bool:
    """Whether any cache may keep the answer."""
    said = {part.strip() for part in answer.headers.get("Cache-Control", "").split(",")}
    return not {"private", "no-store"} <= said


def shown_to_others(world: World, route: str, answer: Answer) -> Iterator[str]:
    """What is wrong with the route's address once an officer has read it."""
    officer = first_allowed(answer, "GET", (*OFFICERS, *SIGNED_IN, GUEST))
    assert officer, f"nobody reads {route}"
    url = address(world, route, answer)
    with undone():
        first: Any = world.client(officer).get(url)
        page = content_of(first)
        if is_kept(first):
            yield f"{route}: what {officer} reads may be kept: {first.headers.get('Cache-Control')}"
        name = world.name(officer)
        for role in (ANONYMOUS, APPLICANT):
            wanted = answer.expected("GET", role)
            for headers in ({}, marks(first)):
                other: Any = world.client(role).get(url, headers=headers)
                body = content_of(other)
                if other.status_code != wanted:
                    yield f"{route} as {role} with {headers}: {other.status_code}, not {wanted}"
                elif page and wanted != 200 and body == page:
                    yield f"{route} as {role}: the page of {officer}"
                elif wanted == 200 and role == ANONYMOUS and name in body.decode(errors="replace"):
                    yield f"{route} as {role}: {name} is named"
                if is_kept(other):
                    yield f"{route} as {role}: may be kept: {other.headers.get('Cache-Control')}"


@pytest.mark.parametrize("app", sorted({route.partition(":")[0] for route in PAGES}))
def test_what_an_officer_has_read_is_shown_to_nobody_else(world: World, app: str) -> None:
    own = {route: answer for route, answer in PAGES.items() if route.startswith(f"{app}:")}
    found = [line for route, answer in own.items() for line in shown_to_others(world, route, answer)]
    assert found == []


KEPT: dict[str, HttpResponse] = {}


def kept_by_address(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """A cache that knows the address alone, before everything else."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path not in KEPT:
            KEPT[request.path] = get_response(request)
        return KEPT[request.path]

    return answer


def test_a_cache_that_knows_the_address_alone_is_noticed(world: World, settings: Any) -> None:
    settings.MIDDLEWARE = [f"{__name__}.kept_by_address", *settings.MIDDLEWARE]
    route = "projects:project"
    assert len(list(shown_to_others(world, route, PAGES[route]))) == 4
