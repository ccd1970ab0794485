"""Where the joint panel makes the list: nothing is decided without it, or apart from it without a reason; and ties that it settles."""

import io

import pytest
from docx import Document

from kernel.violations import RuleBroken
from program.models import Call
from proposals.models import Proposal
from review.actions.assignments import declare_conflict
from review.actions.decisions import propose_decision
from review.actions.panels import close_panel, move_item, reopen_panel
from review.models import Panel
from review.views.steps import steps_of
from tests.builders.panels import make_panel
from tests.builders.program import Stage
from tests.builders.review import make_review, make_scored_call
from tests.review.test_officer_pages import cells
from tests.review.test_publication import codes
from tests.review.test_reviewer_pages import page, signed_in

pytestmark = pytest.mark.django_db


def met() -> tuple[Stage, Call, list[Proposal], Panel]:
    """A call of a joint panel whose meeting is still open."""
    stage, call, proposals = make_scored_call(agreement="joint_panel")
    return stage, call, proposals, make_panel(call, stage.home1, proposals)


def propose(stage: Stage, call: Call, proposals: list[Proposal], *why: str) -> None:
    reasons = why or ("", "")
    items = [
        (proposal, rank, "adopt", reason)
        for rank, (proposal, reason) in enumerate(zip(proposals, reasons, strict=True), 1)
    ]
    propose_decision(call=call, by=stage.home1, items=items)


def refused(stage: Stage, call: Call, proposals: list[Proposal]) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, proposals)
    return codes(broken)


def test_nothing_is_proposed_before_a_joint_panel_has_met() -> None:
    stage, call, proposals = make_scored_call(agreement="joint_panel")
    assert refused(stage, call, proposals) == ["panel_not_closed"]
    panel = make_panel(call, stage.home1, proposals)
    assert refused(stage, call, proposals) == ["panel_not_closed"]
    close_panel(panel=panel, by=stage.home1)
    propose(stage, call, proposals)
    assert call.decisions.count() == 1


def test_panel_that_is_opened_again_has_no_list() -> None:
    stage, call, proposals, panel = met()
    reopen_panel(panel=close_panel(panel=panel, by=stage.home1), by=stage.home1, reason="誤記")
    assert refused(stage, call, proposals) == ["panel_not_closed"]


def test_rank_that_departs_from_the_joint_panels_has_its_reason() -> None:
    stage, call, (first, second), panel = met()
    close_panel(panel=panel, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        propose(stage, call, [second, first], "", "予算のため")
    (violation,) = broken.value.violations
    assert (violation.code, violation.field, violation.params) == (
        "reason_for_departure_from_panel",
        f"reason_{second.public_id}",
        {"rank": 2},
    )
    propose(stage, call, [second, first], "両機関の合意", "予算のため")
    assert call.decisions.count() == 1


@pytest.mark.parametrize("agreement", ["both_recommend", "lead_confirmed"])
def test_other_models_need_no_panel(agreement: str) -> None:
    stage, call, proposals = make_scored_call(agreement=agreement)
    propose(stage, call, proposals)
    assert call.decisions.count() == 1


@pytest.mark.parametrize("language", ["ja", "en"])
def test_page_of_the_decision_leads_to_the_panel_that_is_missing(language: str) -> None:
    stage, call, _, panel = met()
    client = signed_in(stage.home1)
    address = f"/{language}/review/calls/{call.public_id}/propose/"
    answer = client.get(address)
    assert answer["Location"] == f"/{language}/review/calls/{call.public_id}/panels/"
    words = {"ja": "議事録を確定してください", "en": "so that its minutes are final"}[language]
    assert words in page(client, answer["Location"])
    close_panel(panel=panel, by=stage.home1)
    assert client.get(address).status_code == 200


def test_step_of_the_panel_is_done_once_its_minutes_are_final() -> None:
    stage, call, proposals = make_scored_call(agreement="joint_panel")
    locked = {stage.home.pk, stage.partner.pk}

    def done() -> list[bool]:
        return [step["is_done"] for step in steps_of(call, locked, "")["rows"]]

    panel = make_panel(call, stage.home1, proposals)
    assert done() == [True, False, False, False, False]
    close_panel(panel=panel, by=stage.home1)
    assert done() == [True, True, False, False, False]


# ties


def tied() -> tuple[Stage, Panel, list[Proposal]]:
    """The second and the third have one mean, though the agencies see them differently."""
    stage, call, proposals = make_scored_call(proposals=3)
    for proposal, home, partner in zip(proposals, (5, 4, 3), (5, 3, 4), strict=True):
        make_review(proposal, stage.home, (home,) * 5)
        make_review(proposal, stage.partner, (partner,) * 5)
    return stage, make_panel(call, stage.home1, proposals), proposals


def by_scores(stage: Stage, panel: Panel) -> list[str]:
    """The second column of the board, row by row."""
    text = page(signed_in(stage.home1), f"/en/review/panels/{panel.public_id}/")
    return [row[1] for row in cells(text)]


def test_board_of_the_panel_shows_who_shares_a_rank_by_the_scores() -> None:
    stage, panel, (_first, second, third) = tied()
    assert by_scores(stage, panel) == ["1", "2 (shared rank)", "2 (shared rank)"]
    move_item(item=panel.items.get(proposal=third), to=2, seen_rank=3, by=stage.home1)
    assert by_scores(stage, panel) == ["1", "2 (shared rank)", "2 (shared rank)"]
    review = second.assignments.get(reviewer__agency=stage.partner)
    declare_conflict(assignment=review, by=review.reviewer.person.user, kind="kin")
    assert by_scores(stage, panel) == ["1", "3", "2"]


def test_board_of_the_panel_shows_no_rank_before_every_agency_has_locked() -> None:
    stage, call, proposals = make_scored_call(is_locked=False)
    for proposal in proposals:
        make_review(proposal, stage.home, (4,) * 5)
    assert by_scores(stage, make_panel(call, stage.home1, proposals)) == ["–", "–"]


def test_minutes_say_who_shared_a_rank_by_the_scores() -> None:
    stage, panel, _ = tied()
    client = signed_in(stage.partner1)
    content = client.get(f"/en/review/panels/{panel.public_id}/minutes.docx").content
    order = Document(io.BytesIO(content)).tables[1]
    assert [row.cells[1].text for row in order.rows] == [
        "Rank by the scores",
        "1",
        "2 (shared rank)",
        "2 (shared rank)",
    ]
