"""e-Rad: what goes there as the agency has laid it out, and what comes back, by pages and actions."""

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
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from program.models import Call
from proposals.actions.erad import save_mapping
from proposals.enums import EradDates, EradEncoding, EradTable, EradUnit
from proposals.models import EradChange, EradRecord, Proposal, ProposalAccess
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return make_stage()


@pytest.fixture
def call(stage: Stage) -> Call:
    return make_call(stage, state="closed")


def url(route: str, *args: Any) -> str:
    with translation.override("ja"):
        return reverse(f"proposals:{route}", args=[getattr(one, "public_id", one) for one in args])


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table_of(
    user: User, call: Call, table: str = "proposals", encoding: str = "utf-8-sig"
) -> list[list[str]]:
    answer = client_of(user).get(url("erad_export", call, table, "csv"))
    return list(csv.reader(io.StringIO(content_of(answer).decode(encoding))))


def lay_out(stage: Stage, table: EradTable, *columns: tuple[str, str], **fields: Any) -> None:
    save_mapping(
        **{
            "agency": stage.home,
            "table": table,
            "columns": columns,
            "encoding": EradEncoding.UTF8,
            "dates": EradDates.SLASH,
            "unit": EradUnit.YEN,
            "version": 0,
            "by": stage.home1,
            **fields,
        }
    )


def received(call: Call, **fields: Any) -> Proposal:
    proposal = make_proposal(call, state="locked", **fields)
    with writing():
        person = proposal.pi
        person.erad_number, person.family_kanji = "00251413", "髙﨑"
        person.save()
        proposal.institution.erad_code = "0012345678"
        proposal.institution.save()
    return proposal


def test_the_default_says_what_profile_and_registry_know(stage: Stage, call: Call) -> None:
    proposal = received(call)
    head, row = table_of(stage.home1, call)
    told = dict(zip(head, row, strict=True))
    assert told["受付番号"] == proposal.receipt_number
    assert (told["研究代表者研究者番号"], told["所属研究機関コード"]) == ("00251413", "0012345678")
    assert told["研究代表者氏名（姓）"] == "髙﨑"
    assert (told["直接経費"], told["間接経費"], told["合計"]) == ("300000000", "90000000", "390000000")
    assert told["研究期間（開始）"] == f"{call.first_year}/04/01"


def test_the_table_is_laid_out_as_the_agency_wants(stage: Stage, call: Call) -> None:
    received(call)
    lay_out(
        stage,
        EradTable.PROPOSALS,
        ("ends_on", "終了"),
        ("asked_total", "総額（千円）"),
        ("asked_year_1", "初年度"),
        dates=EradDates.ERA,
        unit=EradUnit.THOUSAND,
    )
    end = f"令和{call.first_year + 5 - 2018}年3月31日"
    assert table_of(stage.home1, call) == [["終了", "総額（千円）", "初年度"], [end, "390000", "78000"]]


def test_what_is_no_whole_thousand_is_told_with_its_row(stage: Stage, call: Call) -> None:
    received(call)
    received(call, yearly={"goods": 1_000_001})
    lay_out(stage, EradTable.PROPOSALS, ("asked_total", "総額"), unit=EradUnit.THOUSAND)
    for kind in ("csv", "xlsx"):
        page = client_of(stage.home1).get(url("erad_export", call, "proposals", kind), follow=True)
        assert "3行目の「総額」：5,000,005" in page.content.decode()


def test_what_shift_jis_lacks_is_told_with_its_row_and_is_no_question_mark(stage: Stage, call: Call) -> None:
    received(call, title_ja="髙﨑の研究")
    lay_out(stage, EradTable.PROPOSALS, ("title_ja", "課題名"), encoding=EradEncoding.CP932)
    assert table_of(stage.home1, call, encoding="cp932") == [["課題名"], ["髙﨑の研究"]]
    received(call, title_ja="𠮷野の研究")
    page = client_of(stage.home1).get(url("erad_export", call, "proposals", "csv"), follow=True)
    text = page.content.decode()
    assert page.redirect_chain and "𠮷" in text and "U+20BB7" in text


