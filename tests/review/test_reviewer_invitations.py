"""Asking somebody to review by mail: the link, the agreement, the answers."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.people import claim_person
from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from proposals.models import ProposalAccess
from review.actions import assignments
from review.actions.invitation_answers import accept_invitation, agree_to_confidentiality, decline_invitation
from review.actions.invitations import invite_reviewer, open_link, revoke_invitation
from review.actions.reviewers import add_reviewer, remove_reviewer, retire_reviewer
from review.confidentiality import VERSION
from review.invited import ByReviewLink
from review.models import Assignment, ConfidentialityAgreement, Reviewer, ReviewerInvitation
from tests.builders.people import make_person, make_user, verify_email
from tests.builders.proposals import make_proposal
from tests.builders.review import DUE, make_assignment, make_reviewer, make_scored_call, name_on_behalf

pytestmark = pytest.mark.django_db
ACCEPT = {"answer": "accept"}


def codes(broken: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in broken.value.violations]


def scene(state: str = "named", **person: Any) -> tuple[Any, Any, Reviewer]:
    """(stage, proposal, reviewer): somebody without an account in the home agency's pool, who has agreed to nothing."""
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    values = {"email": "expert@abroad.example", **person}
    with writing():
        reviewer = Reviewer.objects.create(
            call=call, agency=stage.home, person=make_person(**values), state=state
        )
    return stage, proposals[0], reviewer


def invite(stage: Any, reviewer: Reviewer, **more: Any) -> tuple[ReviewerInvitation, str]:
    """The invitation, and the path of the link in its mail."""
    invitation = invite_reviewer(reviewer=reviewer, by=stage.home1, language="en", **more)
    mail = OutboxMail.objects.filter(template="review_invitation").latest("pk")
    found = re.search(r"/en/review/invitations/\S+", mail.body)
    assert found is not None
    return invitation, found.group()


def pressed(path: str) -> Client:
    """A browser in which the button behind the link was pressed."""
    client = Client()
    assert client.get(path).status_code == 200
    answer = client.post(path)
    assert (answer.status_code, answer["Location"]) == (302, "/en/review/invited/")
    return client


def agree(client: Client) -> None:
    sent = {"version": VERSION, "agreed": "on"}
    assert client.post("/en/review/invited/", sent).status_code == 302


def test_the_mail_names_neither_title_nor_team() -> None:
    stage, proposal, reviewer = scene()
    make_assignment(proposal, reviewer, state="assigned")
    invite(stage, reviewer)
    mail = OutboxMail.objects.get(template="review_invitation")
    assert (mail.recipient, mail.language) == ("expert@abroad.example", "en")
    for secret in (proposal.title_en, proposal.title_ja, proposal.pi.name_in("en")):
        assert secret not in mail.body
    assert reviewer.__class__.objects.get().state == "invited"


def test_nothing_opens_before_confidentiality_is_agreed_to() -> None:
    stage, proposal, reviewer = scene()
    make_assignment(proposal, reviewer, state="assigned")
    _invitation, path = invite(stage, reviewer)
    client = pressed(path)
    before = client.get("/en/review/invited/").content.decode()
    assert proposal.title_en not in before
    assert proposal.pi.name_in("en") not in before
    assert client.post("/en/review/invited/", {"version": VERSION}).status_code == 200
    assert ConfidentialityAgreement.objects.count() == 0
    agree(client)
    after = client.get("/en/review/invited/").content.decode()
    assert proposal.title_en in after
    assert proposal.pi.name_in("en") in after
    agreement = ConfidentialityAgreement.objects.get()
    assert (agreement.reviewer_id, agreement.version, agreement.by_link) == (reviewer.pk, VERSION, True)
    assert client.get(f"/en/review/proposals/{proposal.public_id}/pdf/").status_code == 302


def test_an_older_text_is_agreed_to_by_nobody() -> None:
    stage, _proposal, reviewer = scene()
    _invitation, path = invite(stage, reviewer)
    client = pressed(path)
    answer = client.post("/en/review/invited/", {"version": "1999-01", "agreed": "on"})
    assert answer.status_code == 200
    assert ConfidentialityAgreement.objects.count() == 0


