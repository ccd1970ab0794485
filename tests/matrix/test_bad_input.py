"""No input makes a 500: junk in every query and every field of every page, as somebody who may use it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.matrix.answers import all_answers
from tests.matrix.junk import QUERIES, TELLING, VALUES, Fields, filled_in
from tests.matrix.roles import ROLES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = {route: answer for route, answer in all_answers().items() if ":" in route}


def allowed(answer: Any, method: str) -> str | None:
    """The first role that may do this."""
    refusals = {403, 404, 405}
    signed_in = [role for role in ROLES if role != "anonymous"]
    return next((role for role in signed_in if answer.expected(method, role) not in refusals), None)


def client_of(world: World, role: str) -> Client:
    cache.clear()
    return world.client(role)


def statuses(world: World, answer: Any, route: str) -> Iterator[tuple[str, int]]:
    """(what was sent, the status of the answer) for every junk that can be sent to a route."""
    address = reverse(route, args=[world.value(name) for name in answer.objects])
    reader, writer = allowed(answer, "GET"), allowed(answer, "POST")
    fields = Fields("")
    if reader:
        client = client_of(world, reader)
        page = client.get(address)
        if page.headers.get("Content-Type", "").startswith("text/html"):
            fields = Fields(page.content.decode())
        for query in QUERIES:
            yield f"GET ?{query[:60]}", undone(client, "get", f"{address}?{query}", None)
    if writer:
        client = client_of(world, writer)
        for value in VALUES:
            yield f"POST {value[:20]!r}", undone(client, "post", address, filled_in(fields, value))
        for value in TELLING:
            for name in (*fields.values, *fields.files):
                data = filled_in(fields, value, only=name)
                yield f"POST {value[:20]!r} in {name}", undone(client, "post", address, data)


def undone(client: Client, method: str, address: str, data: Any) -> int:
    with transaction.atomic():
        status: int = getattr(client, method)(address, data).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("route", sorted(ANSWERS))
def test_no_input_makes_a_500(world: World, route: str) -> None:
    found = [f"{sent}: {status}" for sent, status in statuses(world, ANSWERS[route], route) if status >= 500]
    assert found == []
