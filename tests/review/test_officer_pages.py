import csv
import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from kernel.contributions import counted, waiting
from kernel.documents.workbooks import read_xlsx
from program.models import Call
from projects.models import Project
from proposals.models import Proposal, ProposalAccess
from review.actions.assignments import declare_conflict
from review.models import AgencyAnswer, Assignment, Decision, Reviewer
from tests.builders.people import give_role, make_member, make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.review import (
    answer_on_behalf,
    make_assignment,
    make_decision,
    make_review,
    make_reviewer,
    make_scored_call,
)
from tests.counting import asks
from tests.review.test_reviewer_pages import LANGUAGES, page, signed_in

pytestmark = pytest.mark.django_db
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def cells(text: str) -> list[list[str]]:
    """The body rows of the page's tables, as texts."""
    return [
        [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", cell)).strip()
            for cell in re.findall(r"<t[dh][ >].*?</t[dh]>", row, re.S)
        ]
        for body in re.findall(r"<tbody>(.*?)</tbody>", text, re.S)
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def board(user: User, call: Call, query: str = "") -> list[list[str]]:
    """The board's figures, by receipt number, without the titles."""
    text = page(signed_in(user), f"/ja/review/calls/{call.public_id}/board/{query}")
    return [[row[0], *row[2:]] for row in cells(text)]


def table(user: User, call: Call, language: str = "ja") -> list[list[str]]:
    response = signed_in(user).get(f"/{language}/review/calls/{call.public_id}/board.csv")
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.reader(io.StringIO(content)))


def exclude(proposal: Proposal, user: User) -> None:
    with writing():
        ProposalAccess.objects.create(proposal=proposal, person=user.person, kind="excluded", source="x")


# pool and assignment


def test_officer_fills_the_pool_by_email() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    address = f"/ja/review/calls/{call.public_id}/pool/add/"
    values = {
        "agency": stage.home.pk,
        "email": "nao@univ.example",
        "family_romaji": "Hyosawa",
        "given_romaji": "Nao",
        "institution_name": "Example College",
        "country": "JP",
        "expertise": "量子",
    }
    client = signed_in(stage.home1)
    assert client.post(address, {**values, "agency": stage.partner.pk}).status_code == 200
    assert client.post(address, {**values, "institution_ror_id": "x"}).status_code == 200
    assert client.post(address, {**values, "family_romaji": "", "given_romaji": ""}).status_code == 200
    assert Reviewer.objects.count() == 0
    assert client.post(address, values).status_code == 302
    assert Reviewer.objects.get().country_code == "JP"
    again = client.post(address, values)
    assert "既に本公募の評価者候補" in again.content.decode()


def test_each_side_sees_its_own_pool() -> None:
    stage, call, _ = make_scored_call(is_locked=False)
    own, other = make_reviewer(call, stage.home), make_reviewer(call, stage.partner)
    text = page(signed_in(stage.home2), f"/ja/review/calls/{call.public_id}/pool/")
    assert own.person.name in text
    assert other.person.name not in text


@LANGUAGES
def test_assignment_page_tells_conflicts_with_their_reasons(language: str) -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    with writing():
        type(proposal.institution).objects.filter(pk=proposal.institution_id).update(ror_id="057zh3y96")
    same = make_reviewer(call, stage.home, institution_ror_id="057zh3y96")
    free = make_reviewer(call, stage.home)
    client = signed_in(stage.home1)
    address = f"/{language}/review/proposals/{proposal.public_id}/assign/"
    text = page(client, address)
    assert {"ja": "研究チームの構成員と同一の所属機関", "en": "same institution as a member"}[
        language
    ] in text
    assert f'value="{free.public_id}"' in text
    assert f'value="{same.public_id}"' not in text
    bad = client.post(address, {"reviewer": same.public_id, "due_on": "2027-03-31"})
    assert bad.status_code == 200
    late = client.post(address, {"reviewer": free.public_id, "due_on": "2020-03-31"})
    assert late.status_code == 200
    assert Assignment.objects.count() == 0
    assert client.post(address, {"reviewer": free.public_id, "due_on": "2027-03-31"}).status_code == 302
    assert Assignment.objects.get().reviewer == free


