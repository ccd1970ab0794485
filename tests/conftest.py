"""What holds in every test."""

from collections.abc import Iterator

import pytest

from kernel.actions import only_actions_write

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
