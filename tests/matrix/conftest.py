"""The matrix's world is made once; whatever a request changes in it is undone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.matrix.world import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
