import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from kernel.contributions import counted, waiting
from review.models import Assignment
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.review import (
    lock_as_row,
    make_assignment,
    make_review,
    make_reviewer,
    make_scored_call,
)
from tests.counting import asks

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def given(state: str = "in_progress") -> tuple[Client, Assignment, str]:
    """A reviewer's browser, what was given to them, and its address in Japanese."""
    stage, call, (proposal, _) = make_scored_call(is_locked=False)
    assignment = make_assignment(proposal, make_reviewer(call, stage.home), state=state)
    return (
        signed_in(assignment.reviewer.person.user),
        assignment,
        f"/ja/review/assignments/{assignment.public_id}/",
    )


def answers(assignment: Assignment, score: str = "4", **changes: str) -> dict[str, str]:
    criteria = assignment.proposal.form_version.criteria.all()
    return {
        "revision": str(assignment.revision),
        "comment_to_applicant": "良い計画である。",
        "comment_to_agency": "",
        "confidence": "high",
        **{f"score_{criterion.pk}": score for criterion in criteria},
        **changes,
    }


@LANGUAGES
def test_inbox_tells_how_many_are_done(language: str) -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    make_assignment(one, reviewer, state="submitted")
    make_assignment(two, reviewer, state="assigned", due_on=dt.date(2020, 1, 1))
    text = page(signed_in(reviewer.person.user), f"/{language}/review/")
    assert {"ja": "2件中1件を提出済み", "en": "1 of 2 done"}[language] in text
    assert {"ja": "期限超過", "en": "overdue"}[language] in text


def test_inbox_shows_neither_conflicts_nor_what_was_taken_back() -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    make_assignment(one, reviewer, state="conflicted")
    make_assignment(two, reviewer, state="withdrawn")
    text = page(signed_in(reviewer.person.user), "/ja/review/")
    assert one.title_ja not in text
    assert two.title_ja not in text


def test_inbox_takes_as_many_queries_for_three_as_for_one() -> None:
    stage = make_stage()
    call = make_call(stage, state="review")
    reviewer = make_reviewer(call, stage.home)
    client = signed_in(reviewer.person.user)
    found = []
    for count in (1, 2):
        for _ in range(count):
            make_assignment(make_proposal(call, state="eligible"), reviewer)
        with CaptureQueriesContext(connection) as captured:
            page(client, "/ja/review/")
        found.append(sum(asks(query["sql"]) for query in captured))
    assert found[0] == found[1] <= 12


@LANGUAGES
def test_declaration_shows_outline_and_team_only(language: str) -> None:
    client, assignment, address = given("assigned")
    text = page(client, address.replace("/ja/", f"/{language}/") + "conflict/")
    proposal = assignment.proposal
    assert proposal.title_ja in text if language == "ja" else proposal.title_en in text
    assert "Example State University" in text
    assert {"ja": "申告を記録する", "en": "Record declaration"}[language] in text
    assert "の本文" not in text
    assert page(client, f"/ja/review/proposals/{proposal.public_id}/pdf/", 404)
    for step in ("", "form/"):
        assert client.get(address + step).headers["Location"] == address + "conflict/"


def test_declaring_none_leads_to_the_form() -> None:
    client, _, address = given("assigned")
    response = client.post(address + "conflict/", {"kind": "none", "words": ""})
    assert response.headers["Location"] == address + "form/"
    page(client, address + "form/")


def test_declared_conflict_ends_access_with_the_next_request() -> None:
    client, assignment, address = given()
    pdf = f"/ja/review/proposals/{assignment.proposal.public_id}/pdf/"
    assert client.get(pdf).status_code == 422  # still being made; but it is there for this reader
    response = client.post(address + "conflict/", {"kind": "coauthor", "words": ""})
    assert response.headers["Location"] == "/ja/review/"
    for gone in (pdf, address, address + "form/", address + "conflict/", address + "submit/"):
        assert client.get(gone).status_code == 404
    assert client.post(address + "form/", answers(assignment)).status_code == 404


def test_late_declaration_has_no_none() -> None:
    client, assignment, address = given()
    assert client.post(address + "conflict/", {"kind": "none"}).status_code == 200
    assert Assignment.objects.get(pk=assignment.pk).state == "in_progress"


@LANGUAGES
def test_form_has_anchors_in_words(language: str) -> None:
    client, _, address = given()
    text = page(client, address.replace("/ja/", f"/{language}/") + "form/")
    assert {"ja": "5：極めて優れている", "en": "5: Outstanding"}[language] in text
    assert {"ja": "該当なし", "en": "Not applicable"}[language] in text
    assert "data-guard" in text


def test_saving_keeps_an_incomplete_review_and_submits_nothing() -> None:
    client, assignment, address = given()
    response = client.post(address + "form/", answers(assignment, score="", then="stay"))
    assert response.headers["Location"] == address + "form/"
    assignment.refresh_from_db()
    assert (assignment.state, assignment.comment_to_applicant) == ("in_progress", "良い計画である。")


