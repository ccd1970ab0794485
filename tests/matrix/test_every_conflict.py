"""A conflict of interest of any kind, in whichever way it came about, leaves an officer the same to see, whether anybody reviews
the proposal or not: the sets from which every page, file, count and search of the review is made."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.matrix.ask import undone
from tests.matrix.conflicting import OF_ALL, OF_OFFICERS, shut
from tests.matrix.hidden import Hiding, discussing, nobody_reviews
from tests.matrix.sight import sight
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
WAYS = [*(("home_officer", way) for way in OF_OFFICERS), *(("partner_approver", way) for way in OF_ALL)]


@pytest.fixture(scope="module")
def found(world: World, django_db_blocker: Any) -> Iterator[Hiding]:
    with django_db_blocker.unblock(), undone():
        yield discussing(world)


@pytest.mark.parametrize(("role", "way"), WAYS)
def test_every_conflict_shuts_the_same(world: World, found: Hiding, role: str, way: str) -> None:
    user = world.people[role]
    with undone():
        shut(world, found.hidden, role)
        expected = sight(user, found)
    with undone():
        OF_OFFICERS[way](world, found.hidden, role)
        assert sight(user, found) == expected
        with nobody_reviews([found]):
            assert sight(user, found) == expected
