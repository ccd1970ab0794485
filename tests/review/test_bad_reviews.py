"""Reviews that cannot be, however they come in: by the page, by the offline form, by the action, in both languages. Each is
refused in words, nothing of it is written, and nothing that was typed is lost. And a call reopened for one late review."""

from typing import Any

import pytest

from kernel.actions import writing
from kernel.clock import today
from review.actions import extra_time, locks, reviews
from review.models import Assignment, ConflictDeclaration, Score
from tests.builders.proposals import make_proposal
from tests.builders.review import make_assignment, make_plan, make_review, make_reviewer, make_scored_call
from tests.review.faults import codes, page_after, words_of
from tests.review.test_offline import fetched, fill, first, rows_of, send
from tests.review.test_reviewer_pages import LANGUAGES, answers, given, page, signed_in

pytestmark = pytest.mark.django_db
TYPED = "消えてはならない文 kept"
OFF_THE_SCALE = ["0", "6", "-1", "－１", "6.0", "99999999999999999999"]


def in_language(path: str, language: str) -> str:
    return path.replace("/ja/", f"/{language}/")


# scores out of scale


@LANGUAGES
@pytest.mark.parametrize("score", OFF_THE_SCALE)
def test_a_score_off_the_scale_comes_back_with_all_that_was_typed(score: str, language: str) -> None:
    client, assignment, address = given()
    sent = answers(assignment, score=score, comment_to_agency=TYPED)
    followed, text = page_after(client, in_language(address, language) + "form/", sent)
    assert (followed, TYPED in text, assignment.scores.count()) == (0, True, 0)
    assert Assignment.objects.get(pk=assignment.pk).revision == 0
    assert 'class="error-summary' in text or "field--invalid" in text


@LANGUAGES
@pytest.mark.parametrize("value", [0, 6, -1, 6.5, "六"])
def test_a_workbook_with_a_score_off_the_scale_says_its_cell_and_takes_nothing(
    value: Any, language: str
) -> None:
    client, assignment, _address = given()
    book = fill(fetched(client), assignment, **{first(assignment): value, "comment_to_agency": TYPED})
    where, _text = send(client, book)
    text = page(client, in_language(where, language))
    assert {"ja": "セルD4", "en": "D4"}[language] in text
    client.post(where)
    assert Assignment.objects.get(pk=assignment.pk).revision == 0
    assert TYPED in page(client, in_language(where, language))  # the workbook stays to be looked at


@pytest.mark.parametrize("value", [0, 6, -1, 10**6])
def test_no_action_writes_a_score_off_the_scale(value: int) -> None:
    _client, assignment, _address = given()
    user = assignment.reviewer.person.user
    criteria = [criterion.pk for criterion in assignment.proposal.form_version.criteria.all()]
    whole: dict[str, Any] = {"assignment": assignment, "by": user, "confidence": "high"}
    reviews.save_review(**whole, revision=0, scores=dict.fromkeys(criteria, 3), comment_to_agency=TYPED)
    bad = {**dict.fromkeys(criteria, 3), criteria[0]: value}
    assert codes(lambda: reviews.save_review(**whole, revision=1, scores=bad)) == ["score_out_of_scale"]
    stranger = {**dict.fromkeys(criteria, 3), criteria[-1] + 10_000: 3}
    assert codes(lambda: reviews.save_review(**whole, revision=1, scores=stranger)) == ["criterion_unknown"]
    assignment.refresh_from_db()
    assert (set(assignment.scores.values_list("value", flat=True)), assignment.comment_to_agency) == (
        {3},
        TYPED,
    )


def test_a_submitted_review_is_not_amended_to_a_score_off_the_scale() -> None:
    stage, call, (proposal, _other) = make_scored_call()
    for agency in (stage.home, stage.partner):
        make_plan(stage, call, agency, may_amend=True, closes_on=day(-9), discussion_from=day(-5))
    review = make_review(proposal, stage.home, (3,) * 5)
    scores = dict.fromkeys(review.scores.values_list("criterion", flat=True), 9)
    whole: dict[str, Any] = {"assignment": review, "by": review.reviewer.person.user, "revision": 0}
    found = codes(
        lambda: reviews.amend_review(**whole, scores=scores, confidence="high", reason="A slip of the pen")
    )
    assert set(found) == {"score_out_of_scale"}
    assert set(review.scores.values_list("value", flat=True)) == {3}
    client = signed_in(review.reviewer.person.user)
    sent = answers(review, score="9", comment_to_agency=TYPED, reason="A slip of the pen")
    _followed, text = page_after(client, f"/en/review/assignments/{review.public_id}/amend/", sent)
    assert TYPED in text
    assert set(review.scores.values_list("value", flat=True)) == {3}


def day(offset: int) -> Any:
    import datetime as dt

    return today() + dt.timedelta(days=offset)


# offline forms of another proposal, of another version, of somebody else


