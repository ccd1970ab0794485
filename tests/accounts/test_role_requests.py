"""Asking for a role at an institution: who is told, who may answer, and what the person meets until then."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.actions.people import end_membership
from accounts.actions.requests import (
    ask_membership,
    grant_membership,
    refuse_membership,
    withdraw_request,
)
from accounts.contributions import waiting
from accounts.enums import RequestState, Role
from accounts.models import MembershipRequest, User
from accounts.permissions import has_role
from accounts.queries import memberships_managed_by, requests_managed_by
from accounts.rules.numbers import ror_id_in
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from kernel.contributions import counted
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed, RuleBroken
from tests.builders.people import (
    give_role,
    make_agency,
    make_institution,
    make_member,
    make_membership_request,
    make_user,
)
from tests.builders.program import make_call, make_stage
from tests.counting import asks

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 2)


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def codes(refused: pytest.ExceptionInfo[RuleBroken]) -> list[str]:
    return [violation.code for violation in refused.value.violations]


def mails() -> list[tuple[str, str]]:
    return list(OutboxMail.objects.order_by("pk").values_list("template", "recipient"))


@pytest.fixture
def institution():
    return make_institution("UNIV", name_ja="見本大学", name_en="University of Samples", ror_id="0samp1e99")


@pytest.fixture
def officer(institution):
    return make_member(institution, Role.INSTITUTION_OFFICER)


@pytest.fixture
def staff():
    user = make_user()
    with writing():
        user.is_staff = True
        user.save()
    return user


@pytest.mark.parametrize(
    ("text", "ror_id"),
    [
        ("057zh3y96", "057zh3y96"),
        (" https://ror.org/057zh3y96 ", "057zh3y96"),
        ("ror.org/057ZH3Y96", "057zh3y96"),
        ("157zh3y96", ""),
        ("見本大学", ""),
        ("", ""),
    ],
)
def test_a_ror_id_is_read_alone_and_as_its_address(text, ror_id):
    assert ror_id_in(text) == ror_id


@pytest.mark.parametrize(
    "named",
    [
        {"institution_name": "見本大学"},
        {"institution_name": "university of samples"},
        {"institution_name": "https://ror.org/0samp1e99"},
        {"institution_name": "見本", "institution_ror_id": "0samp1e99"},
    ],
)
def test_an_institution_is_found_by_its_names_and_its_ror_id_and_its_officers_are_told(
    institution, officer, staff, named
):
    asked = ask_membership(by=make_user(), role=Role.RESEARCHER, **named)
    assert (asked.organisation, asked.institution_name) == (institution, "見本大学")
    assert mails() == [("role_asked", officer.email)]


def test_where_the_institution_has_no_officer_staff_are_told(institution, staff):
    ask_membership(by=make_user(), role=Role.RESEARCHER, institution_name="見本大学")
    assert mails() == [("role_asked", staff.email)]


def test_an_unknown_institution_is_kept_as_typed_and_staff_are_told(officer, staff):
    asked = ask_membership(by=make_user(), role=Role.RESEARCHER, institution_name=" 無名  大学 ")
    assert (asked.organisation, asked.institution_name) == (None, "無名 大学")
    assert mails() == [("role_asked", staff.email)]


def test_the_only_officer_who_asks_is_answered_by_staff(institution, officer, staff):
    ask_membership(by=officer, role=Role.RESEARCHER, institution_name="見本大学")
    assert mails() == [("role_asked", staff.email)]
    asked = MembershipRequest.objects.get()
    with pytest.raises(NotAllowed):
        grant_membership(request=asked, by=officer, starts_on=DAY)
    assert list(requests_managed_by(officer)) == []
    grant_membership(request=asked, by=staff, starts_on=DAY)


def test_the_same_request_is_made_once_and_at_most_three_wait(institution, officer):
    user = make_user()
    for name in ("見本大学", "甲大学", "乙大学"):
        ask_membership(by=user, role=Role.RESEARCHER, institution_name=name)
    with pytest.raises(RuleBroken) as refused:
        ask_membership(by=user, role=Role.RESEARCHER, institution_name="University of Samples")
    assert codes(refused) == ["request_exists", "requests_too_many"]
    assert MembershipRequest.objects.count() == 3


def test_a_role_that_one_has_and_one_that_is_given_by_agencies_are_not_asked_for(institution):
    user = give_role(make_user(), institution, Role.RESEARCHER)
    with pytest.raises(RuleBroken) as refused:
        ask_membership(by=user, role=Role.RESEARCHER, institution_name="見本大学")
    assert codes(refused) == ["role_held"]
    with pytest.raises(RuleBroken) as refused:
        ask_membership(by=user, role=Role.APPROVER, institution_name="見本大学")
    assert codes(refused) == ["role_not_of_kind"]


def test_an_officer_grants_with_dates_and_the_person_is_told(institution, officer):
    user = make_user(language="en")
    asked = make_membership_request(user, institution)
    grant_membership(request=asked, by=officer, starts_on=DAY, ends_on=dt.date(2027, 3, 31))
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by, asked.membership.ends_on) == (
        RequestState.GRANTED,
        officer,
        dt.date(2027, 3, 31),
    )
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (
        user.email,
        "Kakehashi: You were given a role at University of Samples",
    )
    assert "/en/profile/" in mail.body
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["given", "grant"]


def test_a_refusal_has_a_reason_and_waits_for_the_person(institution, officer):
    user = make_user()
    asked = make_membership_request(user, institution)
    with pytest.raises(RuleBroken) as refused:
        refuse_membership(request=asked, by=officer, reason=" ")
    assert codes(refused) == ["request_reason_missing"]
    refuse_membership(request=asked, by=officer, reason="在籍を確認できません。")
    assert mails() == [("role_refused", user.email)]
    assert [item.count for item in counted(user, waiting(user))] == [1]
    assert "在籍を確認できません。" in sign_in(user).get("/ja/profile/").content.decode()
    with pytest.raises(RuleBroken) as refused:
        grant_membership(request=asked, by=officer, starts_on=DAY)
    assert codes(refused) == ["transition_not_allowed"]


def test_officers_of_another_institution_and_of_agencies_have_no_part_in_it(institution):
    other = make_member(make_institution(), Role.INSTITUTION_OFFICER)
    researcher = make_member(institution, Role.RESEARCHER)
    agency = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    asked = make_membership_request(make_user(), institution)
    membership = researcher.person.memberships.get()
    for user in (other, researcher, agency):
        with pytest.raises(NotAllowed):
            grant_membership(request=asked, by=user, starts_on=DAY)
        with pytest.raises(NotAllowed):
            refuse_membership(request=asked, by=user, reason="x")
        with pytest.raises(NotAllowed):
            withdraw_request(request=asked, by=user)
        with pytest.raises(NotAllowed):
            end_membership(membership=membership, ends_on=DAY, by=user)
        assert list(requests_managed_by(user)) == []


def test_an_officer_ends_a_role_of_the_institution_and_the_person_is_told(institution, officer):
    researcher = make_member(institution, Role.RESEARCHER)
    membership = researcher.person.memberships.get()
    assert membership in memberships_managed_by(officer)
    end_membership(membership=membership, ends_on=DAY, by=officer)
    assert mails() == [("role_ended", researcher.email)]


def test_staff_name_the_institution_that_the_request_could_not(institution, staff):
    asked = make_membership_request(make_user(), None)
    with pytest.raises(RuleBroken) as refused:
        grant_membership(request=asked, by=staff, starts_on=DAY)
    assert codes(refused) == ["request_institution_unknown"]
    assert grant_membership(request=asked, by=staff, starts_on=DAY, organisation=institution).pk


def test_what_waits_is_counted_for_those_who_must_answer(institution, officer, staff):
    make_membership_request(make_user(), institution)
    make_membership_request(make_user(), None)
    assert [item.count for item in counted(officer, waiting(officer))] == [1]
    assert [item.count for item in counted(staff, waiting(staff))] == [1]
    assert requests_managed_by(staff).count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_people_asks_the_same_whatever_waits(institution, officer, count):
    for _ in range(count):
        make_membership_request(make_user(), institution)
    client = sign_in(officer)
    client.get("/ja/memberships/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/ja/memberships/")
    assert len([one for one in queries if asks(one["sql"])]) == 8
    assert answer.content.decode().count("/ja/memberships/requests/") == count
    assert client.post("/ja/memberships/", {}).status_code == 404


def test_an_empty_answer_gives_nothing(institution, officer):
    asked = make_membership_request(make_user(), institution)
    with translation.override("ja"):
        url = reverse("accounts:request_answer", args=[asked.public_id])
    assert sign_in(officer).post(url, {}).status_code == 200
    asked.refresh_from_db()
    assert asked.state == RequestState.WAITING


def test_somebody_newly_signed_up_is_led_from_the_call_to_the_first_proposal(institution, officer):
    """Profile, request, grant, and the button is there."""
    call = make_call(make_stage())
    page = f"/en/calls/{call.public_id}/"
    with writing():
        user = User.objects.create_user("new@univ.example", "a-long-password-2026", language="en")
    client = sign_in(user)
    home = client.get("/en/").content.decode()
    assert "Enter your name in your profile" in home and "My proposals" in home
    answer = client.get(page).content.decode()
    assert "To begin a proposal you need a role as researcher of a research institution." in answer
    assert 'href="/en/profile/"' in answer and "Begin a proposal" not in answer
    assert client.get("/en/memberships/ask/")["Location"] == "/en/profile/"

    client.post("/en/profile/", {"family_romaji": "Sample", "given_romaji": "Hana"})
    assert "Enter your name in your profile" not in client.get("/en/").content.decode()
    assert 'href="/en/memberships/ask/"' in client.get(page).content.decode()
    asked = client.post(
        "/en/memberships/ask/", {"institution_name": "University of Samples", "role": "researcher"}
    )
    assert asked["Location"] == "/en/profile/"
    assert "waits for its answer" in client.get(page).content.decode()

    request = MembershipRequest.objects.get()
    sign_in(officer).post(
        f"/ja/memberships/requests/{request.public_id}/", {"answer": "grant", "starts_on": "2020-04-01"}
    )
    assert has_role(User.objects.get(pk=user.pk), Role.RESEARCHER)
    answer = client.get(page).content.decode()
    assert "Begin a proposal" in answer and "you need a role" not in answer


def test_officers_and_visitors_are_told_of_no_obstacle():
    stage = make_stage()
    call = make_call(stage)
    for client in (Client(), sign_in(stage.home1), sign_in(stage.ministry1)):
        assert "you need a role" not in client.get(f"/en/calls/{call.public_id}/").content.decode()
