"""The PDF of a proposal: made from what was submitted, with its numbers, and with its attachment behind."""

import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.actions import writing
from proposals.actions.submission import submit_proposal
from proposals.actions.team import attach_file
from proposals.documents import submission_pdf
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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("間接経費", "全期間", "研究代表者")),
        ("en", ("indirectcost", "Wholeterm", "principalinvestigator")),
    ],
)
def test_it_speaks_the_leaders_language_and_shows_the_sums(language: str, words: tuple[str, ...]) -> None:
    pi = make_pi()
    with writing():
        pi.language = language
        pi.save()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    submission = submit_proposal(proposal=proposal, by=pi)
    with writing():
        proposal.budget.update(amount=1)  # whatever is changed afterwards is not in it
    text = words_of(submission_pdf(submission))
    proposal.refresh_from_db()
    for expected in (
        *words,
        proposal.receipt_number,
        "60,000,000",
        "78,000,000",
        "390,000,000",
        "90,000,000",
    ):
        assert expected in text
    assert submission.sha256[:32] in text


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
