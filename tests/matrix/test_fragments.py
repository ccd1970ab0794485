"""What htmx asks for is a part of a page, and the same address asked for by itself is a whole page (cases.md, 28)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kernel.actions import writing
from kernel.jobs.models import Job
from proposals.actions.submission import PDF_JOB
from tests.matrix.ask import address, content_of, first_allowed, own_answers, undone
from tests.matrix.roles import ANONYMOUS
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
PAGES = {route: answer for route, answer in own_answers().items() if answer.get is not None}
BY_HTMX = {"HX-Request": "true"}
# What somebody's browser, a bookmark or a proxy makes of it; and htmx where it puts a whole page in place.
BY_ITSELF: tuple[dict[str, str], ...] = (
    {},
    {"HX-Request": "false"},
    {"HX-Request": "\x00"},
    {"HX-Target": "box", "HX-Trigger": "box", "HX-Current-URL": "%", "X-Requested-With": "XMLHttpRequest"},
    {**BY_HTMX, "HX-History-Restore-Request": "true"},
    {**BY_HTMX, "HX-Boosted": "true"},
)
ASKED_BY_HTMX = re.compile(r"""\bhx-(?:get|post|put|patch|delete)=["']([^"']+)""")


class Page:
    """An address, and what somebody who may read it is answered."""

    def __init__(self, world: World, role: str, url: str) -> None:
        self.world, self.role, self.url = world, role, url

    def asked(self, headers: dict[str, str], role: str = "") -> tuple[Any, bytes]:
        with undone():
            answer: Any = self.world.client(role or self.role).get(self.url, headers=headers)
            return answer, content_of(answer)

    def parts(self) -> list[str]:
        """The addresses that its elements ask for."""
        found = ASKED_BY_HTMX.findall(self.asked({})[1].decode(errors="replace"))
        return [url.replace("&amp;", "&") for url in found]

    def is_part(self) -> bool:
        """Whether htmx gets something else than a whole page."""
        return not is_whole(*self.asked(BY_HTMX))

    def wrong_by_itself(self) -> Iterator[str]:
        for headers in BY_ITSELF:
            answer, body = self.asked(headers)
            if answer.status_code >= 400 or not is_whole(answer, body):
                yield f"{self.url} with {headers}: {answer.status_code}, {body[:60]!r}"

    def wrong_in_a_page(self) -> Iterator[str]:
        answer, body = self.asked(BY_HTMX)
        if answer.status_code not in {200, 286} or not body.strip() or b"<html" in body:
            yield f"{self.url} as a part: {answer.status_code}, {body[:60]!r}"
        # Whose session has ended is led to the sign-in page by the browser, not shown it within the page.
        answer, body = self.asked(BY_HTMX, ANONYMOUS)
        if body or "/login/" not in answer.headers.get("HX-Redirect", ""):
            yield f"{self.url} signed out: {answer.status_code}, {body[:60]!r}"


def is_whole(answer: Any, body: bytes) -> bool:
    """Whether a browser that goes to the address sees a page of the portal, a file, or is led on."""
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return True
    is_led_on = answer.has_header("Location") or answer.has_header("HX-Redirect")
    return is_led_on or (b"<html" in body and b"</html>" in body)


def pages(world: World) -> Iterator[Page]:
    for route, answer in PAGES.items():
        role = first_allowed(answer, "GET")
        assert role, route
        yield Page(world, role, address(world, route, answer))


def at_work(world: World) -> None:
    """Every job of the world is still worked on, and the PDF of a submission is being made."""
    submission = world.objects["submitted"].submissions.get()
    with writing():
        Job.objects.create(name=PDF_JOB, key=f"{PDF_JOB}:{submission.public_id}")
        Job.objects.update(state="running", result={})


def test_a_part_is_a_part_and_by_itself_a_whole_page(world: World) -> None:
    with undone():
        at_work(world)
        found = list(pages(world))
        asked_for = [Page(world, page.role, url) for page in found for url in page.parts()]
        parts = [page for page in found if page.is_part()]
        # Nothing answers a part that no page asks for.
        assert {page.url for page in parts} == {page.url for page in asked_for}
        assert len(parts) >= 5
        wrong = [line for page in parts for line in page.wrong_by_itself()]
        assert wrong + [line for page in asked_for for line in page.wrong_in_a_page()] == []
    wrong = [line for page in asked_for for line in page.wrong_by_itself()]
    assert wrong + [line for page in asked_for for line in page.wrong_in_a_page()] == []