def test_a_workbook_holds_codes_as_text(stage: Stage, call: Call) -> None:
    received(call, title_ja="=1+1")
    answer = client_of(stage.home1).get(url("erad_export", call, "proposals", "xlsx"))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    told = dict(zip((cell.value for cell in rows[0]), rows[1], strict=True))
    assert (told["研究代表者研究者番号"].value, told["研究代表者研究者番号"].data_type) == ("00251413", "s")
    assert (told["研究開発課題名"].value, told["研究開発課題名"].data_type) == ("=1+1", "s")
    assert (told["合計"].value, told["合計"].data_type) == (390_000_000, "n")


def test_formulas_are_neutralised(stage: Stage, call: Call) -> None:
    received(call, title_ja="=1+1")
    head, row = table_of(stage.home1, call)
    assert row[head.index("研究開発課題名")] == "'=1+1"


def test_results_say_what_was_decided_and_awarded(stage: Stage) -> None:
    project = make_project(stage)
    call = project.proposal.call
    make_proposal(call, state="not_adopted")
    make_proposal(call, state="eligible")
    head, *rows = table_of(stage.home1, call, "results")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [one["採否"] for one in told] == ["採択", "不採択"]
    assert told[0]["課題番号"] == project.number
    assert [one["配分額"] for one in told] == [str(sum(project.ledger.values_list("amount", flat=True))), ""]


def test_what_the_officer_must_not_see_is_in_no_table(stage: Stage, call: Call) -> None:
    shown, hidden = received(call), received(call)
    with writing():
        ProposalAccess.objects.create(
            proposal=hidden, person=stage.home1.person, kind="excluded", source="test"
        )
    rows = table_of(stage.home1, call)
    assert [row[1] for row in rows[1:]] == [shown.receipt_number]
    page = client_of(stage.home1).get(url("erad", call)).content.decode()
    assert hidden.receipt_number not in page
    content = f"受付番号,応募番号\n{hidden.receipt_number},26A\n"
    assert "閲覧できるこの公募の提案に" in sent(stage, call, content).content.decode()


def test_before_the_deadline_nothing_goes_out(stage: Stage) -> None:
    call = make_call(stage, state="open")
    make_proposal(call, state="submitted")
    assert len(table_of(stage.home1, call)) == 1


def test_numbers_that_are_missing_or_look_wrong_are_told(stage: Stage, call: Call) -> None:
    proposal = received(call)
    with writing():
        proposal.pi.erad_number = "00251414"
        proposal.pi.save()
        proposal.institution.erad_code = ""
        proposal.institution.save()
    page = re.sub(r"\s+", " ", client_of(stage.home1).get(url("erad", call)).content.decode())
    assert "研究機関のe-Radコードがありません。" in page and "検査数字" in page
    assert len(table_of(stage.home1, call)) == 2


def sent(stage: Stage, call: Call, content: str | bytes, name: str = "erad.csv") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client_of(stage.home1).post(
        url("erad", call), {"file": SimpleUploadedFile(name, raw)}, follow=True
    )


def confirmed(stage: Stage, page: Any) -> Any:
    seen = re.search(r'name="seen"\s+value="([^"]+)"', page.content.decode())
    assert seen, page.content.decode()
    return client_of(stage.home1).post(page.request["PATH_INFO"], {"seen": seen[1]}, follow=True)


def test_what_e_rad_says_is_read_back(stage: Stage, call: Call) -> None:
    proposal = received(call)
    content = (
        "受付番号,応募番号,課題ID,研究機関承認状況,研究機関承認日,別の列\n"
        f"{proposal.receipt_number},0026A,123,承認済,令和８年１１月１日,x\n"
    )
    page = sent(stage, call, content)
    assert "読み込まない列：「別の列」" in page.content.decode()
    assert EradRecord.objects.count() == 0
    confirmed(stage, page)
    record = EradRecord.objects.get()
    assert (record.proposal, record.application_number, record.project_id) == (proposal, "0026A", "123")
    assert (record.approval, record.approved_on.isoformat()) == ("承認済", "2026-11-01")  # type: ignore[union-attr]  # it was set
    shown = client_of(stage.home1).get(url("office_proposal", proposal)).content.decode()
    assert "0026A" in shown
    assert table_of(stage.home1, call)[1][0] == "0026A"


