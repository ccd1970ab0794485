"""The PDFs of many proposals as one ZIP: streamed, named, each asked for its right, traced."""

import io
import tracemalloc
import unicodedata
import zipfile
from typing import Any

import pytest
from django.core.files.storage import default_storage

from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.clock import now
from kernel.files.archive import member_name, stream_zip
from kernel.files.store import store_bytes
from kernel.violations import NotAllowed
from proposals.actions.access import exclude
from proposals.actions.downloads import note_archive
from proposals.models import Proposal
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.proposals.test_office_pages import client_of, url


@pytest.fixture
def stage() -> Stage:
    return make_stage()


def received(stage: Stage, content: bytes = b"%PDF-1.7 one", **fields: Any) -> Proposal:
    proposal = make_proposal(make_call(stage, state="closed"), **{"state": "locked", **fields})
    if content:
        with writing():
            proposal.submissions.update(pdf=store_bytes(name="x.pdf", content=content))
    return proposal


def taken(response: Any) -> zipfile.ZipFile:
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("A-0001", "髙﨑 花子", "量子/光"), "A-0001_髙﨑 花子_量子 光.pdf"),
        (("A-0001", "", unicodedata.normalize("NFD", "がん")), "A-0001_がん.pdf"),
        (("\ufa19谷", '..\\..\\x:*?"<>|'), "\ufa19谷_.. .. x.pdf"),
        (("a\u202egnp", "b\r\nc\0"), "agnp_b c.pdf"),
        (("", "..."), "file.pdf"),
    ],
)
def test_a_name_is_one_that_every_system_takes(parts: tuple[str, ...], name: str) -> None:
    assert member_name(*parts, ending=".pdf") == name


def test_a_long_name_is_cut_between_two_letters() -> None:
    name = member_name("あ" * 300, ending=".pdf")
    assert name == "あ" * 60 + ".pdf"


def test_an_archive_is_never_in_memory_as_a_whole() -> None:
    piece, count = bytes(64 * 1024), 400  # 26 MB
    tracemalloc.start()
    size = sum(map(len, stream_zip([("x", now(), (piece for _ in range(count)))])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > count * len(piece)
    assert peak < 2_000_000


@pytest.mark.django_db
def test_the_filtered_ones_are_in_it_with_receipt_pi_and_title(stage: Stage) -> None:
    one = received(stage, b"%PDF-1.7 one", title_ja="量子")
    received(stage, b"%PDF-1.7 two", state="eligible")
    archive = taken(client_of(stage.home1).get(url("office_archive"), {"state": "locked"}))
    name = f"{one.receipt_number}_{one.pi.name_in('ja')}_量子.pdf"
    assert archive.namelist() == [name]
    assert archive.read(name) == b"%PDF-1.7 one"
    assert archive.testzip() is None
    entry = AuditEntry.objects.get(verb="archive_taken")
    assert (entry.actor, entry.details) == (stage.home1, {"receipts": [one.receipt_number], "items": 1})


@pytest.mark.django_db
def test_the_ticked_ones_alone_are_in_it(stage: Stage) -> None:
    one, other = received(stage), received(stage)
    client = client_of(stage.partner1)
    picked = {"ticked": "1", "pick": [one.public_id, "nonsense", "a\0b"]}
    assert [
        str(one.receipt_number) in name
        for name in taken(client.get(url("office_archive"), picked)).namelist()
    ] == [True]
    assert len(taken(client.get(url("office_archive"))).namelist()) == 2
    nothing = client.get(url("office_archive"), {"ticked": "1"})
    assert (nothing.status_code, nothing["Location"]) == (302, url("office"))
    assert str(other.receipt_number) not in str(
        AuditEntry.objects.filter(verb="archive_taken").first().details
    )


@pytest.mark.django_db
def test_what_has_no_pdf_is_named_in_a_text(stage: Stage) -> None:
    there, unmade, lost = received(stage), received(stage, b""), received(stage, b"%PDF-1.7 lost")
    pdf = lost.submissions.get().pdf
    assert pdf is not None
    default_storage.delete(pdf.path)
    archive = taken(client_of(stage.home1).get(url("office_archive", language="en")))
    assert len(archive.namelist()) == 2
    text = archive.read("not-included.txt").decode("utf-8-sig")
    assert [str(one.receipt_number) in text for one in (there, unmade, lost)] == [False, True, True]


@pytest.mark.django_db
def test_a_conflict_keeps_a_file_out_even_after_the_archive_has_begun(stage: Stage) -> None:
    one, other, hidden = received(stage), received(stage), received(stage)
    exclude(proposal=hidden, person=stage.home1.person, source="conflict", by=stage.home1)
    client = client_of(stage.home1)
    response = client.get(
        url("office_archive"), {"ticked": "1", "pick": [p.public_id for p in (one, other, hidden)]}
    )
    exclude(proposal=other, person=stage.home1.person, source="conflict", by=stage.home1)
    names = taken(response).namelist()
    assert [name.startswith(str(one.receipt_number)) for name in names] == [True]
    for user, chosen in ((stage.home1, hidden), (make_pi(), one)):
        with pytest.raises(NotAllowed):
            note_archive(by=user, proposals=[chosen.pk])


@pytest.mark.django_db
def test_a_file_a_proposal_and_no_more_is_asked_for(stage: Stage, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        received(stage)
    client = client_of(stage.home1)
    response = client.get(url("office_archive"))
    with django_assert_num_queries(6):
        list(response.streaming_content)
