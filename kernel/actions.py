"""What makes a function an action: one transaction, and the right to write (architecture.md, house rule 2)."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from kernel.violations import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")

_writing: ContextVar[int] = ContextVar("writing", default=0)

OUR_TABLES = (
    "accounts_",
    "kernel_",
    "registries_",
    "program_",
    "proposals_",
    "projects_",
    "review_",
    "reporting_",
)
# Written by the sign-in library itself (last_login, a new password), which knows no actions.
OTHERS_WRITE = ("accounts_user",)


@contextmanager
def writing() -> Iterator[None]:
    """Mark what runs inside as an action's write."""
    token = _writing.set(_writing.get() + 1)
    try:
        yield
    finally:
        _writing.reset(token)


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction, as the only kind of code that writes to our tables."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing(), transaction.atomic():
            return function(*args, **kwargs)

    run.is_action = True  # type: ignore[attr-defined]  # read by the architecture tests
    return run


def require(allowed: bool) -> None:
    """Go on only if `allowed`.

    Raises:
        NotAllowed: otherwise.
    """
    if not allowed:
        raise NotAllowed


class WroteOutsideAction(AssertionError):
    """Something other than an action wrote to one of our tables."""


def refuse_stray_writes(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """A connection wrapper for the tests: a write to our tables must come from an action."""
    words = sql.lstrip().split(None, 3)
    verb = words[0].upper() if words else ""
    if verb in {"INSERT", "UPDATE", "DELETE"} and not _writing.get():
        table = (words[1] if verb == "UPDATE" else words[2]).strip('"').split('"')[0].split("(")[0]
        if table.startswith(OUR_TABLES) and table not in OTHERS_WRITE:
            raise WroteOutsideAction(f"{verb} {table} outside an action")
    return execute(sql, params, many, context)


@contextmanager
def only_actions_write() -> Iterator[None]:
    """Hold house rule 2 for the default connection while inside."""
    with connection.execute_wrapper(refuse_stray_writes):
        yield
