"""The answers, written by hand: one file an app."""

from importlib import import_module
from typing import Any

APPS = (
    "library",
    "accounts",
    "registries",
    "program",
    "proposals",
    "projects",
    "review",
    "reporting",
    "portal",
)


def all_answers() -> dict[str, Any]:
    """Every route's answer by its full name.

    Raises:
        AssertionError: a route is answered twice.
    """
    answers: dict[str, Any] = {}
    for app in APPS:
        own = import_module(f"tests.matrix.answers.{app}").ANSWERS
        assert not set(own) & set(answers)
        answers.update(own)
    return answers
