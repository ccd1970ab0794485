"""The PDF of a proposal: made from what was submitted, with its numbers, and with its attachment behind."""

import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from kernel.actions import writing
from proposals.actions.content import content_of
from proposals.actions.submission import submit_proposal
from proposals.actions.team import attach_file
from proposals.bilingual import in_both
from proposals.documents import proposal_pdf, sheet_of, submission_pdf
from proposals.models import OtherGrant, Proposal, Submission
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db


def words_of(pdf: bytes) -> str:
    """All text of the file, without the blanks that a typesetter puts between letters."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def blank_pdf(count: int) -> bytes:
    document, out = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        document.add_blank_page(page_size=(595, 842))
    document.save(out)
    return out.getvalue()


def write_in(proposal: Proposal, text: str) -> None:
    with writing():
        proposal.sections.update(text=text)


WRITTEN = {"ja": "若手研究者を派遣する。", "en": "We send young researchers, among them 髙橋."}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_speaks_both_languages_and_shows_the_sums(language: str) -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    write_in(proposal, WRITTEN[language])
    submission = submit_proposal(proposal=proposal, by=pi)
    with writing():
        proposal.budget.update(amount=1)  # whatever is changed afterwards is not in it
    pdf = submission_pdf(submission)
    text = words_of(pdf)
    proposal.refresh_from_db()
    for expected in (
        *("間接経費", "全期間", "研究代表者", "研究体制", "単位：円", "第1版", "2026年度"),
        *(
            "indirectcost",
            "Wholeterm",
            "principalinvestigator",
            "Researchteam",
            "inyen",
            "Version1",
            "FY2026",
        ),
        proposal.receipt_number,
        "60,000,000",
        "78,000,000",
        "390,000,000",
        "90,000,000",
    ):
        assert expected in text
    assert submission.sha256[:32] in text
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang).startswith(language)


def test_no_heading_and_no_label_stands_in_one_language_alone() -> None:
    """Whatever a sheet says in words of the portal differs between the languages and so stands in both; what does not differ
    is what people wrote, or a number."""
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    content = content_of(proposal)
    sheets = {}
    for language in ("ja", "en"):
        with translation.override(language):
            sheets[language] = sheet_of(content, language, proposal.created_at)
    both = in_both(sheets["ja"], sheets["en"])
    for part in ("team", "grants", "awards", "exchange", "budget"):
        assert set(both[part]["heading"]) == {"ja", "en"}
    heads = [
        *both["team"]["columns"],
        *both["grants"]["columns"],
        *both["exchange"]["columns"],
        *both["exchange"]["totals"]["columns"],
        *(column for table in both["budget"]["tables"] for column in table["columns"]),
        *(row[0] for table in both["budget"]["tables"] for row in table["rows"]),
        *(name for name, _value in both["facts"]),
        *(name for entry in both["awards"]["entries"] for name, _value in entry),
    ]
    assert [head for head in heads if not isinstance(head, dict)] == []
    assert both["grants"]["none"] == {"ja": "（該当なし）", "en": "(no other grant)"}


def test_an_amount_and_what_was_written_stand_once() -> None:
    assert in_both(["1,234円", "同じ", 5], ["¥1,234", "同じ", 5]) == ["¥1,234", "同じ", 5]
    assert in_both("1,234円", "¥1,235") == {"ja": "1,234円", "en": "¥1,235"}
    with pytest.raises(ValueError):
        in_both([1], [1, 2])
    with pytest.raises(ValueError):
        in_both({"a": 1}, {"b": 1})


def test_the_writers_own_setting_changes_no_byte() -> None:
    pi = make_pi()
    submission = submit_proposal(proposal=make_proposal(make_call(make_stage()), pi=pi), by=pi)
    before = submission_pdf(submission)
    with writing():
        type(pi).objects.filter(pk=pi.pk).update(language="en" if pi.language == "ja" else "ja")
    with translation.override("en"):
        assert submission_pdf(Submission.objects.get(pk=submission.pk)) == before


def test_a_draft_without_rows_prints_no_empty_table() -> None:
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    text = words_of(proposal_pdf(content_of(proposal), issued_at=proposal.created_at))
    for none in ("（派遣・受入の計画なし）", "(nostayplanned)", "（該当なし）", "(noothergrant)"):
        assert none in text
    assert "Careerstage" not in text


def test_no_heading_of_a_column_and_no_day_is_torn_apart() -> None:
    proposal = make_proposal(make_call(make_stage()))
    with writing():
        proposal.exchange.update(
            starts_on=dt.date(2027, 12, 20), ends_on=dt.date(2028, 12, 31), amount_yen=390_000_000
        )
    pages = pypdfium2.PdfDocument(proposal_pdf(content_of(proposal), issued_at=proposal.created_at))
    lines = [line.strip() for page in pages for line in page.get_textpage().get_text_range().splitlines()]
    text = "\n".join(line.replace(" ", "") for line in lines)
    assert "エフォート" in text
    for whole in (
        "2027年12月20日（令和9年）",
        "2028年12月31日（令和10年）",
        "¥390,000,000",
        "予算からの充当額",
    ):
        assert whole in text  # no line ends within


def test_the_same_submission_gives_the_same_bytes() -> None:
    pi = make_pi()
    submission = submit_proposal(proposal=make_proposal(make_call(make_stage()), pi=pi), by=pi)
    assert submission_pdf(submission) == submission_pdf(submission)


def test_more_than_five_years_are_two_tables() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage(), max_years=8), pi=pi, years=8)
    text = words_of(submission_pdf(submit_proposal(proposal=proposal, by=pi)))
    assert "624,000,000" in text
    assert text.count("物品費") == 3  # in two tables, and among the shares


def test_the_attachment_follows() -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    plain = submission_pdf(submit_proposal(proposal=proposal, by=pi))
    other = make_proposal(proposal.call, pi=pi)
    attach_file(proposal=other, by=pi, upload=SimpleUploadedFile("補足.pdf", blank_pdf(3)))
    other.refresh_from_db()
    submission = submit_proposal(proposal=other, by=pi)
    assert submission.content["attachment"]["name"] == "補足.pdf"
    with pikepdf.open(io.BytesIO(plain)) as one, pikepdf.open(io.BytesIO(submission_pdf(submission))) as two:
        assert len(two.pages) == len(one.pages) + 3


def test_the_preview_has_the_digest_and_the_pages_of_what_is_then_submitted(client: Client) -> None:
    pi = make_pi()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    client.force_login(pi)
    draft = client.get(f"/ja/proposals/{proposal.public_id}/preview/").content
    submission = submit_proposal(proposal=proposal, by=pi)
    submitted = submission_pdf(submission)
    assert submission.sha256[:32] in words_of(draft)
    assert len(pypdfium2.PdfDocument(draft)) == len(pypdfium2.PdfDocument(submitted))


@pytest.mark.parametrize(("language", "word"), [("ja", "エフォート"), ("en", "Effort")])
def test_no_heading_of_a_column_is_torn_apart(language: str, word: str) -> None:
    pi = make_pi()
    with writing():
        pi.language = language
        pi.save()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with writing():
        OtherGrant.objects.create(
            proposal=proposal,
            person=pi.person,
            status="held",
            funder="見本財団",
            title="基礎研究",
            first_year=2026,
            last_year=2027,
            effort_percent=10,
        )
    pages = pypdfium2.PdfDocument(submission_pdf(submit_proposal(proposal=proposal, by=pi)))
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    assert text.count(word) == 2  # of the team, and of the other grants
