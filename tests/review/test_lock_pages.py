import pytest

from accounts.models import User
from kernel.actions import writing
from kernel.contributions import counted, waiting
from proposals.models import ProposalAccess
from review.actions.locks import lock_scores
from review.models import Reviewer, ScoreLock
from tests.builders.review import (
    lock_on_behalf,
    make_assignment,
    make_reviewer,
    make_scored_call,
)
from tests.review.test_officer_pages import letter
from tests.review.test_reviewer_pages import LANGUAGES, answers, given, page, signed_in

pytestmark = pytest.mark.django_db


def lock_of(call, agency, language="ja"):
    return f"/{language}/review/calls/{call.public_id}/agencies/{agency.public_id}/lock/"


@LANGUAGES
def test_lock_page_names_what_is_unfinished_and_what_becomes_of_it(language: str) -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    make_assignment(one, reviewer, state="assigned")
    make_assignment(two, reviewer)
    other = make_assignment(one, make_reviewer(call, stage.partner))
    text = page(signed_in(stage.home1), lock_of(call, stage.home, language))
    for expected in {
        "ja": ("利益相反の申告がない割当て：1件", "記入途中で未提出の評価：1件", "集計に含まれません"),
        "en": (
            "1 assignment has not been answered",
            "1 review is begun and not submitted",
            "they count for nothing",
        ),
    }[language]:
        assert expected in text
    assert f"{reviewer.person.name}, {one.receipt_number}" in text
    assert f"{reviewer.person.name}, {two.receipt_number}" in text
    assert other.reviewer.person.name not in text


def test_lock_page_of_an_officer_in_conflict_says_nothing_of_the_proposal() -> None:
    """cases.md, 17."""
    stage, call, (one, _two) = make_scored_call(is_locked=False)
    with writing():
        ProposalAccess.objects.create(proposal=one, person=stage.home1.person, kind="excluded", source="x")
    client = signed_in(stage.home1)
    before = page(client, lock_of(call, stage.home))
    make_assignment(one, make_reviewer(call, stage.home))
    after = page(client, lock_of(call, stage.home))
    assert one.receipt_number not in after
    assert "未提出の評価" not in after
    assert len(before) == len(after)


def test_lock_is_confirmed_before_anything_is_closed() -> None:
    stage, call, (one, _) = make_scored_call(is_locked=False)
    begun = make_assignment(one, make_reviewer(call, stage.home))
    client = signed_in(stage.home1)
    address = lock_of(call, stage.home)
    assert client.post(address, {}).status_code == 200
    assert ScoreLock.objects.count() == 0
    board = f"/ja/review/calls/{call.public_id}/board/"
    assert client.post(address, {"is_confirmed": "on"}).headers["Location"] == board
    begun.refresh_from_db()
    assert begun.state == "closed"
    assert "未提出の評価1件を締め切りました" in page(client, board)
    assert client.get(address).headers["Location"] == board
    again = client.post(address, {"is_confirmed": "on"})
    assert (again.status_code, "既に確定しています" in again.content.decode()) == (200, True)


# the reviewer, afterwards


@LANGUAGES
def test_inbox_puts_closed_reviews_apart_and_says_why(language: str) -> None:
    stage, call, (one, two) = make_scored_call(is_locked=False)
    reviewer = make_reviewer(call, stage.home)
    make_assignment(one, reviewer)
    make_assignment(two, reviewer, state="submitted")
    lock_scores(call=call, agency=stage.home, by=stage.home1)
    text = page(signed_in(reviewer.person.user), f"/{language}/review/")
    assert {"ja": "1件中1件を提出済み", "en": "1 of 1 done"}[language] in text
    assert 'id="closed-caption"' in text
    assert 'id="due-caption"' not in text
    assert {"ja": "評点は確定済み", "en": "The agency has locked its scores"}[language] in text


def test_form_sent_after_the_lock_loses_nothing() -> None:
    client, assignment, address = given()
    client.post(address + "form/", answers(assignment, comment_to_agency="保存した文"))
    agency = assignment.reviewer.agency
    call = assignment.proposal.call
    with writing():
        ScoreLock.objects.create(call=call, agency=agency, by=assignment.reviewer.person.user)
    assignment.refresh_from_db()
    late = client.post(address + "form/", answers(assignment, comment_to_agency="遅れた文"))
    text = late.content.decode()
    assert (late.status_code, "遅れた文" in text, "保存した文" in text) == (200, True, True)
    assert "入力した内容は保存されませんでした" in text
    assert 'name="comment_to_agency"' not in text
    assignment.refresh_from_db()
    assert assignment.comment_to_agency == "保存した文"


def test_submitting_after_the_lock_leads_to_what_was_saved() -> None:
    client, assignment, address = given()
    client.post(address + "form/", answers(assignment))
    with writing():
        ScoreLock.objects.create(
            call=assignment.proposal.call,
            agency=assignment.reviewer.agency,
            by=assignment.reviewer.person.user,
        )
    assert client.post(address + "submit/").headers["Location"] == address
    text = page(client, address)
    assert "良い計画である。" in text
    assert "評点は確定済み" in text


