"""The panel's meeting: its board for several at once, who must leave, votes, and its minutes."""

import datetime as dt
import io
import re
from typing import Any

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from kernel.actions import writing
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import Proposal
from review.actions.panels import (
    change_member,
    close_panel,
    move_item,
    plan_panel,
    record_item,
    reopen_panel,
    seat_member,
)
from review.models import Panel, PanelItem, PanelVote
from tests.builders.panels import START, make_panel, seat
from tests.builders.program import Stage
from tests.builders.review import make_review, make_reviewer, make_scored_call
from tests.counting import asks
from tests.review.test_officer_pages import cells, exclude
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db
VALUES: dict[str, Any] = {
    "title": "合同審査会",
    "starts_at": START,
    "ends_at": START + dt.timedelta(hours=6),
    "place": "東京",
    "online_url": "",
    "places": 2,
    "bands": "A, B, C",
    "has_votes": True,
}


def met(count: int = 3, **fields: Any) -> tuple[Stage, Panel, list[PanelItem]]:
    stage, call, proposals = make_scored_call(proposals=count)
    panel = make_panel(call, stage.home1, proposals, **fields)
    return stage, panel, list(panel.items.order_by("rank"))


def order(panel: Panel) -> list[int]:
    return list(panel.items.order_by("rank", "pk").values_list("turn", flat=True))


def codes(broken: Any) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def record(item: PanelItem, by: Any, **values: Any) -> PanelItem:
    return record_item(item=item, by=by, **{"band": "", "note": "", "interview_at": None, **values})


# actions


def test_agenda_holds_every_eligible_proposal_in_the_order_given() -> None:
    stage, call, (one, two, three) = make_scored_call(proposals=3)
    panel = plan_panel(call=call, by=stage.partner1, order=[three, one], **VALUES)
    assert [item.proposal for item in panel.items.order_by("turn")] == [three, one, two]


def test_meeting_that_ends_before_it_starts_is_refused() -> None:
    stage, call, _ = make_scored_call()
    with pytest.raises(RuleBroken) as broken:
        plan_panel(call=call, by=stage.home1, order=[], **{**VALUES, "ends_at": START, "bands": "A,A"})
    assert codes(broken) == ["panel_bands_wrong", "panel_ends_before_it_starts"]
    assert Panel.objects.count() == 0


def test_officer_in_conflict_runs_no_panel_of_the_call() -> None:
    stage, panel, items = met()
    exclude(items[0].proposal, stage.home1)
    with pytest.raises(NotAllowed):
        move_item(item=items[1], to=1, seen_rank=2, by=stage.home1)
    with pytest.raises(NotAllowed):
        plan_panel(call=panel.call, by=stage.home1, order=[], **VALUES)


def test_move_shifts_those_between() -> None:
    stage, panel, items = met(4)
    move_item(item=items[3], to=2, seen_rank=4, by=stage.home1)
    assert order(panel) == [1, 4, 2, 3]
    assert sorted(panel.items.values_list("rank", flat=True)) == [1, 2, 3, 4]


