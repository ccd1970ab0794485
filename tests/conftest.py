"""What holds in every test."""

import os
import sys
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from kernel.actions import only_actions_write
from kernel.garbage import rest_what_is_loaded

# How fast this machine is today is no property of the code.
hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def uses_database(item: pytest.Item) -> bool:
    """Whether what the test says could be otherwise on another database."""
    if any(item.get_closest_marker(name) for name in ("django_db", "services", "races", "worker")):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--databases",
        action="store_true",
        help="only tests that use a database: a rule needs none, and is tested once",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--databases"):
        return
    config.hook.pytest_deselected(items=[item for item in items if not uses_database(item)])
    items[:] = [item for item in items if uses_database(item)]


def pytest_collection_finish() -> None:
    """As in service: what was loaded at the start is not looked through for garbage again and again."""
    rest_what_is_loaded()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Name what fails at once: a run that is stopped before its end has told it."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\nFAILED {report.when} {report.nodeid}", file=sys.__stderr__, flush=True)


@pytest.fixture(autouse=True)
def _language_of_no_other_test() -> None:
    """A request leaves its language behind in the thread; a test begins in the portal's own."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _writes_are_actions(request: pytest.FixtureRequest) -> Iterator[None]:
    """House rule 2: in a test with a database, only an action may write to our tables."""
    if request.node.get_closest_marker("django_db") or DATABASE_FIXTURES & set(request.fixturenames):
        request.getfixturevalue("_django_db_helper")
        with only_actions_write():
            yield
    else:
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, Any, Any]:
    """Let a transactional test empty its tables, which triggers against deleting would refuse on SQLite.

    (PostgreSQL truncates, which no row trigger sees.) They rest while the test is taken down, and no longer.
    """
    marker = item.get_closest_marker("django_db")
    transactional = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if not transactional and not (marker and marker.kwargs.get("transaction")):
        return (yield)
    from django.db import connection

    if connection.vendor != "sqlite":
        return (yield)
    with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE ON%'"
        )
        resting = cursor.fetchall()
        for name, _sql in resting:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        return (yield)
    finally:
        if nextitem is not None:  # the last test's end has taken the whole database away
            with item.config.stash[blocking_manager_key].unblock(), connection.cursor() as cursor:
                for _name, sql in resting:
                    cursor.execute(sql)
