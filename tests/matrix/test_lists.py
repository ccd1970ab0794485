"""Every list keeps within twelve queries, for each role that reads it, and sends no more than a list needs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel.pages import Page
from tests.counting import asks
from tests.matrix.answers import all_answers
from tests.matrix.roles import ANONYMOUS, ROLES
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
MOST_BYTES = 100_000
LISTS = {
    route: answer
    for route, answer in all_answers().items()
    if ":" in route and not answer.objects and any(answer.expected("GET", role) == 200 for role in ROLES)
}


@pytest.mark.parametrize("route", sorted(LISTS))
def test_a_list_keeps_within_its_queries_and_bytes(world: World, route: str) -> None:
    found = {}
    for role in ROLES:
        if role == ANONYMOUS or LISTS[route].expected("GET", role) != 200:
            continue
        client = world.client(role)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(reverse(route))
        pages = [value for context in answer.context or [] for value in context.flatten().values()]
        if any(isinstance(value, Page) for value in pages):
            figures = (sum(asks(query["sql"]) for query in captured), len(answer.content))
            if figures[0] > MOST_QUERIES or figures[1] > MOST_BYTES:
                found[role] = figures
    assert found == {}
