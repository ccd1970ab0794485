"""Fields of a form: filled in by applicants, kept, checked, printed; bad input is said beside its field and loses nothing."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from kernel.actions import writing
from kernel.violations import RuleBroken
from program.models import FormField
from proposals.actions.completeness import written_of
from proposals.actions.content import content_of, digest
from proposals.actions.putting_back import put_back
from proposals.actions.sections import save_section
from proposals.documents import proposal_pdf
from proposals.forms.answers import control_of
from proposals.models import Proposal
from proposals.rules.answers import Question, answer_violation, length_violation, missing
from proposals.rules.completeness import gaps
from tests.builders.program import add_fields_section, make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def one_page() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()


def upload(name: str = "letter.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, one_page() if content is None else content)


@pytest.fixture
def draft() -> tuple[Client, Proposal, str]:
    call = make_call(make_stage())
    add_fields_section(call)
    pi = make_pi()
    proposal = make_proposal(call, pi=pi, is_complete=False)
    return signed_in(pi), proposal, f"/ja/proposals/{proposal.public_id}/sections/facts/"


def filled(**changes: Any) -> dict[str, Any]:
    return {
        "revision": "0",
        "field_text": "目的",
        "field_number": "１２.５０",
        "field_yen-table__first__2026": "1,000,000",
        "field_yen-table__second__2027": "２５０",
        "field_choice": "second",
        "field_date": "2027-04-01",
        "field_file": upload(),
        "field_person__name": "髙橋 花子",
        "field_person__institution": "見本大学",
        "field_person__orcid": "https://orcid.org/0000-0002-1825-0097",
        "field_organisation__name": "Example State University",
        "field_organisation__country_code": "US",
        **changes,
    }


def answers_of(proposal: Proposal) -> dict[str, Any]:
    found = proposal.sections.filter(section__key="facts").first()
    return found.answers if found else {}


def test_every_kind_is_saved_and_shown_again(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    assert client.post(path, filled(is_complete="on")).status_code == 302
    answers = answers_of(proposal)
    file = answers.pop("file")
    assert (file["name"], file["size"]) == ("letter.pdf", len(one_page()))
    assert answers == {
        "text": "目的",
        "number": "12.5",
        "yen-table": {"first": {"2026": 1_000_000}, "second": {"2027": 250}},
        "choice": "second",
        "date": "2027-04-01",
        "person": {"name": "髙橋 花子", "institution": "見本大学", "orcid": "0000-0002-1825-0097"},
        "organisation": {"name": "Example State University", "country_code": "US"},
    }
    page = client.get(path).content.decode()
    for shown in (
        "目的",
        'value="12.5"',
        'value="1,000,000"',
        "letter.pdf",
        'value="2027-04-01"',
        "髙橋 花子",
    ):
        assert shown in page
    assert client.get(f"{path}files/file/").status_code == 200


def test_a_draft_may_take_its_file_away_required_or_not(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    assert client.post(path, filled()).status_code == 302
    away = {**filled(), "revision": "1", "field_file": "", "field_file-clear": "on"}
    assert client.post(path, away).status_code == 302
    assert "file" not in answers_of(proposal)


def test_an_autosave_of_fields_leaves_a_file_as_it_is(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    assert client.post(path, filled()).status_code == 302
    changed = {**filled(field_text="続き"), "revision": "1"}
    changed.pop("field_file")
    saved = client.post(path, changed, headers={"X-Requested-With": "autosave"})
    told = saved.json()
    assert (told["revision"], told["is_merged"]) == (2, False)
    assert (answers_of(proposal)["text"], "file" in answers_of(proposal)) == ("続き", True)
    stale = client.post(path, {**changed, "field_text": "別"}, headers={"X-Requested-With": "autosave"})
    assert (stale.status_code, stale.json()["is_own"]) == (409, True)


def test_an_answered_file_stays_when_none_is_sent(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    client.post(path, filled())
    before = answers_of(proposal)["file"]
    again = filled(revision="1", field_text="別の目的")
    del again["field_file"]
    assert client.post(path, again).status_code == 302
    assert (answers_of(proposal)["text"], answers_of(proposal)["file"]) == ("別の目的", before)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("field_text", "あ" * 51, "1文字超過"),
        ("field_number", "abc", "数値"),
        ("field_number", "101", "100以下の数を入力してください。"),
        ("field_number", "-1", "0以上の数を入力してください。"),
        ("field_yen-table__first__2026", "1.5", "設備備品、2026年度"),
        ("field_yen-table__first__2026", "－5", "設備備品、2026年度"),
        ("field_choice", "third", "third"),
        ("field_date", "2027-02-30", "2027-03-15"),
        ("field_file", upload("letter.exe", b"MZ"), "PDF"),
        ("field_file", upload("letter.pdf", b"no pdf"), "PDF"),
        ("field_person__orcid", "0000-0002-1825-0098", "ORCID iDが正しくありません"),
        ("field_person__name", "", "名称（氏名）を入力してください。"),
        ("field_organisation__ror_id", "01ABC", "ROR IDが正しくありません"),
        ("field_organisation__country_code", "XX", "一覧から選択"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_loses_nothing(
    draft: tuple[Client, Proposal, str], field: str, value: Any, words: str
) -> None:
    client, proposal, path = draft
    answer = client.post(path, filled(**{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words in page
    assert "設備備品" in page
    assert 'value="見本大学"' in page  # what was typed elsewhere is still there
    assert answers_of(proposal) == {}


def test_a_draft_may_leave_blank_what_a_completed_section_may_not(
    draft: tuple[Client, Proposal, str],
) -> None:
    client, proposal, path = draft
    blank = {"revision": "0", "field_text": "目的"}
    assert client.post(path, blank).status_code == 302
    assert answers_of(proposal) == {"text": "目的"}
    page = text_of(client.post(path, {**blank, "revision": "1", "is_complete": "on"}))
    assert "「項目number」が未入力です。" in page
    assert [v.params["name"] for v in gaps(written_of(proposal)) if v.code == "answer_missing"] == [
        "項目number",
        "項目yen_table",
        "項目choice",
        "項目date",
        "項目file",
        "項目person",
        "項目organisation",
    ]


def test_an_older_revision_shows_both(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    client.post(path, filled())
    answer = client.post(path, filled(field_text="古い画面から", revision="0"))
    assert answer.status_code == 409
    assert "古い画面から" in answer.content.decode()
    assert "目的" in text_of(answer)
    assert answers_of(proposal)["text"] == "目的"


def test_the_check_page_and_the_pdf_show_every_answer(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    client.post(path, filled(is_complete="on"))
    words = (
        "目的",
        "12.5",
        "1,000,000",
        "旅費交通",
        "2027年4月1日",
        "letter.pdf",
        "髙橋 花子",
        "Example State University",
    )
    page = text_of(client.get(f"/ja/proposals/{proposal.public_id}/check/"))
    document = pypdfium2.PdfDocument(
        proposal_pdf(
            content_of(Proposal.objects.get(pk=proposal.pk)),
            issued_at=dt.datetime(2027, 1, 1, tzinfo=dt.UTC),
        )
    )
    printed = "".join("".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document)
    for word in words:
        assert word in page
        assert word.replace(" ", "") in printed


def test_put_back_restores_the_answers_that_were_submitted(draft: tuple[Client, Proposal, str]) -> None:
    client, proposal, path = draft
    client.post(path, filled())
    content = content_of(Proposal.objects.get(pk=proposal.pk))
    client.post(path, filled(revision="1", field_text="後から"))
    fresh = Proposal.objects.get(pk=proposal.pk)
    assert digest(content_of(fresh)) != digest(content)
    with writing():
        put_back(fresh, content)
    assert digest(content_of(Proposal.objects.get(pk=proposal.pk))) == digest(content)


def test_a_section_without_fields_keeps_its_digest() -> None:
    section = content_of(make_proposal(make_call(make_stage())))["sections"][0]
    assert set(section) == {"key", "title_ja", "title_en", "text"}


def test_preview_is_the_applicants_page_and_saves_nothing() -> None:
    stage = make_stage()
    call = make_call(stage)
    add_fields_section(call)
    client = signed_in(stage.home1)
    page = client.get(f"/ja/calls/{call.public_id}/form/versions/1/preview/facts/").content.decode()
    for name in ("field_text", "field_yen-table__second__2028", "field_person__orcid", "field_file"):
        assert f'name="{name}"' in page
    assert "ここで入力した内容は保存されません。" in page
    assert client.post(f"/ja/calls/{call.public_id}/form/versions/1/preview/facts/").status_code == 405


def test_words_are_counted_where_the_limit_is_in_words() -> None:
    assert length_violation("one two  three", 3, "words") is None
    found = length_violation("one two three four", 3, "words")
    assert found is not None
    assert (found.code, found.params) == ("text_over_words", {"over": 1, "limit": 3})


def test_an_optional_question_may_stay_blank() -> None:
    question = Question("a", "person", is_required=False)
    assert missing(question, {"name": " "}) is None
    assert answer_violation(question, {"name": ""}) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [("0", ""), ("100", ""), ("100.0001", "answer_too_large"), ("-0.1", "answer_too_small")],
)
def test_bounds_of_a_number_are_inside(number: str, code: str) -> None:
    question = Question("a", "number", lowest=Decimal(0), highest=Decimal(100))
    found = answer_violation(question, number)
    assert (found.code if found else "") == code


def test_action_refuses_what_no_form_would_send(draft: tuple[Client, Proposal, str]) -> None:
    _client, proposal, _path = draft
    section = proposal.form_version.sections.get(key="facts")
    with pytest.raises(RuleBroken) as broken:
        save_section(
            proposal=proposal,
            section=section,
            by=proposal.pi.user,
            text="",
            revision=0,
            answers={"choice": "none"},
        )
    assert [v.code for v in broken.value.violations] == ["answer_not_offered"]


def test_a_number_says_its_bounds_before_it_is_refused_and_a_country_is_blank_once() -> None:
    def told(**bounds: Any) -> str:
        field = FormField(kind="number", title_en="People", help_en="How many go.", **bounds)
        with translation.override("en"):
            return str(control_of(field, years=[]).help_text)

    assert told(lowest=Decimal("1.0000"), highest=Decimal("10.0000")) == "How many go. From 1 to 10."
    assert told(lowest=Decimal("0.5000")) == "How many go. At least 0.5."
    assert told(highest=Decimal("9")) == "How many go. At most 9."
    assert told() == "How many go."
    organisation: Any = control_of(FormField(kind="organisation", title_en="Host"), years=[])
    country = next(part for part in organisation.parts if part.name == "country_code")
    assert [code for code, _words in country.choices].count("") == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "案内 20MB以内のPDF 1件。パスワードを設定していないもの。"),
        ("en", "A hint One PDF of up to 20 MB, without a password."),
    ],
)
def test_a_file_field_says_what_it_takes_before_anything_is_sent(language: str, said: str) -> None:
    with translation.override(language):
        field = FormField(kind="file", title_en="Letter", help_ja="案内", help_en="A hint")
        assert str(control_of(field, years=[]).help_text) == said