@LANGUAGES
def test_a_form_of_another_proposal_or_version_is_told_so_and_takes_nothing(language: str) -> None:
    client, assignment, _address = given()
    other = make_assignment(make_proposal(assignment.proposal.call, state="eligible"), assignment.reviewer)
    one, two = assignment.proposal.receipt_number or "", other.proposal.receipt_number or ""
    book = fill(fill(fetched(client), assignment), other)
    at = rows_of(book, two)["form"]
    book[two].cell(at, 4).value = book[one].cell(at, 4).value
    with writing():
        version = assignment.proposal.form_version
        version.number += 1
        version.save()
    where, _text = send(client, book)
    text = page(client, in_language(where, language))
    for code, params in (("offline_other_proposal", {"receipt": two}), ("offline_older_version", {})):
        assert words_of(language, code, **params) in text, code
    client.post(where)
    assert set(Assignment.objects.values_list("revision", flat=True)) == {0}
    assert Score.objects.count() == 0


@LANGUAGES
def test_a_form_of_somebody_else_is_told_so(language: str) -> None:
    client, assignment, _address = given()
    book = fill(fetched(client), assignment)
    stranger = signed_in(make_reviewer(assignment.proposal.call, assignment.reviewer.agency).person.user)
    where, _text = send(stranger, book)
    assert words_of(language, "offline_not_yours") in page(stranger, in_language(where, language))


@LANGUAGES
def test_a_form_of_a_proposal_that_one_has_a_conflict_with_since_is_as_anothers(language: str) -> None:
    client, assignment, address = given()
    book = fill(fetched(client), assignment)
    client.post(address + "conflict/", {"kind": "kin", "words": "A cousin"})
    assert Assignment.objects.get(pk=assignment.pk).state == "conflicted"
    where, _text = send(client, book)
    text = page(client, in_language(where, language))
    assert words_of(language, "offline_not_yours") in text
    assert assignment.proposal.title_ja not in text


# no review at the line


@LANGUAGES
def test_a_proposal_without_a_review_at_the_line_is_told_wherever_one_decides(language: str) -> None:
    stage, call, (scored, unread) = make_scored_call()
    for agency in (stage.home, stage.partner):
        make_review(scored, agency)
    client, at = signed_in(stage.home1), f"/{language}/review/calls/{call.public_id}/"
    words = {"ja": "有効な評価がありません", "en": "no review counts"}[language]
    assert page(client, f"{at}propose/").count(words) == 1
    board = page(client, f"{at}board/").partition("<tbody")[2]  # above it a warning names who has none
    assert board.index(scored.title_ja if language == "ja" else scored.title_en) < board.index(
        unread.title_ja if language == "ja" else unread.title_en
    )  # what is missing stays missing: it has no rank, and comes last
    for name in (
        "statistics/?line=1",
        "statistics/?line=2",
        "statistics.csv?line=1",
        "board.csv",
        "portfolio/",
    ):
        assert client.get(at + name).status_code == 200, name
    with writing():
        decision = decided(stage, [unread, scored])
    text = page(signed_in(stage.home2), f"/{language}/review/decisions/{decision.public_id}/")
    assert text.count(words) == 1  # whoever answers is told too


def decided(stage: Any, proposals: list[Any]) -> Any:
    from tests.builders.review import make_decision

    return make_decision(stage, proposals)


def test_the_last_review_that_falls_away_after_the_proposal_is_told_to_whoever_answers() -> None:
    stage, _call, (first_one, second_one) = make_scored_call()
    review = make_review(first_one, stage.home)
    make_review(second_one, stage.home)
    decision = decided(stage, [first_one, second_one])
    client, at = signed_in(stage.home2), f"/en/review/decisions/{decision.public_id}/"
    assert "no review counts" not in page(client, at)
    reviewer = signed_in(review.reviewer.person.user)
    reviewer.post(
        f"/en/review/assignments/{review.public_id}/conflict/", {"kind": "kin", "words": "A cousin"}
    )
    assert page(client, at).count("no review counts") == 1


# a call reopened for one late review


@LANGUAGES
def test_a_call_is_reopened_for_one_late_review_and_for_nothing_else(language: str) -> None:
    stage, call, (proposal, _other) = make_scored_call(is_locked=False)
    late, closed = (make_assignment(proposal, make_reviewer(call, stage.home)) for _ in range(2))
    done = make_review(proposal, stage.home, (2,) * 5)
    with writing():
        for one in (late, closed):
            ConflictDeclaration.objects.create(proposal=proposal, person=one.reviewer.person, kind="none")
    for agency, user in ((stage.home, stage.home1), (stage.partner, stage.partner1)):
        locks.lock_scores(call=call, agency=agency, by=user)
    extra_time.reopen_review(assignment=late, by=stage.home1, until=day(5), reason="郵便の遅れ")
    words = words_of(language, "scores_locked")
    for one in (closed, done):
        client, at = signed_in(one.reviewer.person.user), f"/{language}/review/assignments/{one.public_id}/"
        before = list(one.scores.values_list("value", flat=True))
        one.refresh_from_db()
        _followed, text = page_after(client, at + "form/", answers(one, comment_to_agency=TYPED))
        assert list(one.scores.values_list("value", flat=True)) == before
        assert words in text or one is done
    mine, at = signed_in(late.reviewer.person.user), f"/ja/review/assignments/{late.public_id}/"
    late.refresh_from_db()
    where, _text = send(mine, fill(fetched(mine, at + "offline.xlsx"), late))  # by its offline form too
    mine.post(where)
    assert late.scores.count() == 5
    mine.post(at + "submit/")
    states = dict(Assignment.objects.values_list("pk", "state"))
    assert states == {late.pk: "submitted", closed.pk: "closed", done.pk: "submitted"}
