"""What people write is shown as text, wherever it stands (cases.md, 8, 18 and 25).

In a world in whose every name, title, reason, file and text there is mark-up, and in which everybody has one name alone:
every page, chart, table and document, every answer to a form, and every mail.
"""

import csv
import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from kernel.documents.workbooks import read_xlsx
from kernel.jobs.models import Job
from kernel.jobs.run import run_job
from kernel.outbox.models import OutboxMail
from reporting.actions.reports import request_report
from reporting.models import ReportDocument
from tests.matrix.ask import address, content_of, first_allowed, own_answers, undone
from tests.matrix.junk import Fields
from tests.matrix.marked import MARK, TAG, mark_up
from tests.matrix.roles import GUEST, SIGNED_IN
from tests.matrix.world import World

pytestmark = pytest.mark.django_db
ANSWERS = own_answers()
ESCAPED = "&lt;img src=x onerror=alert(1)&gt;"
TWICE = "&amp;lt;img"
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")


def wrong_in_text(text: str) -> Iterator[str]:
    """Of a page or a picture."""
    if TAG[:10] in text:
        yield "a tag: " + text[max(0, text.index(TAG[:10]) - 120) :][:200]
    if TWICE in text:
        yield "escaped twice: " + text[max(0, text.index(TWICE) - 120) :][:200]
    if found := re.search(r"\bNone\b", text):
        yield "None: " + text[max(0, found.start() - 120) :][:200]


def wrong_in_table(body: bytes) -> Iterator[str]:
    for row in csv.reader(io.StringIO(body.decode("utf-8-sig"))):
        yield from (f"a formula: {cell}" for cell in row if TAG in cell and FORMULA.match(cell))


def wrong_in_workbook(body: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        for name in book.namelist():
            if re.search(r"<f>[^<]*img", book.read(name).decode(errors="replace")):
                yield f"a formula in {name}"


def text_of_pdf(body: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=body, capture_output=True, check=True).stdout.decode()


def wrong(response: Any, *, is_named: bool = True) -> Iterator[str]:
    """What is wrong with an answer; on the pages of a guest no account is named."""
    body, kind = content_of(response), response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code >= 500:
        yield f"{response.status_code}"
    if kind in {"text/html", "image/svg+xml"}:
        yield from wrong_in_text(body.decode())
        if is_named and kind == "text/html" and b"</html>" in body and ESCAPED.encode() not in body:
            yield "whose page is it? nobody is named"  # the reader's own name stands on each
    elif kind == "text/csv":
        yield from wrong_in_table(body)
    elif kind.endswith("spreadsheetml.sheet"):
        yield from wrong_in_workbook(body)


def readers(answer: Any, method: str) -> set[str]:
    """Two of those who may: the first and the last."""
    found = {first_allowed(answer, method, roles) for roles in (SIGNED_IN, SIGNED_IN[::-1])}
    return {role for role in found if role}


def read(world: World) -> Iterator[str]:
    for route, answer in ANSWERS.items():
        for role in readers(answer, "GET"):
            with undone():
                response = world.client(role).get(address(world, route, answer))
                yield from (f"{route} as {role}: {line}" for line in wrong(response, is_named=role != GUEST))


def as_it_is(world: World, role: str, url: str, answer: Any) -> dict[str, str]:
    """The page's form, with mark-up wherever nothing is filled in."""
    if answer.expected("GET", role) != 200:
        return {}
    page = Fields(world.client(role).get(url).content.decode()).values
    return {name: MARK if value in {"", "見本"} else value for name, value in page.items()}


def sent(world: World, mails: list[OutboxMail]) -> Iterator[str]:
    for route, answer in ANSWERS.items():
        role = first_allowed(answer, "POST")
        if role is None:
            continue
        url = address(world, route, answer)
        with undone():
            before = OutboxMail.objects.count()
            response = world.client(role).post(url, as_it_is(world, role, url, answer), follow=True)
            yield from (f"{route} as {role}: {line}" for line in wrong(response, is_named=role != GUEST))
            mails += OutboxMail.objects.order_by("pk")[before:]


def documents(world: World) -> Iterator[tuple[str, str]]:
    """(name, text) of the documents that are made of what is there now."""
    for route in ("program:call_form_pdf", "program:dossier_pdf", "program:version_pdf", "proposals:preview"):
        answer = ANSWERS[route]
        role = first_allowed(answer, "GET")
        assert role
        yield route, text_of_pdf(content_of(world.client(role).get(address(world, route, answer))))
    job = request_report(
        programme=world.objects["programme"], fiscal_year=2026, by=world.people["home_officer"]
    )
    assert run_job(job.pk) == "done", Job.objects.get(pk=job.pk).error
    for document in ReportDocument.objects.filter(report__job=job):
        content = document.file.read()
        name = f"report {document.format} {document.language}"
        if document.format == "pdf":
            yield name, text_of_pdf(content)
        else:
            assert list(wrong_in_workbook(content)) == [], name
            yield name, " ".join(str(c) for sheet in read_xlsx(content) for row in sheet.rows for c in row)


@pytest.fixture(scope="module")
def marked_world(world: World, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        mark_up(world)
        yield world


def test_what_people_wrote_is_text_on_every_page(marked_world: World) -> None:
    assert list(read(marked_world)) == []


def test_what_people_wrote_is_text_after_every_form_and_in_every_mail(marked_world: World) -> None:
    mails: list[OutboxMail] = []
    assert list(sent(marked_world, mails)) == []
    assert {mail.template for mail in mails} >= {"proposal_received", "proposal_withdrawn"}
    for mail in mails:
        assert TAG in mail.body and not re.search("&(lt|gt|quot|#x27|amp);", mail.body), mail.body


def test_what_people_wrote_is_text_in_every_document(marked_world: World) -> None:
    with undone():
        found = dict(documents(marked_world))
    assert len(found) == 8
    assert [name for name, text in found.items() if "".join(TAG.split()) not in "".join(text.split())] == []
