"""People who do their part in a browser, whatever the language: fields by their names, buttons by where they lead."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from tests.browser.walker import Walker


class Stagehand:
    """Gives the browser to one person after the other."""

    def __init__(self, walk: Callable[..., Walker], language: str, **how: Any) -> None:
        """`how` the browser is: its width, whether scripts run."""
        self.language = language
        self.walker = walk(language=language, **how)
        self.page = self.walker.page
        self.filled = ""

    def enter(self, user: User) -> None:
        """Leave, and sign in as this person through the form."""
        self.walker.context.clear_cookies()
        self.walker.sign_in(user, self.language)
        assert "/accounts/" not in self.walker.path, self.walker.text()

    def go(self, route: str, *args: Any) -> None:
        """Open a page that must be there."""
        with translation.override(self.language):
            address = reverse(route, args=args)
        assert self.walker.open(address) == 200, address

    def fill(self, **values: Any) -> None:
        """Fill the fields of the page's form by their names; a list item by its value, a tick by True or False."""
        for name, value in values.items():
            self.filled = name
            field = self.page.locator(f"main [name='{name}']").first
            kind = field.evaluate("field => field.tagName == 'SELECT' ? 'select' : field.type")
            if kind == "select":
                field.select_option(str(value))
            elif kind == "radio":
                self.page.check(f"main [name='{name}'][value='{value}']")
            elif kind == "checkbox":
                field.set_checked(bool(value))
            elif kind == "file":
                field.set_input_files(value)
            else:
                field.fill(str(value))

    def send(self, selector: str = "") -> None:
        """Press the button of the form that was filled; nothing that the page says stands against it."""
        selector = selector or f"main form:has([name='{self.filled}']) button[type=submit]"
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        wrong = self.page.locator("main .error-summary")
        assert wrong.count() == 0, wrong.first.inner_text()

    def fill_in(self, route: str, *args: Any, **values: Any) -> None:
        """Open a page, fill its form and send it."""
        self.go(route, *args)
        self.fill(**values)
        self.send("" if values else "main form[method=post] button[type=submit]")

    def press(self, address_ends: str) -> None:
        """Press the button, or confirm the step, whose form leads to an address with this end."""
        form = self.page.locator(f"main form[action$='{address_ends}']").first
        assert form.count(), f"no step leads to {address_ends}: {self.text()}"
        if not form.is_visible():
            self.page.locator(f"main details:has(form[action$='{address_ends}']) > summary").first.click()
        with self.page.expect_navigation():
            form.locator("button[type=submit]").click()

    def text(self) -> str:
        return self.walker.text()
