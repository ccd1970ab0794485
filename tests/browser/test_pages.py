"""Every page of the role matrix, in both languages, on a desk and in a hand: no barrier, no fault, nothing too wide.

With `PICTURES=folder` a picture of each page is kept there, to be looked at.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.walker import Walker
from tests.matrix.answers import APPS, all_answers
from tests.matrix.roles import GUEST, ROLES
from tests.matrix.world import World, make_world

ANSWERS = all_answers()
PICTURES = os.environ.get("PICTURES", "")
# What is no page of HTML: files, streams, pictures.
NO_PAGE = re.compile(
    r"(^|_)(pdf|xlsx|csv|zip|files|offline_all|offline_one|docx|file|archive|download|export|chart|strips|attachment|award_evidence|intake_table|calendar|letter|document|progress|save|preview|suggest|template)(_|$)"
)


def pages(app: str) -> Iterator[tuple[str, Any, str]]:
    """(route, its answer, the first role that may read it) of an app's pages."""
    for route, answer in sorted(ANSWERS.items()):
        if not route.startswith(f"{app}:") or NO_PAGE.search(route.partition(":")[2]):
            continue
        for role in ROLES:
            if answer.expected("GET", role) == 200:
                yield route, answer, role
                break


def faults(walker: Walker, route: str, address: str) -> list[str]:
    status = walker.open(address)
    found = [] if status == 200 else [f"answered {status}"]
    found += walker.look()
    if PICTURES:
        size = walker.page.viewport_size or {"width": 0}
        name = f"{route.replace(':', '-')}-{address[1:3]}-{size['width']}.png"
        walker.page.screenshot(path=Path(PICTURES) / name, full_page=True)
    walker.faults.clear()  # told once, with the page that has them
    return [f"{route}: {fault}" for fault in found]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("app", [app for app in APPS if app != "library"])
def test_no_page_of_an_app_has_a_barrier(walk, app: str, language: str, width: int) -> None:
    wanted = list(pages(app))
    if not wanted:
        pytest.skip("no page yet")
    world: World = make_world()
    found: list[str] = []
    walkers: dict[str, Walker] = {}
    for route, answer, role in wanted:
        if role not in walkers:
            walkers[role] = walk(language=language, width=width)
            if role in world.people:
                walkers[role].become(world.people[role])
            elif role == GUEST:
                walkers[role].take_session(world.client(role))
        with translation.override(language):
            address = reverse(route, args=[world.value(name) for name in answer.objects])
        found += faults(walkers[role], route, address)
    assert found == []