def test_a_second_table_changes_what_it_says_and_keeps_what_it_leaves_blank(stage: Stage, call: Call) -> None:
    proposal = received(call)
    for content in ("26A,100", "26B,"):
        number, project = content.split(",")
        confirmed(
            stage,
            sent(stage, call, f"受付番号,応募番号,課題ID\n{proposal.receipt_number},{number},{project}\n"),
        )
    record = EradRecord.objects.get()
    assert (record.application_number, record.project_id) == ("26B", "100")
    assert [one.before for one in EradChange.objects.order_by("id")] == [
        {"application_number": "", "project_id": ""},
        {"application_number": "26A"},
    ]
    trail = AuditEntry.objects.filter(subject_id=proposal.public_id, verb="erad_read")
    assert trail.count() == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("nothing,26A", "閲覧できるこの公募の提案に"),
        (",26A", "入力してください"),
        ("{a},26A\n{a},26B", "2行目と同じ提案です"),
        ("{a},26A\n{b},26A", "別の提案のものです"),
        ("{a},1.5E+12", "表計算ソフトがこの番号を短縮し"),
    ],
)
def test_one_wrong_row_keeps_all_out(stage: Stage, call: Call, rows: str, words: str) -> None:
    first, second = received(call), received(call)
    given = rows.format(a=first.receipt_number, b=second.receipt_number)
    page = sent(stage, call, f"受付番号,応募番号\n{given}\n")
    assert words in page.content.decode()
    assert 'name="seen"' not in page.content.decode()
    client_of(stage.home1).post(page.request["PATH_INFO"], {"seen": "x"})
    assert EradRecord.objects.count() == 0


def test_the_same_table_again_changes_nothing(stage: Stage, call: Call) -> None:
    proposal = received(call)
    content = f"受付番号,応募番号\n{proposal.receipt_number},26A\n"
    confirmed(stage, sent(stage, call, content))
    assert "すべて反映済みです" in sent(stage, call, content).content.decode()


def test_what_was_seen_before_it_changed_is_not_taken(stage: Stage, call: Call) -> None:
    proposal = received(call)
    page = sent(stage, call, f"受付番号,応募番号\n{proposal.receipt_number},26A\n")
    confirmed(stage, sent(stage, call, f"受付番号,応募番号\n{proposal.receipt_number},26B\n"))
    again = confirmed(stage, page)
    assert "確認の後に変更がありました" in again.content.decode()
    assert EradRecord.objects.get().application_number == "26B"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_the_encoding_is_told(stage: Stage, call: Call, encoding: str) -> None:
    proposal = received(call)
    content = f"受付番号,応募番号\n{proposal.receipt_number},26A\n".encode(encoding)
    assert ("UTF-8" if encoding == "utf-8-sig" else "CP932") in sent(stage, call, content).content.decode()


def test_a_file_without_its_key_is_refused_beside_the_field(stage: Stage, call: Call) -> None:
    page = sent(stage, call, "応募番号\n26A\n")
    assert "受付番号" in page.content.decode() and page.redirect_chain == []


def test_a_mapping_is_saved_by_its_page_and_a_stale_one_is_refused(stage: Stage) -> None:
    client, page = client_of(stage.home1), url("erad_mapping", stage.home, "proposals")
    data = {
        "version": "0",
        "encoding": "cp932",
        "dates": "era",
        "unit": "yen",
        "place_title_ja": "２",
        "heading_title_ja": "課題名",
        "place_receipt_number": "1",
        "heading_receipt_number": "番号",
    }
    assert client.post(page, data).status_code == 302
    mapping = stage.home.erad_mappings.get()
    assert mapping.columns == [
        {"field": "receipt_number", "heading": "番号"},
        {"field": "title_ja", "heading": "課題名"},
    ]
    stale = client.post(page, {**data, "heading_title_ja": "別"})
    assert stale.status_code == 200 and stage.home.erad_mappings.get().version == 1


def test_only_officers_of_a_japanese_agency_lay_out_its_tables(stage: Stage) -> None:
    for by in (stage.home2, stage.partner1, stage.ministry1):
        with pytest.raises(NotAllowed):
            lay_out(stage, EradTable.PROPOSALS, ("title_ja", "a"), by=by)


def test_a_layout_that_breaks_a_rule_is_refused(stage: Stage) -> None:
    with pytest.raises(RuleBroken) as error:
        lay_out(stage, EradTable.PROPOSALS)
    assert [one.code for one in error.value.violations] == ["erad_no_column"]
