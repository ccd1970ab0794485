"""What holds in every test."""

from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import blocking_manager_key

from kernel.actions import only_actions_write

# How fast this machine is today is no property of the code.
hypothesis_settings.register_profile("steady", deadline=None)
hypothesis_settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


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