def test_proposal_is_taken_back() -> None:
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home))
    address = f"/ja/review/assignments/{assignment.public_id}/withdraw/"
    assert signed_in(stage.partner1).get(address).status_code == 404
    assert signed_in(stage.home1).post(address, {"reason": "病気"}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.state == "withdrawn"


# the board


def test_other_sides_columns_open_when_both_have_locked() -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    make_review(one, stage.home, (5,) * 5)
    make_review(two, stage.home, (4,) * 5)
    make_review(one, stage.partner, (1,) * 5)
    a, b = one.receipt_number, two.receipt_number
    shut = [
        [a, "5.00", "1", "0.00", "1", "–", "–", "–", "–", "–", "–", "–"],
        [b, "4.00", "1", "0.00", "2", "–", "–", "–", "–", "–", "–", "–"],
    ]
    assert board(stage.home1, call) == shut
    client = signed_in(stage.home1)
    text = page(client, f"/en/review/calls/{call.public_id}/board/")
    assert "there is no common rank" in text
    assert (
        client.post(
            f"/ja/review/calls/{call.public_id}/agencies/{stage.home.public_id}/lock/", {"is_confirmed": "on"}
        ).status_code
        == 302
    )
    assert board(stage.home1, call) == shut
    partner = signed_in(stage.partner1)
    partner.post(
        f"/ja/review/calls/{call.public_id}/agencies/{stage.partner.public_id}/lock/", {"is_confirmed": "on"}
    )
    assert board(stage.home1, call) == [
        [b, "4.00", "1", "0.00", "2", "–", "0", "–", "–", "4.00", "–", "1"],
        [a, "5.00", "1", "0.00", "1", "1.00", "1", "0.00", "1", "3.00", "4.00", "2"],
    ]
    assert board(stage.partner2, call) == board(stage.home1, call)
    assert [row[0] for row in board(stage.home1, call, "?sort=gap")] == [a, b]
    assert [row[0] for row in board(stage.home1, call, "?sort=number")] == [a, b]


def test_averages() -> None:
    """cases.md, 15."""
    stage, call, (one, two) = make_scored_call()
    for value in (4, None, 5):
        make_review(one, stage.home, (value,) * 5)
    assert [row[1:5] for row in board(stage.home1, call, "?sort=number")] == [
        ["4.50", "2", "1.00", "1"],
        ["–", "0", "–", "–"],
    ]
    assert [row[0] for row in table(stage.home1, call)[1:]] == [one.receipt_number, two.receipt_number]
    assert table(stage.home1, call)[1][4:8] == ["4.50", "2", "1.00", "1"]


def test_equal_means_share_a_rank() -> None:
    stage, call, proposals = make_scored_call(proposals=3)
    for proposal, value in zip(proposals, (4, 4, 2), strict=True):
        make_review(proposal, stage.home, (value,) * 5)
    assert [row[4] for row in board(stage.home1, call)] == ["1（同順位）", "1（同順位）", "3"]


def test_conflict_found_late_leaves_every_figure() -> None:
    """cases.md, 16: in list, detail and CSV."""
    stage, call, (one, _) = make_scored_call()
    for value in (5, 5):
        make_review(one, stage.home, (value,) * 5)
    late = make_review(one, stage.home, (2,) * 5)
    decision = make_decision(stage, list(call.proposals.all()))
    assert board(stage.home1, call)[0][1:3] == ["4.00", "3"]
    declare_conflict(assignment=late, by=late.reviewer.person.user, kind="kin")
    assert board(stage.home1, call)[0][1:3] == ["5.00", "2"]
    assert table(stage.home1, call)[1][4:6] == ["5.00", "2"]
    assert "2.00" not in page(signed_in(stage.home1), f"/ja/review/decisions/{decision.public_id}/")
    row = cells(page(signed_in(stage.home1), f"/ja/review/calls/{call.public_id}/progress/"))[0]
    assert row[2] == "2 / 2"


def everything(user: User, call: Call) -> list[Any]:
    """Whatever an officer sees of a call's review, figures and all."""
    client = signed_in(user)
    base = f"/ja/review/calls/{call.public_id}/"
    pages = [page(client, base + name) for name in ("board/", "board/?sort=gap", "pool/", "progress/")]
    pages.append(page(client, "/ja/"))
    pages.append(page(client, "/ja/review/calls/"))
    hidden = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="[^"]*"|"X-CSRFToken": "[^"]*"')
    return [*(hidden.sub("", text) for text in pages), table(user, call)]


def test_nothing_can_be_inferred_from_a_count() -> None:
    """cases.md, 17: an officer in conflict sees the same pages with and without the proposal's reviews."""
    stage, call, (p7, other) = make_scored_call()
    exclude(p7, stage.home1)
    reviewer = make_reviewer(call, stage.home)
    make_review(other, stage.home, (3,) * 5)
    before = everything(stage.home1, call)
    assert p7.receipt_number not in "".join(map(str, before))
    make_assignment(p7, reviewer)
    with writing():
        Assignment.objects.filter(proposal=p7).update(state="submitted")
    make_decision(stage, [p7, other])
    assert everything(stage.home1, call) == before
    seen = everything(stage.home2, call)
    assert p7.receipt_number in "".join(map(str, seen))


def test_officer_in_conflict_finds_none_of_its_pages() -> None:
    stage, call, (p7, other) = make_scored_call(is_locked=False)
    assignment = make_assignment(p7, make_reviewer(call, stage.home))
    decision = make_decision(stage, [p7, other])
    exclude(p7, stage.home1)
    client = signed_in(stage.home1)
    for path in (
        f"proposals/{p7.public_id}/assign/",
        f"proposals/{p7.public_id}/pdf/",
        f"assignments/{assignment.public_id}/withdraw/",
        f"decisions/{decision.public_id}/",
        f"calls/{call.public_id}/propose/",
    ):
        assert client.get(f"/ja/review/{path}").status_code == 404


def test_officer_of_the_team_sees_nothing_of_its_review() -> None:
    stage, call, (own, _) = make_scored_call()
    user = User.objects.get(pk=own.pi.user_id)
    give_role(user, stage.home, Role.PROGRAMME_OFFICER)
    make_review(own, stage.home)
    assert [row[0] for row in board(user, call)] == [
        p.receipt_number for p in call.proposals.exclude(pk=own.pk)
    ]


@pytest.mark.parametrize("name", ["board", "progress", "pool"])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(name: str) -> None:
    stage = make_stage()
    call = make_call(stage, state="review")
    client = signed_in(stage.home1)
    found = []
    for count in (1, 2):
        for _ in range(count):
            proposal = make_proposal(call, state="eligible")
            make_review(proposal, stage.home)
        with CaptureQueriesContext(connection) as captured:
            page(client, f"/ja/review/calls/{call.public_id}/{name}/")
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1] <= 13


