"""A real server and a real Chromium. Every test in this folder bears the mark `browser`."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.walker import Walker

CHROMIUM = "/usr/bin/chromium"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, in which Django would refuse every query; no coroutine makes one.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def walk(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Walker]]:
    """Makes people with a browser: `walk(width=390, language="en", javascript=False)`. At the end none has met a fault."""
    settings.ALLOWED_HOSTS = ["*"]
    walkers: list[Walker] = []

    def start(*, width: int = 1280, language: str = "ja", javascript: bool = True) -> Walker:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            locale={"ja": "ja-JP", "en": "en-GB"}[language],
            timezone_id="Asia/Tokyo",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(20_000)
        walkers.append(Walker(context, live_server.url))
        return walkers[-1]

    yield start
    faults = [fault for walker in walkers for fault in walker.faults]
    for walker in walkers:
        walker.context.close()
    assert faults == []