def test_save_and_next_leads_to_the_next_one_due() -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    first = make_assignment(one, reviewer)
    second = make_assignment(two, reviewer, due_on=dt.date(2027, 4, 1))
    client = signed_in(reviewer.person.user)
    response = client.post(f"/ja/review/assignments/{first.public_id}/form/", answers(first, then="next"))
    assert response.headers["Location"] == f"/ja/review/assignments/{second.public_id}/"


@LANGUAGES
def test_older_window_sees_both_versions(language: str) -> None:
    client, assignment, address = given()
    address = address.replace("/ja/", f"/{language}/")
    client.post(address + "form/", answers(assignment, comment_to_applicant="先の画面の文"))
    response = client.post(address + "form/", answers(assignment, comment_to_applicant="後の画面の文"))
    text = response.content.decode()
    assert (response.status_code, "先の画面の文" in text, "後の画面の文" in text) == (409, True, True)
    assert 'name="revision" value="1"' in text
    assignment.refresh_from_db()
    assert assignment.comment_to_applicant == "先の画面の文"


def test_submit_page_says_what_is_missing_instead_of_a_dead_button() -> None:
    client, assignment, address = given()
    text = page(client, address + "submit/")
    assert text.count("評点も「該当なし」も入力されていません") == 5
    assert "この評価を提出する" not in text
    assert client.post(address + "submit/").status_code == 200
    assignment.refresh_from_db()
    assert assignment.state == "in_progress"


def test_review_is_written_checked_and_submitted() -> None:
    client, assignment, address = given()
    response = client.post(address + "form/", answers(assignment, score="na", then="submit"))
    assert response.headers["Location"] == address + "submit/"
    assert "この評価を提出する" in page(client, address + "submit/")
    assert client.post(address + "submit/").headers["Location"] == address
    text = page(client, address)
    assert "良い計画である。" in text
    assert "該当なし" in text
    assert client.post(address + "submit/").headers["Location"] == address


@pytest.mark.parametrize(
    "changes",
    [
        {"revision": ""},
        {"revision": "-1"},
        {"revision": "99999999999999999999"},
        {"comment_to_applicant": "a\x00b"},
        {"comment_to_applicant": "髙" * 4001},
        {"revision": "x"},
    ],
)
def test_bad_values_come_back_beside_what_was_typed(changes: dict[str, str]) -> None:
    client, assignment, address = given()
    response = client.post(address + "form/", answers(assignment, **changes))
    assert response.status_code == 200
    assignment.refresh_from_db()
    assert assignment.revision == 0


@pytest.mark.parametrize("score", ["6", "0", "-1", "4.5", "x", "５"])
def test_score_off_the_scale_is_refused(score: str) -> None:
    client, assignment, address = given()
    assert client.post(address + "form/", answers(assignment, score=score)).status_code == 200
    assert assignment.scores.count() == 0


def test_others_find_nothing() -> None:
    _, assignment, address = given()
    stranger = make_reviewer(assignment.proposal.call, assignment.reviewer.agency).person.user
    officer = make_stage().home1
    for user in (stranger, officer):
        for step in ("", "conflict/", "form/", "submit/"):
            assert signed_in(user).get(address + step).status_code == 404


def waits(user: User) -> list[tuple[int, Any]]:
    user = User.objects.get(pk=user.pk)
    return [(item.count, item.due) for contribute in waiting for item in counted(user, contribute(user))]


def test_open_reviews_wait_until_they_are_submitted_or_locked() -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    make_assignment(one, reviewer, state="assigned", due_on=dt.date(2027, 2, 1))
    make_assignment(two, reviewer, due_on=dt.date(2027, 3, 1))
    assert waits(reviewer.person.user) == [(2, dt.date(2027, 2, 1))]
    lock_as_row(call, stage.home, stage.home1)
    assert waits(reviewer.person.user) == []


def test_locked_review_that_was_not_submitted_can_only_be_read() -> None:
    client, assignment, address = given()
    stage_officer = make_stage().home1
    lock_as_row(assignment.proposal.call, assignment.reviewer.agency, stage_officer)
    assert client.get(address + "form/").headers["Location"] == address
    assert "集計に含まれません" in page(client, address)
    response = client.post(address + "form/", answers(assignment))
    assert (response.status_code, "良い計画である。" in response.content.decode()) == (200, True)


def test_markup_in_a_comment_is_shown_as_text() -> None:
    client, assignment, address = given()
    client.post(address + "form/", answers(assignment, comment_to_applicant="<script>alert(1)</script>"))
    client.post(address + "submit/")
    text = page(client, address)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_submitted_review_is_read_by_its_reviewer_alone() -> None:
    stage, _call, (proposal, _) = make_scored_call(is_locked=False)
    review = make_review(proposal, stage.home)
    other = make_review(proposal, stage.home)
    address = f"/ja/review/assignments/{review.public_id}/"
    page(signed_in(review.reviewer.person.user), address)
    page(signed_in(other.reviewer.person.user), address, 404)
