"""What the reviews say of each proposal on a panel's board: adjusted scores and strips, as far as the reader may see them."""

import re
from typing import Any

import pytest
from django.test import Client

from kernel.actions import writing
from review.actions.assignments import declare_conflict
from review.models import Assignment, Panel, Score
from tests.builders.panels import make_panel
from tests.review.test_officer_pages import exclude
from tests.review.test_reviewer_pages import page, signed_in
from tests.review.test_statistics_pages import scored, table

pytestmark = pytest.mark.django_db
DOT = re.compile(r'class="strip__mark strip__mark--(\d)"')


def rows(client: Client, panel: Panel) -> dict[str, str]:
    """The board's rows as mark-up, by receipt number."""
    text = page(client, f"/en/review/panels/{panel.public_id}/")
    board = text[text.index('id="panel-board"') :]
    found = re.findall(r"<tr>(.*?)</tr>", board, re.S)
    numbers = [re.search(r'<span class="muted">([^<,]+), ', row) for row in found]
    return {number.group(1): row for number, row in zip(numbers, found, strict=True) if number}


def in_row(row: str) -> tuple[str, str]:
    """The adjusted score, and its interval."""
    cell = re.search(r'data-label="Adjusted score">\s*(\S+)\s*(?:<br>\s*<span[^>]*>([^<]*)</span>)?', row)
    assert cell is not None
    return cell.group(1), cell.group(2) or ""


def test_board_has_the_adjusted_scores_of_the_statistics_and_a_dot_for_each_review() -> None:
    stage, call, proposals = scored()
    panel = make_panel(call, stage.home1, proposals, places=2)
    client = signed_in(stage.partner1)
    board = rows(client, panel)
    known = {row["Number"]: row for row in table(client, call, "?line=2")}
    assert set(board) == set(known)
    for number, row in board.items():
        score, interval = in_row(row)
        assert float(score) == pytest.approx(float(known[number]["Adjusted score"]), abs=0.006)
        low, high = interval.split(" – ")
        assert float(low) == pytest.approx(float(known[number]["Adjusted score, 95% from"]), abs=0.006)
        assert float(high) == pytest.approx(float(known[number]["Adjusted score, 95% to"]), abs=0.006)
        assert sorted(DOT.findall(row)) == ["1"] * 3 + ["2"] * 3
    label = re.search(r'aria-label="([^"]*)"', board[proposals[0].receipt_number])
    assert label is not None
    values = Score.objects.filter(criterion__position=1, assignment__proposal=proposals[0])
    assert label.group(1) == "; ".join(
        f"{side.short_name}: "
        + ", ".join(
            f"{value}.00"
            for value in sorted(
                values.filter(assignment__reviewer__agency=side).values_list("value", flat=True), reverse=True
            )
        )
        for side in (stage.home, stage.partner)
    )


def test_only_the_own_sides_reviews_stand_on_the_board_before_all_have_locked() -> None:
    stage, call, proposals = scored(is_locked=False)
    panel = make_panel(call, stage.home1, proposals)
    client = signed_in(stage.partner1)
    text = page(client, f"/en/review/panels/{panel.public_id}/")
    assert f"Scores of {stage.partner.short_name}; the others’ are shown once" in text
    assert {len(DOT.findall(row)) for row in rows(client, panel).values()} == {3}
    assert f"{stage.home.short_name} " not in "".join(re.findall(r"strip__words[^>]*>([^<]*)<", text))


def test_conflicted_officer_reads_scores_as_if_the_proposal_were_not_there() -> None:
    stage, call, proposals = scored()
    panel = make_panel(call, stage.home1, proposals)
    exclude(proposals[0], stage.home2)
    client = signed_in(stage.home2)
    before, control = rows(client, panel), rows(signed_in(stage.home1), panel)
    assert set(control) - set(before) == {proposals[0].receipt_number}
    with writing():
        Score.objects.filter(assignment__proposal=proposals[0]).update(value=1)
    assert {key: in_row(row) for key, row in rows(client, panel).items()} == {
        key: in_row(row) for key, row in before.items()
    }
    assert rows(signed_in(stage.home1), panel) != control


def test_late_conflict_leaves_the_board_at_once_and_the_board_is_sent_again() -> None:
    stage, call, proposals = scored()
    panel = make_panel(call, stage.home1, proposals)
    client = signed_in(stage.home1)
    address = f"/en/review/panels/{panel.public_id}/"
    seen = re.search(r'"seen": "(\w+)"', page(client, address))
    assert seen is not None
    asked: Any = {"path": address, "data": {"seen": seen.group(1)}, "headers": {"HX-Request": "true"}}
    assert client.get(**asked).status_code == 204
    late = Assignment.objects.filter(proposal=proposals[0], reviewer__agency=stage.home).order_by("pk")[0]
    declare_conflict(assignment=late, by=late.reviewer.person.user, kind="kin")
    assert client.get(**asked).status_code == 200
    assert sorted(DOT.findall(rows(client, panel)[proposals[0].receipt_number])) == ["1"] * 2 + ["2"] * 3


def test_few_reviews_are_shown_and_not_adjusted() -> None:
    stage, call, proposals = scored(1)
    panel = make_panel(call, stage.home1, proposals)
    text = page(signed_in(stage.home1), f"/en/review/panels/{panel.public_id}/")
    assert "Adjusted scores are not computed: " in text
    assert in_row(rows(signed_in(stage.home1), panel)[proposals[0].receipt_number]) == ("–", "")
