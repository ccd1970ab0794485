"""A reader with a browser: opens pages, and remembers everything that a browser finds wrong with them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from accounts.models import User

PASSWORD = "a-long-password-2026"  # as the builders set it
AXE = (Path(__file__).parent.parent / "vendor/axe-core/axe.min.js").read_text()
RUN_AXE = """async () => {
  const found = await axe.run(document, {
    runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    resultTypes: ["violations"],
  });
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} (${v.help})`));
}"""


# Pictures that wait until they are scrolled to are fetched; those that do not come are told.
AWAIT_PICTURES = """async () => {
  const pictures = [...document.images].filter(picture => picture.getAttribute("src"));
  await Promise.all(pictures.map(picture => {
    picture.loading = "eager";
    if (picture.complete) return null;
    return new Promise(done => { picture.onload = picture.onerror = done; });
  }));
  return pictures.filter(picture => !picture.naturalWidth).map(picture => `no picture at ${picture.src}`);
}"""


class Walker:
    """One browsing person. `faults` collects console errors, CSP violations, lost files and answers of 500 and more."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("response", self._judge)

    def _hear(self, message: ConsoleMessage) -> None:
        # An answer of 4xx to a page is also "an error" to the console; `_judge` knows which of them are.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.faults.append(f"console: {message.text}")

    def _judge(self, response: Response) -> None:
        is_page = response.request.resource_type in {"document", "xhr", "fetch"}
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> int:
        """Open a path of the portal; returns the status of the answer."""
        response = self.page.goto(self.address + path)
        assert response is not None
        return response.status

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    def sign_in(self, user: User, language: str = "ja", password: str = PASSWORD) -> None:
        """Through the form, as a person does."""
        self.open(f"/{language}/accounts/login/")
        self.page.fill("input[name=login]", user.email)
        self.page.fill("input[name=password]", password)
        self.press("main form button[type=submit]")

    def become(self, user: User) -> None:
        """At once, by a session made for it: for tests whose subject is not the sign-in."""
        client = Client()
        client.force_login(user)
        self.take_session(client)

    def take_session(self, client: Client) -> None:
        """Go on in the session of a test client."""
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}]
        )

    def press(self, selector: str) -> None:
        """Click what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def switch_language(self, code: str) -> None:
        self.press(f".language-switch a[data-language={code}]")

    def text(self, selector: str = "main") -> str:
        return self.page.inner_text(selector)

    def look(self) -> list[str]:
        """What is wrong with the page as it stands: barriers that axe finds, missing pictures, too wide a page, `faults`."""
        missing: list[str] = self.page.evaluate(AWAIT_PICTURES)
        self.page.evaluate(AXE)
        barriers: list[Any] = self.page.evaluate(RUN_AXE)
        inner, width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        wide = [f"the page is {inner} pixels wide in a window of {width}"] if inner > width else []
        return [*self.faults, *barriers, *missing, *wide]