@pytest.mark.parametrize(("language", "second"), [("ja", "2（同順位）"), ("en", "2 (shared rank)")])
def test_shared_rank_says_so_on_the_page_and_in_both_exports(language: str, second: str) -> None:
    stage, call, proposals = make_scored_call(proposals=3)
    for proposal, value in zip(proposals, (5, 3, 3), strict=True):
        make_review(proposal, stage.home, (value,) * 5)
    client = signed_in(stage.home1)
    address = f"/{language}/review/calls/{call.public_id}/board"
    places = [(row[5], row[-1]) for row in cells(page(client, f"{address}/"))]
    assert places == [("1", "1"), (second, second), (second, second)]
    assert [(row[7], row[-2]) for row in table(stage.home1, call, language)[1:]] == places
    (sheet,) = read_xlsx(client.get(f"{address}.xlsx").content)
    assert [(row[7], row[-2]) for row in sheet.rows[1:]] == places
    assert [row[0] for row in sheet.rows[1:]] == [p.receipt_number for p in proposals]


# the decision


def list_values(proposals: list[Proposal], *outcomes: str, **changes: str) -> dict[str, str]:
    values = {}
    for rank, (proposal, outcome) in enumerate(zip(proposals, outcomes, strict=True), 1):
        key = proposal.public_id
        values |= {f"rank_{key}": str(rank), f"outcome_{key}": outcome, f"reason_{key}": ""}
    return values | changes


@LANGUAGES
def test_error_stands_beside_its_row(language: str) -> None:
    stage, call, proposals = make_scored_call()
    client = signed_in(stage.home1)
    address = f"/{language}/review/calls/{call.public_id}/propose/"
    page(client, address)
    response = client.post(address, list_values(proposals, "reject", "adopt"))
    text = response.content.decode()
    key = proposals[0].public_id
    assert response.status_code == 200
    assert f'id="id_reason_{key}_error"' in text
    assert {"ja": "順位1より下位の課題が優先されています", "en": "Rank 1 is passed over"}[language] in text
    response = client.post(address, list_values(proposals, "reject", "adopt", **{f"reason_{key}": "予算"}))
    decision = Decision.objects.get()
    assert response.headers["Location"] == f"/{language}/review/decisions/{decision.public_id}/"
    assert client.get(address).status_code == 302
    assert "78,000,000" in page(client, f"/{language}/review/decisions/{decision.public_id}/")


@pytest.mark.parametrize("rank", ["0", "-1", "1.5", "x", "", "99999999999999999999", "\x00"])
def test_bad_rank_comes_back(rank: str) -> None:
    stage, call, proposals = make_scored_call()
    values = list_values(proposals, "adopt", "reject", **{f"rank_{proposals[0].public_id}": rank})
    address = f"/ja/review/calls/{call.public_id}/propose/"
    assert signed_in(stage.home1).post(address, values).status_code == 200
    assert Decision.objects.count() == 0


def a_decision(**call: Any) -> tuple[Stage, Decision, str]:
    stage, _call, proposals = make_scored_call(**call)
    decision = make_decision(stage, proposals)
    return stage, decision, f"/ja/review/decisions/{decision.public_id}/"


YES = {"vote": "yes", "reason": "", "is_confirmed": "on"}


