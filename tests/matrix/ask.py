"""Asking one route as one role, with nothing left behind."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from tests.matrix.answer import METHODS, SIGN_IN, Answer
from tests.matrix.answers import all_answers
from tests.matrix.roles import ANONYMOUS, GUEST, ROLES, SIGNED_IN
from tests.matrix.world import World

REFUSALS = {403, 404, 405}


def address(world: World, route: str, answer: Any) -> str:
    return reverse(route, args=[world.value(name) for name in answer.objects])


def first_allowed(answer: Any, method: str, roles: tuple[str, ...] = (*SIGNED_IN, GUEST)) -> str | None:
    """The first of `roles` that may do this."""
    return next((role for role in roles if answer.expected(method, role) not in REFUSALS), None)


def own_answers() -> dict[str, Any]:
    """The answers of the portal's own routes: neither the sign-in library's nor the machines'."""
    return {route: answer for route, answer in all_answers().items() if ":" in route}


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def content_of(response: Any) -> bytes:
    """The whole answer; what is made while it is sent must be made before the world is put back."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def ask(world: World, route: str, answer: Any, method: str, role: str) -> int:
    """The status of one request, whose changes are rolled back."""
    # One machine asks a thousand times; how often a stranger may ask is kept in the cache.
    cache.clear()
    client = world.client(role)
    with undone():
        response: Any = client.generic(
            method,
            address(world, route, answer),
            data="&".join(f"{key}={value}" for key, value in answer.data.items()) if method == "POST" else "",
            content_type="application/x-www-form-urlencoded",
        )
        content_of(response)
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
