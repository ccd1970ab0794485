"""What no form expects: for every field of every page, values that people, browsers and attackers send."""

from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

VALUES = (
    "\x00",
    "a\x00b",
    "あ" * 20_000,
    "-1",
    "−１",
    "1.5",
    "99999999999999999999",
    "1e400",
    "0001-01-01",
    "9999-12-31",
    "𠮷👩‍👩‍👧\u202e\ud7ff",
    "0" * 12,
    "<script>alert(1)</script>",
    "=1+1",
    "",
)
# Those that are tried in one field at a time, all others being plausible.
TELLING = ("\x00", "あ" * 20_000, "-1", "99999999999999999999", "9999-12-31")
QUERIES = (
    "page=%00",
    "page=-1&page=99999999999999999999",
    "q=%00&sort=%00&state=%00&year=%00&kind=%00&call=%00&agency=%00&field=%00",
    "q=" + "%E3%81%82" * 600,
    "year=99999999999999999999&call=nonsense&agency=nonsense&designation=nonsense&state=nonsense&sort=-nonsense",
    "year=-1&call=-1&agency=-1&page=1.5&sort=__class__",
    "%FF%FE=%FF&q=%ED%A0%80",
)


# What stands in a field that the page shows empty, by its type.
PLAUSIBLE = {"email": "nobody@people.example", "date": "2026-11-25", "number": "1", "checkbox": "on"}


class Fields(HTMLParser):
    """The fields of a page's forms: `values` by name, as the page shows them or as somebody might fill them in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.files: set[str] = set()
        self._select = ""
        self.feed(html)
        self.values.pop("csrfmiddlewaretoken", None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {key: value or "" for key, value in attrs}
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "option" and self._select:
            if known.get("value") and (not self.values.get(self._select) or "selected" in known):
                self.values[self._select] = known["value"]
        elif not name:
            return
        elif tag == "input" and kind == "file":
            self.files.add(name)
        elif tag == "input":
            wanted = "required" in known or kind in {"hidden", "checkbox", "radio"}
            self.values.setdefault(name, known.get("value") or (PLAUSIBLE.get(kind, "1") if wanted else ""))
        elif tag in {"select", "textarea"}:
            self.values.setdefault(name, "" if tag == "select" else "見本")
            self._select = name if tag == "select" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def paper(value: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("junk.pdf", value.encode("utf-8", "replace") or b"%PDF-")


def filled_in(fields: Fields, junk: str, only: str = "") -> dict[str, Any]:
    """The form with junk in one field, or in all of them."""
    values: dict[str, Any] = {
        name: junk if only in {"", name} else value for name, value in fields.values.items()
    }
    return values | {name: paper(junk if only in {"", name} else "%PDF-1.4") for name in fields.files}
