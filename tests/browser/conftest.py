"""A real server and a real Chromium. Every test in this folder bears the mark `browser`.

A test of both languages or both widths bears the mark `full` in all but one of them (see `twins`).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.portal import OwnPortal, own_portal
from tests.browser.walker import Walker

CHROMIUM = "/usr/bin/chromium"
# How long anybody waits for a page, and for what should stand on it, in milliseconds: how fast this machine is today is no
# property of the code.
PATIENCE = 60_000
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if HERE in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
    for twin in twins(here):
        twin.add_marker(pytest.mark.full)


def twins(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """Those that differ only in language and width from one that is run by `bin/test` without `--full`.

    Which one that is hangs on the test's name, so that about half of all are walked in Japanese and half in English, and of
    those with both widths half on a desk and half in a hand.
    """
    families: dict[str, list[tuple[str, str, pytest.Item]]] = {}
    for item in items:
        values = dict(item.callspec.params) if hasattr(item, "callspec") else {}
        language, width = str(values.pop("language", "")), str(values.pop("width", ""))
        name = (
            f"{item.path.name} {getattr(item, 'originalname', item.name)} {sorted(values.items(), key=str)}"
        )
        families.setdefault(name, []).append((language, width, item))
    for name, family in families.items():
        members = sorted(family, key=lambda member: member[:2])
        kept = crc32(name.encode()) % len(members)
        if len({member[:2] for member in members}) == len(members):
            yield from (item for _language, _width, item in (*members[:kept], *members[kept + 1 :]))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse every query; no coroutine makes one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@contextmanager
def walkers_at(
    chromium: Browser, address: str, *, patience: int = PATIENCE
) -> Iterator[Callable[..., Walker]]:
    """Makes people with a browser: `walk(width=390, language="en", javascript=False)`. At the end none has met a fault.

    `patience` is in milliseconds: for so long they wait for a page, and for what they look for on it.
    """
    walkers: list[Walker] = []

    def start(*, width: int = 1280, language: str = "ja", javascript: bool = True) -> Walker:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale={"ja": "ja-JP", "en": "en-GB"}[language],
            timezone_id="Asia/Tokyo",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(patience)
        walkers.append(Walker(context, address))
        return walkers[-1]

    try:
        yield start
    finally:
        faults = [fault for walker in walkers for fault in walker.faults]
        for walker in walkers:
            walker.context.close()
    assert faults == []


@pytest.fixture
def walk(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Walker]]:
    """See `walkers_at`; the server runs in this process, with the clock of the test."""
    settings.ALLOWED_HOSTS = ["*"]
    # Sign-ins are counted in the cache, by the minute: two tests set to one moment would share that minute.
    cache.clear()
    with walkers_at(chromium, live_server.url) as start:
        yield start


@pytest.fixture
def portal(transactional_db: None, tmp_path: Path) -> Iterator[OwnPortal]:
    """A portal in processes of its own, which a test stops and starts again on the same data."""
    with own_portal(tmp_path) as running:
        yield running


@pytest.fixture
def walk_there(chromium: Browser, portal: OwnPortal) -> Iterator[Callable[..., Walker]]:
    """See `walkers_at`; the server is the `portal`."""
    with walkers_at(chromium, portal.address) as start:
        yield start