def test_accepting_by_the_link_and_making_an_account_afterwards() -> None:
    stage, proposal, reviewer = scene()
    given = make_assignment(proposal, reviewer, state="assigned")
    _invitation, path = invite(stage, reviewer)
    client = pressed(path)
    agree(client)
    assert client.post("/en/review/invited/", ACCEPT).status_code == 302
    assert "Make an account" in client.get("/en/review/invited/").content.decode()
    reviewer.refresh_from_db()
    assert reviewer.state == "accepted"
    assert OutboxMail.objects.get(template="review_accepted").recipient == stage.home1.email
    with writing():
        user = User.objects.create_user("expert@abroad.example", "a-long-password-2026")
    verify_email(user)
    claim_person(user=user, family_romaji="Expert", given_romaji="Ann")
    client.force_login(user)
    page = client.get(reverse("review:assignment", args=[given.public_id]), follow=True)
    assert page.redirect_chain[-1][0].endswith("/conflict/")


def test_an_invitation_used_twice_says_so_and_loses_nothing() -> None:
    stage, _proposal, reviewer = scene()
    invitation, path = invite(stage, reviewer)
    client = pressed(path)
    agree(client)
    assert client.get(path)["Location"] == "/en/review/invited/"
    client.post("/en/review/invited/", ACCEPT)
    elsewhere = Client()
    for answer in (elsewhere.get(path), elsewhere.post(path)):
        assert answer.status_code == 404
        assert "What you have answered already is kept." in answer.content.decode()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reviewer.state) == ("accepted", "accepted")
    assert accept_invitation(invitation=invitation, by=ByReviewLink(invitation)).state == "accepted"


def test_declining_with_whom_one_would_ask_instead(client: Client) -> None:
    stage, proposal, reviewer = scene()
    given = make_assignment(proposal, reviewer, state="assigned")
    _invitation, path = invite(stage, reviewer)
    guest = pressed(path)
    sent = {"reason": "On leave until May", "suggestion": "Kim Sample, Sample College"}
    assert guest.post("/en/review/invited/decline/", sent).status_code == 302
    assert guest.get("/en/review/invited/").status_code == 404
    given.refresh_from_db()
    reviewer.refresh_from_db()
    assert (reviewer.state, given.state) == ("declined", "withdrawn")
    client.force_login(stage.home1)
    page = client.get(reverse("review:pool", args=[reviewer.call.public_id])).content.decode()
    assert "On leave until May" in page
    assert "Kim Sample, Sample College" in page
    with pytest.raises(RuleBroken) as broken:
        assignments.assign_reviewer(proposal=proposal, reviewer=reviewer, by=stage.home1, due_on=DUE)
    assert "reviewer_not_available" in codes(broken)


def test_a_link_expires_and_a_new_one_replaces_it() -> None:
    stage, _proposal, reviewer = scene()
    _invitation, old = invite(stage, reviewer)
    with clock.set_to(clock.now() + dt.timedelta(days=15)):
        assert Client().get(old).status_code == 404
        _again, new = invite(stage, reviewer)
        assert Client().get(old).status_code == 404
        assert Client().get(new).status_code == 200
    assert sorted(ReviewerInvitation.objects.values_list("state", flat=True)) == ["expired", "pending"]


def test_two_mails_do_not_follow_each_other_within_a_minute() -> None:
    stage, _proposal, reviewer = scene()
    invite(stage, reviewer)
    with pytest.raises(RuleBroken) as broken:
        invite(stage, reviewer)
    assert codes(broken) == ["mail_too_soon"]


def test_what_is_taken_back_opens_nothing() -> None:
    stage, _proposal, reviewer = scene()
    invitation, path = invite(stage, reviewer)
    with pytest.raises(NotAllowed):
        revoke_invitation(invitation=invitation, by=stage.partner1)
    revoke_invitation(invitation=invitation, by=stage.home1)
    assert Client().get(path).status_code == 404
    reviewer.refresh_from_db()
    assert reviewer.state == "named"
    invitation.refresh_from_db()
    with pytest.raises(RuleBroken) as broken:
        revoke_invitation(invitation=invitation, by=stage.home1)
    assert codes(broken) == ["transition_not_allowed"]


def test_somebody_with_an_account_signs_in_instead() -> None:
    stage, _proposal, _reviewer = scene()
    user = verify_email(make_user())
    reviewer = make_reviewer(_reviewer.call, stage.home, user, state="named", has_agreed=False)
    invitation, path = invite(stage, reviewer)
    assert open_link(token=path.split("/")[-2]) is None
    client = Client()
    client.force_login(user)
    own = reverse("review:own_invitation", args=[invitation.public_id])
    assert client.get(path).status_code == 302
    assert client.post(own, {"version": VERSION, "agreed": "on"}).status_code == 302
    assert client.post(own, ACCEPT).status_code == 302
    reviewer.refresh_from_db()
    assert reviewer.state == "accepted"
    other = Client()
    other.force_login(make_user())
    assert other.get(own).status_code == 404


