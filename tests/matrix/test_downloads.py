"""Every file that leaves the portal leaves one row in the trail; none can be forgotten.

Each route is asked as somebody who may read it. What answers with a file must be named in `portal.trail_downloads`.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from kernel.audit.models import AuditEntry
from kernel.audit.words import line
from portal.trail_downloads import DOWNLOADS, FOR_EVERYBODY, TOLD_BY_THEMSELVES
from tests.matrix.ask import address, content_of, own_answers, undone
from tests.matrix.routes import routes
from tests.matrix.world import World

pytestmark = pytest.mark.django_db


def readers_of(answer: Any) -> tuple[str, ...]:
    found: tuple[str, ...] = (answer.get or {}).get(200, ())
    return found


def rows_after(world: World, route: str, answer: Any, query: str = "") -> tuple[bool, list[AuditEntry]]:
    """(whether it is a file, what the trail gained)."""
    last = AuditEntry.objects.latest("pk").pk
    response: Any = world.client(readers_of(answer)[0]).get(address(world, route, answer) + query)
    content_of(response)
    return response.has_header("Content-Disposition"), list(AuditEntry.objects.filter(pk__gt=last))


def faults(world: World) -> Iterator[str]:
    for route, answer in own_answers().items():
        if not readers_of(answer):
            continue
        with undone():
            is_file, rows = rows_after(world, route, answer)
        noted = [row for row in rows if row.verb == "file_downloaded"]
        listed = [route in one for one in (DOWNLOADS, FOR_EVERYBODY, TOLD_BY_THEMSELVES)]
        if is_file and sum(listed) != 1:
            yield f"{route} hands out a file and stands in {sum(listed)} of the lists"
        if not is_file and any(listed) and route != "review:proposal_pdf":
            yield f"{route} hands out no file"
        if len(noted) != (is_file and route in DOWNLOADS) or (route in TOLD_BY_THEMSELVES and len(rows) != 1):
            yield f"{route} left {len(noted)} of {len(rows)} rows"
        for row in noted:
            download, values = DOWNLOADS[route], [world.value(name) for name in answer.objects]
            theirs = values if download.subject else [row.actor.person.public_id]  # type: ignore[union-attr]
            if row.subject_id not in theirs or row.subject_type != (download.subject or "accounts.person"):
                yield f"{route} speaks of {row.subject_type} {row.subject_id}"
            for language in ("ja", "en"):
                with translation.override(language):
                    told = [change.text for change in line(row).changes]
                    if str(download.words) not in told:
                        yield f"{route} is told as {told}"


def test_every_file_leaves_one_row_of_its_subject(world: World) -> None:
    assert list(faults(world)) == []


def test_every_name_is_one_of_a_route() -> None:
    assert sorted({*DOWNLOADS, *FOR_EVERYBODY, *TOLD_BY_THEMSELVES} - set(routes())) == []


def test_pages_leafed_through_leave_one_row_and_the_file_itself_one_each_time(
    world: World, settings: Any
) -> None:
    # a cache of its own: tests that run beside this one empty the common one
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    route = "proposals:award_evidence"
    answer = own_answers()[route]
    cache.clear()
    with undone():
        verbs = [
            [row.verb for row in rows_after(world, route, answer, query)[1]]
            for query in ("?view=1", "?picture=1", "?view=1", "", "")
        ]
    cache.clear()
    assert verbs == [["file_viewed"], [], [], ["file_downloaded"], ["file_downloaded"]]


def test_what_was_looked_for_is_private_and_heads_leave_nothing(world: World) -> None:
    client, last = world.client("home_officer"), AuditEntry.objects.latest("pk").pk
    with undone():
        client.head("/ja/proposals/export/csv/?q=Yamada")
        content_of(client.get("/ja/proposals/export/csv/?q=Yamada"))
        (row,) = AuditEntry.objects.filter(pk__gt=last)
    assert (row.details, row.private) == (
        {"download": "proposals:office_export", "part": ["csv"]},
        {"query": "q=Yamada"},
    )
