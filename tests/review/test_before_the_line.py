"""What is said before a line is drawn: proposals without a review, reviews reopened after the lock, the panel's step."""

import io
import re
from typing import Any

import pikepdf
import pytest
from docx import Document

from kernel import clock
from review.actions.assignments import declare_conflict
from review.actions.extra_time import close_overdue_reopenings, reopen_review
from review.actions.panels import close_panel, reopen_panel
from tests.builders.panels import make_panel
from tests.builders.review import make_review, make_scored_call
from tests.review.test_agreeing import ready
from tests.review.test_late import LATER, NOW, a_closed_review, jst
from tests.review.test_officer_pages import exclude
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_march() -> Any:
    with clock.set_to(NOW):
        yield


def unread_in(text: str) -> list[str]:
    """The proposals that the warning names; none where it does not stand on the page."""
    found = re.search(r'aria-labelledby="unread-heading">(.*?)</section>', text, re.S)
    return re.findall(r"<li>(.*?)</li>", found.group(1)) if found else []


# proposals without a review


def test_proposals_without_a_review_are_named_wherever_the_line_is_drawn() -> None:
    stage, call, (read, unread, alone) = make_scored_call(proposals=3)
    make_review(read, stage.home)
    make_review(alone, stage.partner)
    panel = make_panel(call, stage.home1, [unread, read, alone], places=1)
    client = signed_in(stage.home1)
    at = f"/en/review/calls/{call.public_id}"
    name = f"{unread.receipt_number} {unread.title_en or unread.title_ja}"
    assert {
        where: unread_in(page(client, where))
        for where in (
            f"{at}/board/",
            f"{at}/statistics/",
            f"{at}/panels/plan/",
            f"/en/review/panels/{panel.public_id}/change/",
            f"/en/review/panels/{panel.public_id}/",
            f"{at}/propose/",
            f"{at}/agencies/{stage.home.public_id}/list/",
        )
    } == {
        f"{at}/board/": [name],
        f"{at}/statistics/": [name],
        f"{at}/panels/plan/": [name],
        f"/en/review/panels/{panel.public_id}/change/": [name],
        f"/en/review/panels/{panel.public_id}/": [f"{name} (rank 1, within the line)"],
        f"{at}/propose/": [f"{name} (rank 1, within the line)"],
        f"{at}/agencies/{stage.home.public_id}/list/": [name],
    }
    closing = page(client, f"/en/review/panels/{panel.public_id}/")
    assert f"No review counts for 1 proposal: {unread.receipt_number}. The minutes are final" in closing


def test_warning_goes_with_the_review_and_comes_back_with_a_late_conflict() -> None:
    stage, call, (one, two) = make_scored_call()
    make_review(one, stage.home)
    only = make_review(two, stage.partner)
    client, address = signed_in(stage.home1), f"/en/review/calls/{call.public_id}/propose/"
    assert unread_in(page(client, address)) == []
    declare_conflict(assignment=only, by=only.reviewer.person.user, kind="kin")
    assert [words.split()[0] for words in unread_in(page(client, address))] == [two.receipt_number]


def test_nobody_is_told_of_a_proposal_without_a_review_with_which_they_have_a_conflict() -> None:
    stage, call, (one, _two) = make_scored_call()
    exclude(one, stage.home2)
    named = unread_in(page(signed_in(stage.home2), f"/en/review/calls/{call.public_id}/board/"))
    assert len(named) == 1
    assert one.receipt_number not in named[0]


# reviews reopened after the lock


def minutes_of(client: Any, panel: Any) -> str:
    at = f"/en/review/panels/{panel.public_id}/minutes"
    document = Document(io.BytesIO(client.get(f"{at}.docx").content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert len(pikepdf.open(io.BytesIO(client.get(f"{at}.pdf").content)).pages) >= 1
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_reopening_is_noted_with_its_reason_on_board_statistics_panel_and_minutes() -> None:
    stage, assignment = a_closed_review()
    proposal, call = assignment.proposal, assignment.proposal.call
    panel = make_panel(call, stage.home1, [proposal])
    client = signed_in(stage.partner1)
    pages = (
        f"/en/review/calls/{call.public_id}/board/",
        f"/en/review/calls/{call.public_id}/statistics/",
        f"/en/review/panels/{panel.public_id}/",
    )
    assert not any("reopened-heading" in page(client, where) for where in pages)
    assert "Reviews reopened" not in minutes_of(client, panel)
    reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="郵便の遅れ。")
    said = (
        f"A late review of {proposal.receipt_number} by {stage.home.short_name} was reopened on "
        "20 March 2027 (Reiwa 9), 12:00 JST until 5 April 2027 (Reiwa 9), because: 郵便の遅れ. It is not submitted yet."
    )
    assert [said in page(client, where) for where in pages] == [True] * 3
    text = minutes_of(client, panel)
    assert "Reviews reopened after the lock" in text
    assert "郵便の遅れ。" in text
    assert assignment.reviewer.person.family_romaji not in text
    with clock.set_to(jst(2027, 4, 6, 0)):
        close_overdue_reopenings()
        assert "It was not submitted in its time, and is closed again." in page(client, pages[0])


def test_reopening_of_a_review_that_left_every_figure_is_noted_no_more() -> None:
    stage, assignment = a_closed_review()
    reopen_review(assignment=assignment, by=stage.home1, until=LATER, reason="x")
    address = f"/en/review/calls/{assignment.proposal.call.public_id}/board/"
    assert "reopened-heading" in page(signed_in(stage.home1), address)
    exclude(assignment.proposal, stage.partner1)
    assert "reopened-heading" not in page(signed_in(stage.partner1), address)
    declare_conflict(assignment=assignment, by=assignment.reviewer.person.user, kind="kin")
    assert "reopened-heading" not in page(signed_in(stage.home1), address)


# the panel's step


def test_panels_step_is_done_once_its_meeting_is_closed() -> None:
    stage, call, proposals = ready("joint_panel")
    client, address = signed_in(stage.home1), f"/en/review/calls/{call.public_id}/board/"

    def next_step() -> str:
        found = re.search(r'<li aria-current="step">\s*(.*?)\s*<span', page(client, address), re.S)
        return found.group(1) if found else ""

    ranks, proposes = "The joint panel makes one ranked list", "A programme officer of the lead agency puts"
    assert next_step().startswith(ranks)
    panel = make_panel(call, stage.home1, proposals)
    assert next_step().startswith(ranks)
    close_panel(panel=panel, by=stage.partner1)
    assert next_step().startswith(proposes)
    reopen_panel(panel=panel, by=stage.home1, reason="誤記")
    assert next_step().startswith(ranks)
