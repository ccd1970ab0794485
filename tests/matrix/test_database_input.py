"""What PostgreSQL itself refuses, and SQLite takes, makes no 500: a NUL, and a number too large for its column, in every query and
in every field of every form, one at a time."""

import pytest

from tests.matrix.junk import QUERIES
from tests.matrix.test_bad_input import ANSWERS, statuses
from tests.matrix.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.services]
REFUSED = ("\x00", "99999999999999999999")
ASKED = tuple(query for query in QUERIES if "%00" in query or REFUSED[1] in query)


@pytest.mark.parametrize("route", sorted(ANSWERS))
def test_nothing_that_the_database_refuses_makes_a_500(world: World, route: str) -> None:
    sent = statuses(world, ANSWERS[route], route, queries=ASKED, everywhere=(), in_one=REFUSED)
    assert [f"{what}: {status}" for what, status in sent if status >= 500] == []