def test_two_who_move_the_same_proposal_lose_no_move_unseen() -> None:
    stage, panel, items = met(4)
    move_item(item=items[3], to=1, seen_rank=4, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        move_item(item=items[3], to=3, seen_rank=4, by=stage.partner1)
    assert codes(broken) == ["panel_moved_meanwhile"]
    assert order(panel) == [4, 1, 2, 3]


def test_one_person_sits_once() -> None:
    stage, panel, _ = met()
    person = make_reviewer(panel.call, stage.home).person
    seat_member(panel=panel, person=person, agency=stage.home, role="chair", by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        seat_member(panel=panel, person=person, agency=stage.partner, role="member", by=stage.partner1)
    assert codes(broken) == ["person_on_panel_already"]


def test_votes_count_once_a_person_and_for_their_agency() -> None:
    stage, panel, (item, *_) = met()
    one, two = (
        seat(panel, make_reviewer(panel.call, side).person, side) for side in (stage.home, stage.partner)
    )
    record(item, stage.home1, votes={one.public_id: "for", two.public_id: "against"})
    record(item, stage.home1, votes={one.public_id: "abstain", two.public_id: "against"})
    assert PanelVote.objects.count() == 2
    text = page(signed_in(stage.home1), f"/en/review/panels/{panel.public_id}/")
    assert f"{stage.home.short_name}: 0 for, 0 against, 1 abstaining" in text
    assert f"{stage.partner.short_name}: 0 for, 1 against, 0 abstaining" in text


@pytest.mark.parametrize("why", ["conflict", "left", "absent", "secretary"])
def test_who_is_not_there_does_not_vote(why: str) -> None:
    stage, panel, (item, *_) = met()
    person = make_reviewer(panel.call, stage.home).person
    member = seat(
        panel,
        person,
        stage.home,
        role="secretary" if why == "secretary" else "member",
        attendance="absent" if why == "absent" else "present",
    )
    if why == "conflict":
        exclude(item.proposal, person.user)
    left = frozenset({member.public_id}) if why == "left" else frozenset()
    with pytest.raises(RuleBroken) as broken:
        record(item, stage.home1, votes={member.public_id: "for"}, left=left)
    assert codes(broken) == ["panel_vote_of_absent"]


def test_vote_of_somebody_found_in_conflict_later_counts_no_more() -> None:
    stage, panel, (item, *_) = met()
    member = seat(panel, make_reviewer(panel.call, stage.home).person, stage.home)
    record(item, stage.home1, votes={member.public_id: "for"})
    address = f"/en/review/panels/{panel.public_id}/"
    assert "1 for" in page(signed_in(stage.home1), address)
    exclude(item.proposal, member.person.user)
    text = page(signed_in(stage.home1), address)
    assert "1 for" not in text
    assert "conflict of interest on record" in text


def test_absent_members_votes_are_taken_back() -> None:
    stage, panel, (item, *_) = met()
    member = seat(panel, make_reviewer(panel.call, stage.home).person, stage.home)
    record(item, stage.home1, votes={member.public_id: "for"})
    change_member(member=member, role="member", attendance="absent", by=stage.home1)
    assert PanelVote.objects.count() == 0


def test_closed_meeting_changes_no_more_until_it_is_opened_again() -> None:
    stage, panel, (item, *_) = met()
    close_panel(panel=panel, by=stage.home1)
    for act in (
        lambda: record(item, stage.home1, note="x"),
        lambda: move_item(item=item, to=2, seen_rank=1, by=stage.home1),
        lambda: close_panel(panel=panel, by=stage.home1),
    ):
        with pytest.raises(RuleBroken) as broken:
            act()
        assert codes(broken) == ["panel_closed"]
    with pytest.raises(RuleBroken):
        reopen_panel(panel=panel, by=stage.home1, reason=" ")
    reopen_panel(panel=panel, by=stage.home1, reason="誤記")
    record(item, stage.home1, note="訂正")
    assert PanelItem.objects.get(pk=item.pk).note == "訂正"


# pages


def at(item: PanelItem, name: str = "") -> str:
    return f"/ja/review/panel-items/{item.public_id}/{name}"


def filled(client: Client, address: str, **changes: str) -> dict[str, str]:
    """The form as the page shows it, with `changes`."""
    text = page(client, address)
    values = dict(
        re.findall(r'<input type="(?:text|hidden|datetime-local)" name="(\w+)"[^>]*?value="([^"]*)"', text)
    )
    values |= dict.fromkeys(re.findall(r'<select name="(\w+)"', text), "")
    note = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", text, re.S)
    return {**values, "note": note.group(1) if note else "", **changes}


def test_two_who_write_on_one_proposal_overwrite_nothing_unseen() -> None:
    stage, _panel, (item, *_) = met()
    one, two = signed_in(stage.home1), signed_in(stage.partner1)
    first, second = (filled(client, at(item)) for client in (one, two))
    assert one.post(at(item), {**first, "note": "一番目の記載"}).status_code == 302
    refused = two.post(at(item), {**second, "note": "二番目の記載"})
    assert refused.status_code == 409
    text = refused.content.decode()
    assert "一番目の記載" in text
    assert "二番目の記載" in text
    assert PanelItem.objects.get(pk=item.pk).note == "一番目の記載"
    again = filled_from(text) | {"note": "二番目の記載", "form_token": "another"}
    assert two.post(at(item), again).status_code == 302
    assert PanelItem.objects.get(pk=item.pk).note == "二番目の記載"


def filled_from(text: str) -> dict[str, str]:
    values = dict(
        re.findall(r'<input type="(?:text|hidden|datetime-local)" name="(\w+)"[^>]*?value="([^"]*)"', text)
    )
    return {**values, **dict.fromkeys(re.findall(r'<select name="(\w+)"', text), "")}


def test_number_typed_moves_and_others_moves_make_no_note_stale() -> None:
    stage, panel, items = met(4)
    client = signed_in(stage.home1)
    values = filled(client, at(items[0]), note="記載")
    move_item(item=items[3], to=2, seen_rank=4, by=stage.partner1)
    assert client.post(at(items[0]), values).status_code == 302
    assert client.post(at(items[0]), filled(client, at(items[0]), rank="３")).status_code == 302
    assert order(panel) == [4, 2, 1, 3]
    assert PanelItem.objects.get(pk=items[0].pk).note == "記載"


def test_buttons_move_and_say_when_somebody_was_faster() -> None:
    stage, panel, items = met()
    client = signed_in(stage.home1)
    client.post(at(items[1], "move/"), {"to": "1", "seen": "2"})
    assert order(panel) == [2, 1, 3]
    answer = client.post(at(items[1], "move/"), {"to": "1", "seen": "2"}, follow=True)
    assert "現在は1位です" in answer.content.decode()
    client.post(at(items[1], "move/"), {"to": "x", "seen": ""})
    assert order(panel) == [2, 1, 3]


def test_board_is_sent_again_only_once_it_differs() -> None:
    stage, panel, items = met()
    client = signed_in(stage.home1)
    address = f"/ja/review/panels/{panel.public_id}/"
    seen = re.search(r'hx-get="' + address + r'"\s+hx-vals=.{"seen": "(\w+)"}', page(client, address))
    assert seen is not None
    headers, query = {"HX-Request": "true"}, {"seen": seen.group(1)}
    assert client.get(address, query, headers=headers).status_code == 204
    record(items[0], stage.partner1, note="相手国側の記載")
    part = client.get(address, query, headers=headers)
    assert part.status_code == 200
    assert "相手国側の記載" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_conflicted_officer_sees_the_board_as_if_the_proposal_were_not_there() -> None:
    stage, panel, items = met()
    exclude(items[0].proposal, stage.home2)
    client = signed_in(stage.home2)
    address = f"/ja/review/panels/{panel.public_id}/"
    hidden = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"|"X-CSRFToken": "[^"]*"')
    before = hidden.sub("", page(client, address))
    assert items[0].proposal.receipt_number not in before
    assert [row[0] for row in cells(before)][-2:] == ["1", "2"]
    record(items[0], stage.home1, band="A", note="伏せるべき記載")
    assert hidden.sub("", page(client, address)) == before
    assert "伏せるべき記載" in page(signed_in(stage.home1), address)
    assert client.get(address + "minutes.pdf").status_code == 404
    assert client.get(at(items[0])).status_code == 404


@LANGUAGES
def test_minutes_hold_everything(language: str) -> None:
    stage, panel, items = met(places=2)
    chair, away, torn = (make_reviewer(panel.call, stage.home).person for _ in range(3))
    seat(panel, chair, stage.home, role="chair")
    seat(panel, away, stage.partner, attendance="absent")
    member = seat(panel, torn, stage.home)
    exclude(items[0].proposal, torn.user)
    voter = panel.members.get(person=chair)
    record(
        items[0],
        stage.home1,
        band="B",
        note="予算の見直しを条件とする。",
        interview_at=START,
        left=frozenset({member.public_id}),
        votes={voter.public_id: "for"},
    )
    close_panel(panel=panel, by=stage.home1)
    client = signed_in(stage.home1)
    base = f"/{language}/review/panels/{panel.public_id}/minutes"
    pdf = client.get(f"{base}.pdf").content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) >= 1
    document = Document(io.BytesIO(client.get(f"{base}.docx").content))
    text = "\n".join(
        [p.text for p in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    for expected in (
        chair.name,
        f"{'欠席：' if language == 'ja' else 'Absent: '}{away.name}",
        f"{torn.name} ({'利益相反の記録あり' if language == 'ja' else 'conflict of interest on record'})",
        "予算の見直しを条件とする。",
        "賛成1" if language == "ja" else "1 for",
        items[2].proposal.receipt_number,
        "主査" if language == "ja" else "chair",
    ):
        assert expected in text, expected


def test_panels_list_is_the_one_that_is_proposed() -> None:
    stage, panel, items = met()
    for value, item in zip((3, 4, 5), items, strict=True):
        for agency in (stage.home, stage.partner):
            make_review(item.proposal, agency, (value,) * 5)
    client = signed_in(stage.home1)
    address = f"/ja/review/calls/{panel.call.public_id}/propose/"
    move_item(item=items[2], to=2, seen_rank=3, by=stage.home1)
    ranks = re.findall(r'name="rank_(\w+)" value="(\d+)"', page(client, address))
    assert dict(ranks) == {
        items[0].proposal.public_id: "1",
        items[2].proposal.public_id: "2",
        items[1].proposal.public_id: "3",
    }


def test_places_of_the_panel_are_the_line_of_the_statistics() -> None:
    stage, panel, _ = met(places=2)
    text = page(signed_in(stage.home1), f"/ja/review/calls/{panel.call.public_id}/statistics/")
    assert 'name="line" value="2"' in text


def test_officers_plan_a_meeting_and_seat_people() -> None:
    stage, call, _ = make_scored_call()
    reviewer = make_reviewer(call, stage.home)
    client = signed_in(stage.home1)
    values = {
        "title": "合同審査会",
        "starts_at": "2027-04-12T10:00",
        "ends_at": "2027-04-12T16:00",
        "bands": "A、B",
        "places": "１",
    }
    posted = client.post(f"/ja/review/calls/{call.public_id}/panels/plan/", values)
    panel = Panel.objects.get()
    assert posted["Location"] == f"/ja/review/panels/{panel.public_id}/"
    assert panel.places == 1
    seated = {"person": reviewer.person.pk, "agency": stage.home.pk, "role": "chair"}
    assert client.post(f"{posted['Location']}seat/", seated).status_code == 302
    assert reviewer.person.name in page(client, posted["Location"])
    bad = client.post(
        f"/ja/review/calls/{call.public_id}/panels/plan/", {**values, "ends_at": "2027-04-12T09:00"}
    )
    assert "終了日時が開始日時より前です" in bad.content.decode()


# Of these, who must leave the room asks seven, whatever stands on the agenda.
MOST = {"": 18, "minutes.docx": 19}


@pytest.mark.parametrize("name", MOST)
def test_board_asks_as_much_for_three_rows_as_for_one(name: str) -> None:
    found = []
    for rows in (1, 3):
        stage, panel, items = met(rows)
        for _ in range(rows):
            member = seat(panel, make_reviewer(panel.call, stage.home).person, stage.home)
            for item in items:
                record(item, stage.home1, votes={member.public_id: "for"})
        client = signed_in(stage.home1)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/ja/review/panels/{panel.public_id}/{name}").status_code == 200
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1]
    assert found[0] <= MOST[name]


def test_row_tampered_with_is_refused_by_the_database() -> None:
    _stage, panel, _items = met()
    with pytest.raises(Exception, match=r"panel_ends_after_it_starts|CHECK"), writing():
        Panel.objects.filter(pk=panel.pk).update(ends_at=panel.starts_at)


def test_proposal_of_another_call_is_on_no_agenda() -> None:
    stage, _panel, items = met()
    _, other, _ = make_scored_call(stage)
    made = plan_panel(call=other, by=stage.home1, order=[item.proposal for item in items], **VALUES)
    assert {one.proposal.call_id for one in made.items.select_related("proposal")} == {other.pk}
    assert Proposal.objects.filter(panel_items__panel=made).count() == 2
