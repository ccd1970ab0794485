"""`manage.py smoke`: sign in as each person of the demo, through the real form, and open their first page."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.demo.accounts import ACCOUNTS, DemoAccount

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Command(BaseCommand):
    help = "Sign in over HTTP with every demo account and fetch the page each looks at first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", required=True, help="such as http://127.0.0.1:8000")

    def handle(self, *args: Any, address: str, **options: Any) -> None:
        faults = []
        for account in ACCOUNTS:
            since = time.perf_counter()
            fault = look_around(address.rstrip("/"), account)
            self.stdout.write(
                f"  {fault or 'ok'} {account.email} {account.landing} {(time.perf_counter() - since) * 1000:.0f} ms"
            )
            if fault:
                faults.append(f"{account.email}: {fault}")
        if faults:
            raise CommandError("; ".join(faults))


def look_around(address: str, account: DemoAccount) -> str:
    """Sign in and open the landing page; returns what went wrong, "" for nothing."""
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )  # no proxy of the machine's is wanted, but none is set for the loopback either
    sign_in = f"{address}/{account.language}/accounts/login/"
    try:
        with browser.open(sign_in, timeout=20) as page:
            token = TOKEN.search(page.read().decode())
        if token is None:
            return "no sign-in form"
        form = {"csrfmiddlewaretoken": token[1], "login": account.email, "password": account.password}
        request = urllib.request.Request(  # noqa: S310  the address is the operator's own
            sign_in, data=urllib.parse.urlencode(form).encode(), headers={"Referer": sign_in}
        )
        with browser.open(request, timeout=20) as page:
            if "/accounts/login/" in page.url:
                return "sign-in refused"
        with browser.open(address + account.landing, timeout=20) as page:
            if urllib.parse.urlsplit(page.url).path != account.landing:
                return f"sent on to {page.url}"
    except urllib.error.HTTPError as error:
        return f"{error.code} at {error.url}"
    except OSError as error:
        return f"no answer: {error}"
    return ""