def test_both_approvers_adopt_the_decision() -> None:
    stage, decision, address = a_decision()
    home, partner = signed_in(stage.home2), signed_in(stage.partner2)
    assert f"{stage.home.short_name}として回答する" in page(home, address)
    mine = f"{address}agencies/{stage.home.public_id}/answer/"
    assert home.post(mine, {"vote": "yes"}).status_code == 200  # not confirmed
    assert home.post(mine, YES).status_code == 302
    assert home.get(mine).status_code == 302
    assert Project.objects.count() == 0
    assert partner.post(f"{address}agencies/{stage.partner.public_id}/answer/", YES).status_code == 302
    assert Project.objects.count() == 1
    decision.refresh_from_db()
    assert decision.state == "adopted"
    assert "回答する" not in page(partner, address)


def test_one_person_with_memberships_in_both_agencies_cannot_give_both_approvals() -> None:
    stage, decision, address = a_decision()
    both = give_role(make_member(stage.home, Role.APPROVER), stage.partner, Role.APPROVER)
    client = signed_in(both)
    client.post(f"{address}agencies/{stage.home.public_id}/answer/", YES)
    other = f"{address}agencies/{stage.partner.public_id}/answer/"
    assert f"{stage.partner.short_name}として回答する" not in page(client, address)
    response = client.post(other, YES)
    assert response.status_code == 200
    assert "お一人につき一度限り" in response.content.decode()
    second = give_role(make_user(), stage.partner, Role.APPROVER)
    with writing():
        second.person.merged_into = both.person
        second.person.save()
    assert "お一人につき一度限り" in signed_in(second).post(other, YES).content.decode()
    assert AgencyAnswer.objects.count() == 1
    decision.refresh_from_db()
    assert decision.state == "proposed"


def test_envelope_too_small_refuses_the_answer_in_words() -> None:
    stage, decision, address = a_decision(stage=make_stage(appropriated=1_000))
    signed_in(stage.home2).post(f"{address}agencies/{stage.home.public_id}/answer/", YES)
    last = f"{address}agencies/{stage.partner.public_id}/answer/"
    response = signed_in(stage.partner2).post(last.replace("/ja/", "/en/"), YES)
    text = response.content.decode()
    assert response.status_code == 200
    assert "cannot be adopted, so the whole answer was refused" in text
    assert "is ¥1,000, and" in text
    assert AgencyAnswer.objects.count() == 1
    decision.refresh_from_db()
    assert decision.state == "proposed"


def letter(content: bytes = PDF, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_answer_on_behalf_from_letter_to_confirmation() -> None:
    stage, decision, address = a_decision(signs_in=False)
    officer, second = signed_in(stage.home1), signed_in(stage.home2)
    form = f"{address}agencies/{stage.partner.public_id}/on-behalf/"
    values = {"vote": "yes", "reason": "", "letter_dated": "2026-11-02"}
    assert officer.post(form, values).status_code == 200  # no letter
    assert officer.post(form, {**values, "letter": letter(b"no pdf")}).status_code == 200
    assert officer.post(form, {**values, "letter": letter(), "letter_dated": "2099-01-01"}).status_code == 200
    assert AgencyAnswer.objects.count() == 0
    assert officer.post(form, {**values, "letter": letter()}).status_code == 302
    answer = AgencyAnswer.objects.get()
    confirm = f"/ja/review/answers/{answer.public_id}/confirm/"
    assert officer.get(confirm).status_code == 404
    assert "文書と照合する" in page(second, address)
    assert second.get(f"/ja/review/answers/{answer.public_id}/letter/").status_code == 200
    page(second, confirm)
    signed_in(stage.home2).post(f"{address}agencies/{stage.home.public_id}/answer/", YES)
    assert second.post(confirm).status_code == 302
    decision.refresh_from_db()
    assert decision.state == "adopted"
    assert second.post(confirm).status_code == 200  # says that it is confirmed already


def waits(user: User) -> list[int]:
    user = User.objects.get(pk=user.pk)
    return [
        item.count
        for contribute in waiting
        for item in counted(user, contribute(user))
        if "/decisions/" in item.url
    ]


def test_decisions_wait_for_those_who_can_answer() -> None:
    stage, decision, _ = a_decision(signs_in=False)
    assert [waits(u) for u in (stage.home1, stage.home2, stage.partner1)] == [[1], [1], []]
    answer_on_behalf(stage, decision)
    assert [waits(u) for u in (stage.home1, stage.home2)] == [[], [1, 1]]


def test_second_click_does_nothing_twice() -> None:
    stage, _decision, address = a_decision()
    client: Client = signed_in(stage.home2)
    mine = f"{address}agencies/{stage.home.public_id}/answer/"
    for _ in range(2):
        assert client.post(mine, {**YES, "form_token": "once"}).headers["Location"] == address
    assert AgencyAnswer.objects.count() == 1
