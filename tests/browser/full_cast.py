"""The people of a full proposal, each in a browser of their own, and what they do again and again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import translation
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.actor import Stagehand
from tests.browser.full_scene import PARTNER_EMAIL, Scene
from tests.browser.portal import OwnPortal
from tests.browser.walker import PASSWORD, Walker

TEXT = "textarea[name=text]"
PATIENCE = 60_000  # milliseconds; a machine that runs other tests beside is slow
STATE = "[data-autosave-state]"
SAVED, MERGED = "saved", "merged"  # keys of the sentences that a section tells by itself


class Hand(Stagehand):
    """Somebody who reads what the pages say, in their language."""

    def words(self, english: str, **values: Any) -> str:
        """A sentence of the portal as this person must read it."""
        with translation.override("ja"):
            japanese = translation.gettext(english)
        assert japanese != english, f"no sentence of the portal: {english}"
        said = japanese if self.language == "ja" else english
        return said % values if values else said

    def sees(self, *english: str, within: str = "main", **values: Any) -> None:
        shown = self.walker.text(within)
        for sentence in english:
            assert self.words(sentence, **values) in shown, (self.words(sentence, **values), shown)

    def sees_text(self, *texts: str, within: str = "main") -> None:
        """What was typed or is the same in both languages."""
        shown = self.walker.text(within)
        for text in texts:
            assert text in shown, (text, shown)

    def badges(self, english: str) -> list[str]:
        """The badges of the page that say just this."""
        said = self.words(english)
        return [text for text in self.page.locator("main .badge").all_inner_texts() if text.strip() == said]

    def follow(self, selector: str) -> None:
        """Go where a link of the page leads."""
        with self.page.expect_navigation():
            self.page.locator(f"main {selector}").first.click()

    def press_named(self, name: str) -> None:
        """Press the button of the form that has a control of this name."""
        self.send(f"main form:has([name='{name}']) button[type=submit]")

    # ---- a section
    def open_section(self, proposal: str, key: str) -> None:
        self.go("proposals:section", proposal, key)

    def told(self, key: str) -> None:
        """Wait until the line below the form says just the sentence that the page has under this key."""
        sentence = self.page.locator("#autosave-words").evaluate(
            "(words, key) => words.content.querySelector(`[data-word='${key}']`).textContent", key
        )
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(sentence.strip()))
        line = self.page.locator(STATE)
        expect(line).to_have_text(re.compile(f"^{pattern}"), timeout=PATIENCE)

    def write(self, text: str, told: str = SAVED) -> None:
        """Type the whole text and wait for what the page tells of it."""
        self.page.locator(STATE).evaluate("line => { line.textContent = ''; }")
        self.page.fill(TEXT, text)
        self.told(told)

    @property
    def written(self) -> str:
        return self.page.input_value(TEXT)

    def shows(self, text: str) -> None:
        """Wait until the section has this text."""
        self.page.wait_for_function(
            "([field, text]) => document.querySelector(field).value === text", arg=[TEXT, text]
        )

    def leave_section(self, *, is_complete: bool = True) -> None:
        self.page.set_checked("main [name=is_complete]", is_complete)
        self.filled = "is_complete"
        self.send()

    def sign_in_again(self, user: User) -> None:
        """On the page to which somebody without a session is led."""
        assert "/login/" in self.walker.path
        self.page.fill("input[name=login]", user.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.walker.press("main form button[type=submit]")

    def fetch(self, address: str) -> bytes:
        """A file of the portal, fetched as this person."""
        answer = self.walker.context.request.get(f"{self.walker.address}{address}")
        assert answer.status == 200, address
        return answer.body()

    def lose_session(self) -> None:
        """As after an hour and a half without a key: the server knows the cookie's session no more."""
        cookies = {one["name"]: one["value"] for one in self.walker.context.cookies()}
        deleted, _ = Session.objects.filter(pk=cookies[settings.SESSION_COOKIE_NAME]).delete()
        assert deleted == 1


@dataclass
class Cast:
    """Everybody, and the proposal that they are about."""

    scene: Scene
    portal: OwnPortal
    pi: Hand
    colleague: Hand
    partner: Hand
    officer: Hand  # of the research institution
    office: Hand  # of the lead agency
    here: str = ""  # the proposal's id in addresses

    def goes(self, who: Hand, route: str, *args: Any) -> None:
        who.go(f"proposals:{route}", self.here, *args)

    def invitation(self) -> str:
        """The address in the partner's mail, without the name of the server."""
        text = self.portal.mail_to(PARTNER_EMAIL, holding="/invitations/link/")
        found = re.search(r"/(?:ja|en)/invitations/link/[\w-]+/", text)
        assert found
        return found[0]


def make_cast(walk: Callable[..., Walker], scene: Scene, portal: OwnPortal) -> Cast:
    return Cast(scene, portal, *(Hand(walk, scene.language) for _ in range(5)))
