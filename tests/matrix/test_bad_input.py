"""No input makes a 500: junk in every query and every field of every page, as somebody who may use it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests.matrix.ask import address, first_allowed, own_answers, undone
from tests.matrix.junk import QUERIES, TELLING, VALUES, Fields, filled_in
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = own_answers()


def client_of(world: World, role: str) -> Client:
    cache.clear()
    return world.client(role)


def statuses(
    world: World,
    answer: Any,
    route: str,
    *,
    queries: tuple[str, ...] = QUERIES,
    everywhere: tuple[str, ...] = VALUES,
    in_one: tuple[str, ...] = TELLING,
) -> Iterator[tuple[str, int]]:
    """(what was sent, the status of the answer) for every junk that can be sent to a route: `queries`, values `everywhere` at
    once, and `in_one` field at a time."""
    url = address(world, route, answer)
    reader, writer = first_allowed(answer, "GET"), first_allowed(answer, "POST")
    fields = Fields("")
    if reader:
        client = client_of(world, reader)
        page = client.get(url)
        if page.headers.get("Content-Type", "").startswith("text/html"):
            fields = Fields(page.content.decode())
        for query in queries:
            yield f"GET ?{query[:60]}", asked(client, "get", f"{url}?{query}", None)
    if writer:
        client = client_of(world, writer)
        for value in everywhere:
            yield f"POST {value[:20]!r}", asked(client, "post", url, filled_in(fields, value))
        for value in in_one:
            for name in (*fields.values, *fields.files):
                data = filled_in(fields, value, only=name)
                yield f"POST {value[:20]!r} in {name}", asked(client, "post", url, data)


def asked(client: Client, method: str, url: str, data: Any) -> int:
    with undone():
        status: int = getattr(client, method)(url, data).status_code
    return status


@pytest.mark.parametrize("route", sorted(ANSWERS))
def test_no_input_makes_a_500(world: World, route: str) -> None:
    sent = statuses(world, ANSWERS[route], route, in_one=())
    assert [f"{what}: {status}" for what, status in sent if status >= 500] == []


@pytest.mark.full
@pytest.mark.parametrize("route", sorted(ANSWERS))
def test_nor_does_it_in_one_field_among_plausible_others(world: World, route: str) -> None:
    sent = statuses(world, ANSWERS[route], route, queries=(), everywhere=())
    assert [f"{what}: {status}" for what, status in sent if status >= 500] == []