def test_an_account_under_the_invited_address_becomes_the_reviewer() -> None:
    stage, _proposal, reviewer = scene(email="")
    user = verify_email(make_user("expert@abroad.example"))
    invitation, _path = invite(stage, reviewer, email="expert@abroad.example")
    agree_to_confidentiality(reviewer=reviewer, by=user, version=VERSION)
    accept_invitation(invitation=invitation, by=user)
    reviewer.refresh_from_db()
    assert reviewer.person == user.person


def test_nobody_answers_for_another() -> None:
    stage, _proposal, reviewer = scene()
    invitation, _path = invite(stage, reviewer)
    for act in (
        lambda: accept_invitation(invitation=invitation, by=stage.home1),
        lambda: decline_invitation(invitation=invitation, by=stage.home1),
        lambda: agree_to_confidentiality(reviewer=reviewer, by=stage.home1, version=VERSION),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_who_is_asked() -> None:
    stage, _proposal, reviewer = scene(state="accepted")
    with pytest.raises(RuleBroken) as broken:
        invite(stage, reviewer)
    assert codes(broken) == ["reviewer_not_invitable"]
    with pytest.raises(NotAllowed):
        invite_reviewer(reviewer=reviewer, by=stage.partner1, language="en")


def test_a_reviewer_on_behalf_is_asked_once_confirmed() -> None:
    stage, call, _proposals = make_scored_call(proposals=1, is_locked=False, signs_in=False)
    reviewer = name_on_behalf(stage, call, state="named")
    with pytest.raises(RuleBroken) as broken:
        invite_reviewer(reviewer=reviewer, by=stage.home1, language="en")
    assert codes(broken) == ["reviewer_not_confirmed"]


def test_a_review_begins_with_the_agreement(client: Client) -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    user = make_user()
    reviewer = make_reviewer(call, stage.home, user, state="named", has_agreed=False)
    given = make_assignment(proposals[0], reviewer, state="assigned")
    with pytest.raises(RuleBroken) as broken:
        assignments.declare_no_conflict(assignment=given, by=user)
    assert codes(broken) == ["confidentiality_missing"]
    client.force_login(user)
    at = reverse("review:confidentiality", args=[given.public_id])
    answer = client.get(reverse("review:conflict", args=[given.public_id]))
    assert (answer.status_code, answer["Location"]) == (302, at)
    assert proposals[0].title_ja not in client.get(at).content.decode()
    assert client.post(at, {"version": VERSION, "agreed": "on"}).status_code == 302
    assignments.declare_no_conflict(assignment=given, by=user)
    reviewer.refresh_from_db()
    assert reviewer.state == "accepted"


def test_an_applicant_of_the_call_is_not_put_into_a_pool_of_it() -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    with pytest.raises(RuleBroken) as broken:
        add_reviewer(call=call, agency=stage.home, person=proposals[0].pi, by=stage.home1)
    assert codes(broken) == ["reviewer_is_applicant"]
    assert Reviewer.objects.count() == 0


def test_an_applicant_whose_proposal_the_officer_must_not_see_is_found_later() -> None:
    stage, call, proposals = make_scored_call(proposals=1, is_locked=False)
    other = make_proposal(call, state="eligible")
    with writing():
        ProposalAccess.objects.create(
            proposal=proposals[0], person=stage.home1.person, kind="excluded", source="review"
        )
    reviewer = add_reviewer(call=call, agency=stage.home, person=proposals[0].pi, by=stage.home1)
    with pytest.raises(RuleBroken) as broken:
        assignments.assign_reviewer(proposal=other, reviewer=reviewer, by=stage.home1, due_on=DUE)
    assert codes(broken) == ["reviewer_in_conflict"]


def test_who_has_open_reviews_does_not_retire_and_whose_conflict_was_judged_stays() -> None:
    stage, proposal, reviewer = scene(state="accepted")
    given = make_assignment(proposal, reviewer)
    with pytest.raises(RuleBroken) as broken:
        retire_reviewer(reviewer=reviewer, by=stage.home1)
    assert codes(broken) == ["reviewer_has_open_assignments"]
    with pytest.raises(RuleBroken) as broken:
        remove_reviewer(reviewer=reviewer, by=stage.home1)
    assert codes(broken) == ["reviewer_has_assignments"]
    assignments.withdraw_assignment(assignment=given, by=stage.home1)
    assert retire_reviewer(reviewer=reviewer, by=stage.home1).state == "retired"
    assert Assignment.objects.get().state == "withdrawn"
