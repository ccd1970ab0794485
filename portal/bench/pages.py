"""Queries, bytes and time of every page that a person of the demo can reach from the menu."""

import re
import statistics
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve
from django.utils import translation

from accounts.models import User
from portal.bench import CannotMeasure, Figure, bench
from portal.demo.accounts import ACCOUNTS
from proposals.models import Proposal

REPETITIONS = 5
PAGES_EACH = 60  # of one person; more routes than the portal has
LINK = re.compile(r'<a[^>]*?href="(/[^"?#]*)[^"]*"([^>]*)>')
# The sign-in library's pages are not ours to measure; what downloads leaves a trace in the audit trail.
NOT_MEASURED = re.compile(
    r"^(account|mfa|usersessions)_|(^|_)(pdf|xlsx|csv|file|download|export|chart|attachment|document)(_|$)"
)


@bench("pages")
def pages(size: int | None) -> Iterator[Figure]:
    """Walk from each person's landing page over one page of every route; the size is the number of proposals."""
    if size is not None:
        raise CannotMeasure("`bench pages` measures the data that are there; it takes no --size.")
    people = {user.email: user for user in User.objects.filter(email__in=[a.email for a in ACCOUNTS])}
    if not people:
        raise CannotMeasure("The demo is not loaded: run `manage.py load_demo` first.")
    rows = Proposal.objects.count()
    for account in ACCOUNTS:
        if account.email not in people:
            continue
        client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0].lstrip("."))
        client.force_login(people[account.email])
        for route, address in reachable(client, f"/{account.language}/"):
            queries, content, milliseconds = measure(client, address)
            name = f"{route} as {account.key}"
            yield Figure("pages", f"{name}: queries", queries, "queries", rows)
            yield Figure("pages", f"{name}: bytes", len(content), "bytes", rows)
            yield Figure("pages", f"{name}: median", round(milliseconds, 1), "ms", rows)
        client.logout()


def route_of(path: str) -> str:
    """The full name of a path's route; addresses are resolved in the language that they begin with.

    Raises:
        Resolver404: there is no such page.
    """
    with translation.override(path.split("/")[1]):
        return resolve(path).view_name


def reachable(client: Client, start: str) -> Iterator[tuple[str, str]]:
    """(route name, address) of one page of each route, breadth first along the links of the pages."""
    waiting, seen = [start], {route_of(start)}
    count = 0
    while waiting and count < PAGES_EACH:
        address = waiting.pop(0)
        answer = client.get(address, secure=settings.SECURE_SSL_REDIRECT)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        count += 1
        yield route_of(address), address
        for found in LINK.finditer(answer.content.decode()):
            path = urlsplit(found[1]).path
            try:
                route = route_of(path)
            except Resolver404:
                continue
            same_language = path.startswith(start)
            if (
                route in seen
                or not same_language
                or "download" in found[2]
                or NOT_MEASURED.search(route.rpartition(":")[2])
            ):
                continue
            seen.add(route)
            waiting.append(path)


def measure(client: Client, address: str) -> tuple[int, bytes, float]:
    """Queries, content, and the median of the milliseconds that the page takes."""
    with CaptureQueriesContext(connection) as captured:
        content: bytes = client.get(address, secure=settings.SECURE_SSL_REDIRECT).content
    queries = len(captured)  # counted now: the next request empties the log
    times = []
    for _ in range(REPETITIONS):
        since = time.perf_counter()
        client.get(address, secure=settings.SECURE_SSL_REDIRECT)
        times.append((time.perf_counter() - since) * 1000)
    return queries, content, statistics.median(times)