def test_closed_assignment_that_was_never_declared_opens_nothing() -> None:
    client, _, address = given("closed")
    text = page(client, address)
    assert "/pdf/" not in text
    assert client.get(address + "form/").headers["Location"] == address


# on behalf


def waits(user: User) -> list[str]:
    user = User.objects.get(pk=user.pk)
    return [
        item.url
        for contribute in waiting
        for item in counted(user, contribute(user))
        if "/locks/" in item.url
    ]


def test_lock_on_behalf_from_letter_to_confirmation() -> None:
    stage, call, (one, _) = make_scored_call(is_locked=False, signs_in=False)
    begun = make_assignment(one, make_reviewer(call, stage.partner))
    officer, second = signed_in(stage.home1), signed_in(stage.home2)
    address = lock_of(call, stage.partner)
    board = f"/ja/review/calls/{call.public_id}/board/"
    values = {"letter_dated": "2026-11-02", "is_confirmed": "on"}
    for bad in (
        values,
        {**values, "letter": letter(b"no pdf")},
        {**values, "letter": letter(), "letter_dated": "2099-01-01"},
        {"letter": letter(), "letter_dated": "2026-11-02"},
    ):
        assert officer.post(address, bad).status_code == 200
    assert ScoreLock.objects.count() == 0
    assert officer.post(address, {**values, "letter": letter()}).headers["Location"] == board
    lock = ScoreLock.objects.get()
    confirm = f"/ja/review/locks/{lock.public_id}/confirm/"
    assert (waits(stage.home1), waits(stage.home2)) == ([], [confirm])
    assert officer.get(confirm).status_code == 404
    assert "に代わり" in page(officer, board)
    assert "文書と照合する" in page(second, board)
    assert begun.reviewer.person.name in page(second, confirm)
    assert second.get(f"/ja/review/locks/{lock.public_id}/letter/").status_code == 200
    assert second.post(confirm).headers["Location"] == board
    begun.refresh_from_db()
    assert begun.state == "closed"
    assert waits(stage.home2) == []
    assert second.get(confirm).headers["Location"] == board
    assert second.post(confirm).status_code == 200  # says that it is confirmed already


def test_letter_of_a_lock_is_read_by_the_lead_agency_alone() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = lock_on_behalf(stage, call)
    address = f"/ja/review/locks/{lock.public_id}/letter/"
    assert signed_in(stage.home2).get(address).status_code == 200
    assert signed_in(stage.partner1).get(address).status_code == 404


def test_discarded_lock_can_be_recorded_anew() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock = lock_on_behalf(stage, call)
    second = signed_in(stage.home2)
    assert second.post(f"/ja/review/locks/{lock.public_id}/discard/").status_code == 302
    assert ScoreLock.objects.count() == 0
    assert signed_in(stage.home1).get(lock_of(call, stage.partner)).status_code == 200


@LANGUAGES
def test_every_page_of_the_review_says_that_a_lock_was_recorded_on_behalf(language: str) -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    lock_on_behalf(stage, call, confirmed=True)
    client = signed_in(stage.home1)
    words = {"ja": "に代わり", "en": "on behalf of"}[language]
    for name in ("board", "progress", "pool"):
        assert words in page(client, f"/{language}/review/calls/{call.public_id}/{name}/")


# reviewers named on behalf


def test_reviewers_are_named_from_a_letter_and_confirmed_together() -> None:
    stage, call, _ = make_scored_call(is_locked=False, signs_in=False)
    officer, second = signed_in(stage.home1), signed_in(stage.home2)
    pool = f"/ja/review/calls/{call.public_id}/pool/"
    values = {
        "agency": stage.partner.pk,
        "email": "one@state.example",
        "family_romaji": "One",
        "institution_name": "State",
        "country": "US",
    }
    without = officer.post(f"{pool}add/", values)
    assert (without.status_code, Reviewer.objects.count()) == (200, 0)
    assert "文書を添付してください" in without.content.decode()
    dated = {"letter_dated": "2026-11-02"}
    assert officer.post(f"{pool}add/", {**values, **dated, "letter": letter(b"no pdf")}).status_code == 200
    assert officer.post(f"{pool}add/", {**values, **dated, "letter": letter()}).status_code == 302
    # The next one stands in the same letter.
    again = {**values, "email": "two@state.example", "family_romaji": "Two"}
    assert officer.post(f"{pool}add/", again).status_code == 302
    one, two = Reviewer.objects.order_by("id")
    assert (one.letter, one.letter_dated) == (two.letter, two.letter_dated)
    text = page(officer, pool)
    assert text.count("に代わり") == 2
    confirm = f"/ja/review/reviewers/{one.public_id}/confirm/"
    assert officer.get(confirm).status_code == 404
    compared = page(second, confirm)
    assert one.person.name in compared
    assert two.person.name in compared
    assert second.get(f"/ja/review/reviewers/{one.public_id}/letter/").status_code == 200
    assert second.post(confirm).headers["Location"] == pool
    assert [r.counts for r in Reviewer.objects.all()] == [True, True]
    assert second.get(confirm).headers["Location"] == pool
    assert second.post(confirm).status_code == 200  # says that it is confirmed already
