"""Proposals collected elsewhere, by their pages: a file sent, looked at, taken in, out again, and undone."""

import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from accounts.models import User
from kernel import jobs
from kernel.actions import writing
from kernel.jobs.models import Job
from program.enums import ImportedRow
from program.models import Call
from proposals.enums import CollectionKey
from proposals.intake_queries import INTAKE_JOB, PREVIEW_JOB, UNDO_JOB
from proposals.intake_tasks import comparison_of
from proposals.models import CollectedProposal, Intake, Proposal, ProposalAccess
from tests.builders.intake import csv_of, row, take, taken
from tests.builders.program import Stage, make_call, make_stage
from tests.matrix.world import blank_pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def call(stage: Stage) -> Call:
    return make_call(stage, state="closed")


def url(route: str, *args: Any, language: str = "ja") -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=[getattr(one, "public_id", one) for one in args])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def shown(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def worked() -> None:
    """What waits to be read or taken in is, in the background."""
    waiting = Job.objects.filter(name__in=(PREVIEW_JOB, INTAKE_JOB), state="queued").order_by("pk")
    assert [jobs.run_job(pk) for pk in list(waiting.values_list("pk", flat=True))] == ["done"]


def sent(stage: Stage, call: Call, content: bytes, language: str = "ja") -> Any:
    file = SimpleUploadedFile("collected.csv", content)
    answer = client_of(stage.home1).post(
        url("intake", call, language=language), {"key": "number", "file": file}
    )
    assert answer.status_code == 302, shown(answer)
    worked()
    return client_of(stage.home1).get(answer["Location"])


def confirmed(stage: Stage, page: Any) -> Any:
    answer = client_of(stage.home1).post(page.request["PATH_INFO"])
    worked()
    return client_of(stage.home1).get(answer["Location"], follow=True)


def test_a_table_is_looked_at_and_taken_in(stage: Stage, call: Call) -> None:
    page = sent(stage, call, csv_of(row(call), encoding="cp932"))
    assert "Shift JIS (CP932)" in shown(page) and "量子見本の研究" in shown(page)
    assert Proposal.objects.count() == 0
    result = confirmed(stage, page)
    proposal = Proposal.objects.get()
    assert proposal.receipt_number in shown(result) and "collected.csv" in shown(result)


@pytest.mark.parametrize(("language", "words"), [("ja", "相手国側代表者：国"), ("en", "Partner PI: country")])
def test_what_is_wrong_is_told_by_row_and_column_in_the_reader_s_language(
    stage: Stage, call: Call, language: str, words: str
) -> None:
    page = sent(stage, call, csv_of(row(call, partner_country="Atlantis")), language)
    text = shown(page)
    assert words in text and "Atlantis" in text
    assert client_of(stage.home1).post(page.request["PATH_INFO"]).status_code == 404
    assert Proposal.objects.count() == 0


def test_a_file_that_cannot_be_used_says_why(stage: Stage, call: Call) -> None:
    page = sent(stage, call, b"number,years,unheard\nA,5,x\n")
    assert "このファイルは取り込めません" in shown(page) and "「unheard」" in shown(page)


def test_a_nul_is_told_with_its_row_beside_the_file(stage: Stage, call: Call) -> None:
    file = SimpleUploadedFile("collected.csv", "number,years\n研究\0,5\n".encode())
    answer = client_of(stage.home1).post(url("intake", call), {"key": "number", "file": file})
    assert answer.status_code == 200
    assert "2行目" in "".join(answer.context["form"].errors["file"])


def test_what_changed_between_looking_and_taking_in_is_not_overwritten(stage: Stage, call: Call) -> None:
    first = row(call)
    page = sent(stage, call, csv_of(first))
    take(call, stage.home1, {**first, "title_en": "Another"})
    assert "確認の後に変更があった" in shown(confirmed(stage, page))
    assert Proposal.objects.get().title_en == "Another"


def test_it_is_marked_wherever_an_officer_meets_it(stage: Stage, call: Call) -> None:
    proposal = taken(call, stage.home1)
    client = client_of(stage.home1)
    office = shown(client.get(url("office")))
    assert "他で受け付けた提案" in office
    page = shown(client.get(url("office_proposal", proposal)))
    assert stage.home1.person.name in page and "collected.csv" in page and "2行目" in page


AWKWARD = (
    {"number": "0012", "title_ja": "=1+1", "title_en": "+1"},
    {"number": "3-1-2", "title_ja": "@A1", "title_en": "'90s"},
    {"number": "1E5", "title_ja": "𠮷野 髙", "title_en": "two\nlines"},
)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_five_round_trips_change_nothing(stage: Stage, call: Call, language: str, ending: str) -> None:
    take(call, stage.home1, *(row(call, **one) for one in AWKWARD))
    before = list(CollectedProposal.objects.order_by("pk").values_list("key", "values"))
    client, contents = client_of(stage.home1), set()
    for _time in range(5):
        answer = client.get(url("intake_table", call, f"all-{ending}", language=language))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = comparison_of(call, CollectionKey.NUMBER, content, stage.home1)
        assert [one.state for one in found.rows] == [ImportedRow.UNCHANGED] * 3, found.rows
        contents.add(content if ending == "csv" else tuple(one.key for one in found.rows))
    assert len(contents) == 1
    assert list(CollectedProposal.objects.order_by("pk").values_list("key", "values")) == before


def test_formulas_are_text_in_both_files(stage: Stage, call: Call) -> None:
    take(call, stage.home1, row(call, title_ja="=1+1"))
    client = client_of(stage.home1)
    text = b"".join(client.get(url("intake_table", call, "all-csv")).streaming_content).decode("utf-8-sig")
    head, told = list(csv.reader(io.StringIO(text)))
    assert told[head.index("研究課題名（日本語）")] == "'=1+1"
    book = load_workbook(io.BytesIO(client.get(url("intake_table", call, "all-xlsx")).content))
    cells = dict(zip((cell.value for cell in book.active[1]), book.active[2], strict=True))
    assert (cells["研究課題名（日本語）"].value, cells["研究課題名（日本語）"].data_type) == ("=1+1", "s")
    assert (cells["収集元の整理番号"].value, cells["収集元の整理番号"].data_type) == ("0012", "s")


def test_the_template_is_explained_in_both_languages(stage: Stage, call: Call) -> None:
    client = client_of(stage.home1)
    book = load_workbook(io.BytesIO(client.get(url("intake_table", call, "template-xlsx")).content))
    first, guide = book.worksheets
    assert first.max_row == 1
    told = {cell.value for line in guide.iter_rows() for cell in line}
    assert {"ROR ID又は名称。", "The ROR id, or the name."} <= told
    guide_csv = b"".join(client.get(url("intake_table", call, "guide-csv")).streaming_content).decode(
        "utf-8-sig"
    )
    assert "The ROR id, or the name." in guide_csv and "ROR ID又は名称。" in guide_csv


def test_what_an_officer_must_not_see_is_in_no_list_and_no_count(stage: Stage, call: Call) -> None:
    intake = take(
        call, stage.home1, row(call), row(call, number="0013", pi_email="b@univ.example", pi_erad="")
    )
    hidden = intake.rows.get(number=3).proposal
    with writing():
        ProposalAccess.objects.create(
            proposal=hidden, person=stage.home1.person, kind="excluded", source="test"
        )
    client = client_of(stage.home1)
    page = shown(client.get(url("intake_run", intake)))
    assert hidden.receipt_number not in page
    assert '<p class="stat__figure">1</p>' in page
    table = b"".join(client.get(url("intake_table", call, "all-csv")).streaming_content).decode()
    assert "0012" in table and "0013" not in table


def test_an_import_is_undone_by_its_button(stage: Stage, call: Call) -> None:
    intake = take(call, stage.home1, row(call))
    client = client_of(stage.home1)
    assert "この取込みを取り消す" in shown(client.get(url("intake_run", intake)))
    answer = client.post(url("intake_undo", intake))
    job = Job.objects.get(name=UNDO_JOB)
    assert answer.url == url("intake_job", job)
    assert "取込みの取消し" in shown(client.get(answer.url))
    assert client_of(stage.partner1).get(answer.url).status_code == 404
    again = client.post(url("intake_undo", intake))  # twice asked, once done
    for one in Job.objects.filter(name=UNDO_JOB):
        jobs.run_job(one.pk)
    assert "この取込みは取り消されました" in shown(client.get(answer.url, follow=True))
    assert Proposal.objects.count() == 0
    assert "この取込みは取消し済みです" in shown(client.get(again.url))
    assert client.post(url("intake_undo", intake)).status_code == 422


def test_the_paper_comes_later(stage: Stage, call: Call) -> None:
    proposal = taken(call, stage.home1)
    client = client_of(stage.home1)
    assert "提案書のPDFを添付" in shown(client.get(url("office_proposal", proposal)))
    file = SimpleUploadedFile("paper.pdf", blank_pdf())
    assert client.post(url("collected_paper", proposal), {"file": file}).status_code == 302
    last = proposal.submissions.latest("number")
    assert (last.number, last.content["attachment"]["name"]) == (2, "paper.pdf")
    assert CollectedProposal.objects.get().proposal == proposal
    wrong = client.post(
        url("collected_paper", proposal), {"file": SimpleUploadedFile("paper.pdf", b"no pdf")}
    )
    assert wrong.status_code == 200 and proposal.submissions.count() == 2


def test_many_rows_are_one_intake(stage: Stage, call: Call) -> None:
    """As many as a large call receives; a background job takes them in few statements."""
    one = row(
        call,
        partner_family_romaji=None,
        partner_given_romaji=None,
        partner_institution=None,
        partner_country=None,
    )
    rows = [
        {**one, "number": f"{number:05}", "pi_email": f"{number}@univ.example", "pi_erad": ""}
        for number in range(300)
    ]
    page = sent(stage, call, csv_of(*rows))
    confirmed(stage, page)
    assert Intake.objects.get().rows.count() == 300
    assert Proposal.objects.filter(state="locked").count() == 300
