"""Every page loads on a leap day, and on both sides of the second in which the fiscal year turns, and says of each hour
by whose clock it is (cases.md, 1 and 22)."""

import datetime as dt
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from kernel import clock
from kernel.actions import writing
from program.models import Call
from proposals.models import Invitation
from review.models import ReviewerInvitation
from tests.matrix.ask import address, content_of, first_allowed, own_answers, undone
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.S)
HOUR = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])(?!.{0,12}(?:JST|UTC|[A-Z][a-z]+/[A-Z]))")
PAGES = {route: answer for route, answer in own_answers().items() if answer.get is not None}
INSTANTS = [
    dt.datetime(2028, 2, 29, 3, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 31, 14, 59, 59, 999_999, tzinfo=dt.UTC),
    dt.datetime(2027, 3, 31, 15, tzinfo=dt.UTC),
]


def without_zone(response: Any, body: bytes) -> list[str]:
    """The hours that a page names without saying by whose clock (cases.md, 1)."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return []
    text = " ".join(unescape(TAGS.sub(" ", body.decode())).split())
    return [text[max(0, one.start() - 60) : one.end() + 30] for one in HOUR.finditer(text)]


def wrong(world: World) -> Iterator[str]:
    """Where a page does not load as it does today, or names an hour of nobody's."""
    for route, answer in PAGES.items():
        role = first_allowed(answer, "GET")
        assert role, route
        with undone():
            response = world.client(role).get(address(world, route, answer))
            body = content_of(response)
        if response.status_code != answer.expected("GET", role):
            yield f"{route}: {response.status_code}"
        yield from (f"{route}: {hour}" for hour in without_zone(response, body))


@pytest.mark.parametrize("instant", INSTANTS, ids=str)
def test_every_page_loads(world: World, instant: dt.datetime) -> None:
    noticed = list(Call.objects.filter(notice_deadline_at__gt=clock.now()).values_list("pk", flat=True))
    with clock.set_to(instant), undone():
        with writing():  # the call that is open today shall be open then
            Call.objects.filter(state="open").update(deadline_at=instant + dt.timedelta(days=30))
            Call.objects.filter(pk__in=noticed).update(notice_deadline_at=instant + dt.timedelta(days=20))
            # and whoever came by the link of an invitation has just come
            for invitations in (Invitation, ReviewerInvitation):
                invitations.objects.update(expires_at=instant + dt.timedelta(days=14))
        with world.guest_anew():
            assert list(wrong(world)) == []
