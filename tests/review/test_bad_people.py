"""A reviewer who is an applicant of the call, and an invitation used twice, however they come in: by the page, by CSV and XLSX, by
the action, in both languages. Each is refused in words, and nothing is lost."""

from typing import Any

import pytest
from django.test import Client

from kernel.actions import writing
from proposals.models import TeamMember
from review.actions import assignments
from review.actions.invitation_answers import accept_invitation, agree_to_confidentiality
from review.actions.reviewers import add_reviewer
from review.confidentiality import VERSION
from review.models import (
    Assignment,
    ConfidentialityAgreement,
    Reviewer,
    ReviewerInvitation,
)
from tests.builders.people import make_user, verify_email
from tests.builders.program import make_call
from tests.builders.proposals import make_proposal
from tests.builders.review import (
    DUE,
    make_scored_call,
)
from tests.review.faults import codes, page_after, plain, table_page, words_of
from tests.review.test_reviewer_invitations import invite, pressed, scene
from tests.review.test_reviewer_pages import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("kind", ["csv", "xlsx"])


# a reviewer who is an applicant of the call


@LANGUAGES
@pytest.mark.parametrize("of_team", ["pi", "co_investigator", "partner_pi"])
def test_an_applicant_is_not_put_into_the_pool_by_the_page(of_team: str, language: str) -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    person = applicant(proposals[0], of_team)
    sent = {
        "agency": stage.home.pk,
        "email": person.email,
        "country": "JP",
        "institution_name": "Kept College",
    }
    client, at = signed_in(stage.home1), f"/{language}/review/calls/{call.public_id}/pool/add/"
    followed, text = page_after(client, at, sent)
    assert (followed, words_of(language, "reviewer_is_applicant") in text) == (0, True)
    assert ("Kept College" in text, Reviewer.objects.count()) == (True, 0)


def applicant(proposal: Any, role: str) -> Any:
    if role == "pi":
        return proposal.pi
    person = make_user().person
    with writing():
        proposal.team.filter(role=role).delete()
        TeamMember.objects.create(proposal=proposal, person=person, role=role, country_code="US")
    return person


@LANGUAGES
@KINDS
def test_an_applicant_is_not_imported_and_nobody_else_of_the_table_either(kind: str, language: str) -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    rows = [["email", "family_romaji"], ["new@abroad.example", "New"], [proposals[0].pi.email, ""]]
    client = signed_in(stage.home1)
    at = f"/{language}/review/calls/{call.public_id}/pool/import/"
    where, text = table_page(client, at, kind, rows, agency=stage.home.pk)
    assert words_of(language, "reviewer_is_applicant") in text
    client.post(where, {"seen": "whatever"})
    assert Reviewer.objects.count() == 0


def test_an_applicant_accepts_for_a_call_by_an_account_and_is_given_nothing() -> None:
    """The officers asked an address; the account under it turns out to be an applicant's."""
    stage, proposal, reviewer = scene(email="")
    user = verify_email(make_user("expert@abroad.example"))
    other = make_proposal(proposal.call, state="eligible", pi=user)
    invitation, _path = invite(stage, reviewer, email="expert@abroad.example")
    agree_to_confidentiality(reviewer=reviewer, by=user, version=VERSION)
    accept_invitation(invitation=invitation, by=user)
    for one in (proposal, other):
        found = codes(
            lambda one=one: assignments.assign_reviewer(
                proposal=one, reviewer=reviewer, by=stage.home1, due_on=DUE
            )
        )
        assert found == ["reviewer_in_conflict"]
    assert Assignment.objects.count() == 0


def test_an_applicant_of_another_call_reviews() -> None:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False)
    elsewhere = make_proposal(make_call(stage, state="review"), state="eligible")
    assert add_reviewer(call=call, agency=stage.home, person=elsewhere.pi, by=stage.home1).call == call


# an invitation used twice


@LANGUAGES
def test_a_link_used_in_another_browser_says_what_to_do(language: str) -> None:
    stage, _proposal, reviewer = scene()
    _invitation, path = invite(stage, reviewer)
    pressed(path)
    elsewhere, there = Client(), path.replace("/en/", f"/{language}/")
    for answer in (elsewhere.get(there), elsewhere.post(there)):
        assert answer.status_code == 404
        said = {"ja": "既にいただいた回答は保存されています", "en": "What you have answered already is kept."}
        assert said[language] in plain(answer.content.decode())
        assert f"/{language}/review/invitations/renew/" in answer.content.decode()


@pytest.mark.parametrize("first", ["accept", "decline"])
def test_one_answer_is_followed_by_no_other(first: str) -> None:
    stage, _proposal, reviewer = scene()
    invitation, path = invite(stage, reviewer)
    guest = pressed(path)
    guest.post("/en/review/invited/", {"version": VERSION, "agreed": "on"})
    at = "/en/review/invited/"
    steps = {"accept": (at, {"answer": "accept"}), "decline": (f"{at}decline/", {"reason": "On leave"})}
    second = "decline" if first == "accept" else "accept"
    for one in (first, second, first):
        guest.post(*steps[one])
    invitation.refresh_from_db()
    reviewer.refresh_from_db()
    state = {"accept": "accepted", "decline": "declined"}[first]
    assert (invitation.state, reviewer.state) == (state, state)


def test_a_guests_second_click_does_nothing_twice_and_nothing_unasked() -> None:
    stage, _proposal, reviewer = scene()
    _invitation, path = invite(stage, reviewer)
    guest, at = pressed(path), "/en/review/invited/"
    agree = {"version": VERSION, "agreed": "on", "form_token": "t1"}
    assert [guest.post(at, agree)["Location"] for _ in range(2)] == [at, at]
    assert (ConfidentialityAgreement.objects.count(), ReviewerInvitation.objects.get().state) == (
        1,
        "pending",
    )
    decline = {"reason": "On leave", "form_token": "t2"}
    gone = [guest.post(f"{at}decline/", decline) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in gone] == [(302, "/en/")] * 2
    assert ReviewerInvitation.objects.get().state == "declined"
