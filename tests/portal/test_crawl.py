"""Every link that a person of the demo is shown leads somewhere, and no page is cut off: half of the people in Japanese, half in
English, all in both by `bin/test --full`."""

import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from portal.demo.accounts import ACCOUNTS, DemoAccount

pytestmark = [pytest.mark.django_db, pytest.mark.every_route]
# One page of each route and query is enough: sixty proposals differ in their words, not in their links.
PAGES_A_ROUTE = 2


class Links(HTMLParser):
    """The addresses that a page links to, and what it would be poorer without."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: list[str] = []
        self.headings = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.headings += tag == "h1"
        if values.get("id"):
            self.ids.append(str(values["id"]))
        address = (
            values.get("href") if tag == "a" else values.get("src") if tag in {"img", "iframe"} else None
        )
        if address:
            self.found.append(address)


def crawl(client: Client, start: str) -> dict[str, str]:
    """Follow links from `start`; returns what is wrong by address."""
    wrong: dict[str, str] = {}
    seen = {start}
    visits: dict[str, int] = {}
    waiting = deque([(start, "")])
    while waiting:
        address, found_on = waiting.popleft()
        response = client.get(address)
        if response.status_code in (301, 302):
            target = response["Location"]
            if target not in seen:
                seen.add(target)
                waiting.append((target, address))
            continue
        if response.status_code != 200:
            wrong[address] = f"{response.status_code}, linked from {found_on}"
            continue
        if not response.get("Content-Type", "").startswith("text/html"):
            if response.streaming:
                list(response.streaming_content)
            continue
        text = response.content.decode()
        page = Links()
        page.feed(text)
        whole = "<html" in text
        if whole and page.headings != 1:
            wrong[address] = f"{page.headings} main headings"
        if len(page.ids) != len(set(page.ids)):
            wrong[address] = f"ids twice: {sorted({i for i in page.ids if page.ids.count(i) > 1})}"
        if re.search(
            r"\bNone\b(?! yet\.)", re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", text, flags=re.DOTALL)
        ):
            wrong[address] = "None is shown"
        if ">---------<" in text:
            wrong[address] = "a choice says dashes instead of what to do"
        for link in page.found:
            target = urldefrag(link)[0]
            if target.startswith("?"):
                target = urlsplit(address).path + target
            parts = urlsplit(target)
            if parts.scheme or parts.netloc or not target.startswith(("/ja/", "/en/")) or target in seen:
                continue
            if not target.startswith(f"/{start.split('/')[1]}/") or "/accounts/" in target:
                continue
            try:
                route = resolve(parts.path).view_name
            except Resolver404:
                wrong[target] = f"no such page, linked from {address}"
                continue
            key = f"{route}?{'&'.join(sorted(p.split('=')[0] for p in parts.query.split('&')))}"
            visits[key] = visits.get(key, 0) + 1
            if visits[key] <= PAGES_A_ROUTE:
                seen.add(target)
                waiting.append((target, address))
    return wrong


def of_both_languages() -> Iterator[Any]:
    for number, account in enumerate(ACCOUNTS):
        for language in ("ja", "en"):
            twin = number % 2 == (language == "ja")
            marks = [pytest.mark.full] if twin else []
            yield pytest.param(account, language, id=f"{account.key}-{language}", marks=marks)


@pytest.mark.parametrize(("account", "language"), list(of_both_languages()))
def test_every_link_leads_somewhere(demo: None, account: DemoAccount, language: str) -> None:
    client = Client()
    assert client.login(email=account.email, password=account.password)
    assert crawl(client, f"/{language}/") == {}
