"""A field for a file takes what the call says, held by content; what is no PDF goes beside the PDF, which names it."""

import io
import zipfile
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kernel.violations import RuleBroken
from program.actions import calls
from program.actions.call_copies import copy_call
from program.agreed import call_digest
from program.models import Call
from program.versions import form_as_plain, latest_form
from proposals.actions.sections import save_section
from proposals.actions.submission import submit_proposal
from proposals.documents import submission_pdf
from proposals.models import Proposal
from tests.builders.program import Stage, make_call, make_field, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.raw_files import jpeg, pdf, workbook
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def asked(stage: Stage, **bounds: Any) -> tuple[Call, Any]:
    """A call whose first section asks for a file of these bounds."""
    call = make_call(stage)
    section = call.form_versions.get().sections.order_by("position")[0]
    values = {"is_required": False, "file_kinds": ["xlsx"], "most_megabytes": 1, "most_pages": 2, **bounds}
    make_field(section, "file", key="data", title_ja="観測データ", title_en="Observations", **values)
    return call, section


def written(section: Any, **changes: Any) -> dict[str, Any]:
    return {"revision": "1", "text": "本文", "is_complete": "on", **changes}


@pytest.fixture
def draft() -> tuple[Client, Proposal, Any, str]:
    call, section = asked(make_stage())
    pi = make_pi()
    proposal = make_proposal(call, pi=pi)
    return signed_in(pi), proposal, section, f"/ja/proposals/{proposal.public_id}/sections/{section.key}/"


def test_what_it_takes_stands_beside_the_field(draft: tuple[Client, Proposal, Any, str]) -> None:
    client, _proposal, _section, path = draft
    page = client.get(path).content.decode()
    assert "1MB以内のファイル1件（PDF, XLSX）。" in page
    assert "PDFの場合は2ページ以内。" in page
    assert "1,048,576" not in page  # no count of characters
    assert 'accept=".pdf,.xlsx"' in page and 'data-max-bytes="1048576"' in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jpg", jpeg(), "PDF、XLSX"),
        ("a.xlsx", jpeg(), "a.xlsx"),
        ("a.xlsx", b"x" * (1024 * 1024 + 1), "1MB"),
        ("a.pdf", pdf(pages=3), "2"),
    ],
)
def test_what_it_does_not_take_is_refused_with_its_reason(
    draft: tuple[Client, Proposal, Any, str], name: str, content: bytes, words: str
) -> None:
    client, proposal, section, path = draft
    answer = client.post(path, written(section, field_data=upload(name, content)))
    errors = " ".join(answer.context["form"].errors["field_data"])
    assert words.replace("、", ", ") in errors or words in errors
    assert proposal.sections.get(section=section).answers == {}


def test_the_action_holds_the_same_bounds(draft: tuple[Client, Proposal, Any, str]) -> None:
    _client, proposal, section, _path = draft
    for file, code in (
        (upload("a.jpg", jpeg()), "file_type_not_allowed"),
        (upload("a.pdf", pdf(pages=3)), "file_too_many_pages"),
    ):
        with pytest.raises(RuleBroken) as broken:
            save_section(
                proposal=proposal,
                section=section,
                by=proposal.pi.user,
                text="本文",
                revision=proposal.sections.get(section=section).revision,
                answers={"data": file},
            )
        assert [one.code for one in broken.value.violations] == [code]


def test_what_is_no_pdf_goes_beside_the_pdf_which_names_it(
    draft: tuple[Client, Proposal, Any, str],
) -> None:
    client, proposal, section, path = draft
    revision = str(proposal.sections.get(section=section).revision)
    book = workbook()
    sent = client.post(path, written(section, revision=revision, field_data=upload("観測.xlsx", book)))
    assert sent.status_code == 302
    here = f"/ja/proposals/{proposal.public_id}/"
    assert "観測.xlsx" in text_of(client.get(f"{here}check/"))
    submission = submit_proposal(proposal=Proposal.objects.get(pk=proposal.pk), by=proposal.pi.user)
    pages = pypdfium2.PdfDocument(submission_pdf(submission))
    printed = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pages)
    answer = proposal.sections.get(section=section).answers["data"]
    for words in ("PDFとは別に配付するファイル", "観測データ", "観測.xlsx", answer["sha256"][:32]):
        assert words in printed
    receipt = client.get(f"{here}receipt/").content.decode()
    archive = client.get(f"{here}pdf/with-files/")
    assert f"{here}pdf/with-files/" in receipt
    with zipfile.ZipFile(io.BytesIO(b"".join(archive.streaming_content))) as opened:  # type: ignore[attr-defined]
        stem = f"{submission.proposal.receipt_number}-1"
        assert opened.namelist() == [f"{stem}.pdf", f"{stem}_1_観測.xlsx"]
        assert opened.read(f"{stem}_1_観測.xlsx") == book
    assert client.get(f"{here}pdf/files/{answer['public_id']}/").status_code == 200
    assert client.get(f"{here}pdf/files/{'0' * len(answer['public_id'])}/").status_code == 404
    assert signed_in(make_pi()).get(f"{here}pdf/files/{answer['public_id']}/").status_code == 404


