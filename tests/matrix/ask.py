"""Asking one route as one role, with nothing left behind."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.matrix.answer import METHODS, SIGN_IN, Answer
from tests.matrix.roles import ANONYMOUS, ROLES
from tests.matrix.world import World


def ask(world: World, route: str, answer: Any, method: str, role: str) -> int:
    """The status of one request, whose changes are rolled back."""
    # One machine asks a thousand times; how often a stranger may ask is kept in the cache.
    cache.clear()
    client = world.client(role)
    address = reverse(route, args=[world.value(name) for name in answer.objects])
    sid = transaction.savepoint()
    try:
        response: Any = client.generic(
            method,
            address,
            data="&".join(f"{key}={value}" for key, value in answer.data.items()) if method == "POST" else "",
            content_type="application/x-www-form-urlencoded",
        )
        if response.streaming:
            # What is made while it is sent must be made before the world is put back.
            b"".join(response.streaming_content)
    finally:
        transaction.savepoint_rollback(sid)
    status = int(response.status_code)
    if status == SIGN_IN and role == ANONYMOUS and isinstance(answer, Answer):
        assert "/login/" in response["Location"], response["Location"]
    return status


def differences(
    world: World, answers: Mapping[str, Any], methods: tuple[str, ...] = METHODS
) -> Iterator[str]:
    """What the portal answers otherwise than it was written, a line each."""
    for route, answer in answers.items():
        for method in methods:
            for role in ROLES:
                expected = answer.expected(method, role)
                found = ask(world, route, answer, method, role)
                if found != expected:
                    yield f"{method} {route} as {role}: {found}, not {expected}"
