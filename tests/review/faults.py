"""How a refusal is looked at: the sentence of a violation on a page of either language, and what an action raises."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from kernel.clock import now
from kernel.documents.columns import Column
from kernel.documents.sheets import Workbook
from kernel.violations import RuleBroken, Violation, sentence


def codes(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        act()
    return [violation.code for violation in broken.value.violations]


def words_of(language: str, code: str, **params: Any) -> str:
    """What somebody is told of a violation."""
    with translation.override(language):
        return plain(str(sentence(Violation(code, "", params))))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(text))


def page_after(client: Client, path: str, data: dict[str, Any]) -> tuple[int, str]:
    """What the browser shows after a form was sent: (how many redirects it followed, the page)."""
    response: Any = client.post(path, data, follow=True)
    assert response.status_code == 200
    return len(response.redirect_chain), plain(response.content.decode())


def as_table(kind: str, rows: list[list[str]]) -> bytes:
    """Rows, the first one the header, as CSV or XLSX."""
    if kind == "csv":
        return "\r\n".join(",".join(row) for row in rows).encode()
    book = Workbook(created=now(), language="en")
    book.add_sheet("Sheet", [Column(name) for name in rows[0]], rows[1:])
    return book.to_bytes()


def table_page(client: Client, path: str, kind: str, rows: list[list[str]], **more: Any) -> tuple[str, str]:
    """Send a table: (the address of its preview, what that says)."""
    sent = {"file": SimpleUploadedFile(f"table.{kind}", as_table(kind, rows)), **more}
    answer = client.post(path, sent)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return answer["Location"], plain(client.get(answer["Location"]).content.decode())