def test_a_pdf_becomes_pages_of_the_pdf(draft: tuple[Client, Proposal, Any, str]) -> None:
    client, proposal, section, path = draft
    before = len(pypdfium2.PdfDocument(client.get(f"/ja/proposals/{proposal.public_id}/preview/").content))
    revision = str(proposal.sections.get(section=section).revision)
    answer = client.post(path, written(section, revision=revision, field_data=upload("a.pdf", pdf(pages=2))))
    assert answer.status_code == 302
    after = len(pypdfium2.PdfDocument(client.get(f"/ja/proposals/{proposal.public_id}/preview/").content))
    assert after == before + 2
    assert proposal.sections.get(section=section).answers["data"]["pages"] == 2


def test_a_copied_call_asks_for_the_same_files_and_versions_tell_what_changed() -> None:
    stage = make_stage()
    call, section = asked(stage)
    copied = copy_call(call=call, by=stage.home1, code="next", title_ja="次", title_en="Next")
    field = copied.form_versions.get().sections.get(key=section.key).fields.get(key="data")
    assert (field.file_kinds, field.most_megabytes, field.most_pages) == (["xlsx"], 1, 2)
    version = latest_form(call)
    assert version is not None
    sections, _criteria = form_as_plain(version)
    sections[0]["fields"][0] |= {"file_kinds": ["xlsx", "picture"], "most_pages": None}
    calls.set_form(call=call, by=stage.home1, sections=sections)
    page = text_of(signed_in(stage.home1).get(f"/ja/calls/{call.public_id}/form/versions/"))
    for words in ("PDFのほかに受け付ける種類", "画像（PNG、JPEG）", "PDFのページ数の上限"):
        assert words in page


def test_a_form_without_bounds_has_the_digest_that_it_always_had() -> None:
    stage = make_stage()
    call, section = asked(stage, file_kinds=[], most_megabytes=None, most_pages=None)
    plain = form_as_plain(call.form_versions.get())[0][0]["fields"][0]
    assert not {"file_kinds", "most_megabytes", "most_pages"} & set(plain)
    before = call_digest(call)
    section.fields.get(key="data")
    version = latest_form(call)
    assert version is not None
    sections, _criteria = form_as_plain(version)
    sections[0]["fields"][0]["most_pages"] = 3
    calls.set_form(call=call, by=stage.home1, sections=sections)
    assert call_digest(Call.objects.get(pk=call.pk)) != before


def test_an_officer_sets_the_bounds_and_is_told_what_cannot_be() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client = signed_in(stage.home1)
    path = f"/ja/calls/{call.public_id}/form/sections/plan/add-field/file/"
    good = {
        "key": "data",
        "title_ja": "データ",
        "title_en": "Data",
        "file_kinds": ["xlsx", "csv"],
        "most_megabytes": "５",
        "most_pages": "",
    }
    for wrong, field in (
        ({"file_kinds": ["exe"]}, "file_kinds"),
        ({"most_megabytes": "21"}, "most_megabytes"),
        ({"most_pages": "0"}, "most_pages"),
    ):
        assert list(client.post(path, {**good, **wrong}).context["form"].errors) == [field]
    assert client.post(path, good).status_code == 302
    version = latest_form(call)
    assert version is not None
    field = version.sections.get(key="plan").fields.get(key="data")
    assert (field.file_kinds, field.most_megabytes, field.most_pages) == (["xlsx", "csv"], 5, None)
    assert "PDF, XLSX, CSV、5MB以内" in text_of(client.get(f"/ja/calls/{call.public_id}/form/"))
