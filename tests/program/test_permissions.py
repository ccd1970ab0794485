import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from kernel.actions import writing
from program.permissions import (
    agency_seats,
    answers_on_behalf,
    is_lead_officer,
    may_answer_for,
    may_approve_for,
)
from program.queries import agencies_of, calls_of_officer, calls_visible_to, designations_visible_to
from tests.builders.people import give_role, make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_seats_are_those_of_the_calls_own_agencies() -> None:
    stage, other = make_stage(), make_stage()
    call = make_call(stage)
    assert agency_seats(stage.home1, call) == {stage.home.pk}
    assert agency_seats(stage.partner2, call) == {stage.partner.pk}
    assert agency_seats(other.home1, call) == set()
    assert agency_seats(stage.ministry1, call) == set()


def test_an_agency_that_left_has_no_seat() -> None:
    stage = make_stage()
    call = make_call(stage)
    with writing():
        call.call_agencies.filter(agency=stage.partner).update(ends_on=dt.date(2024, 3, 31))
    assert agency_seats(again(stage.partner1), call) == set()
    assert not may_approve_for(again(stage.partner2), call, stage.partner)
    assert list(calls_of_officer(again(stage.partner1))) == []


def test_only_the_lead_agency_answers_for_one_that_does_not_sign_in() -> None:
    stage = make_stage()
    call, silent = make_call(stage), make_call(stage, signs_in=False)
    assert not may_answer_for(stage.home1, call, stage.partner)
    assert may_answer_for(stage.home1, silent, stage.partner)
    assert answers_on_behalf(stage.home1, silent, stage.partner)
    assert not may_answer_for(stage.home2, silent, stage.partner)
    assert not may_answer_for(stage.partner1, silent, stage.home)
    assert not may_approve_for(stage.home2, silent, stage.partner)


def test_officers_of_two_agencies_have_both_seats_but_approve_only_as_approver() -> None:
    stage = make_stage()
    call = make_call(stage)
    both = give_role(make_user(), stage.home, Role.APPROVER)
    give_role(both, stage.partner, Role.PROGRAMME_OFFICER)
    assert agency_seats(both, call) == {stage.home.pk, stage.partner.pk}
    assert may_approve_for(both, call, stage.home)
    assert not may_approve_for(both, call, stage.partner)
    assert not is_lead_officer(both, call)


def test_a_call_in_preparation_is_seen_by_its_agencies_and_the_ministry_alone() -> None:
    stage, other = make_stage(), make_stage()
    draft, opened = make_call(stage, state="draft"), make_call(stage)
    for user in (stage.home1, stage.partner1, stage.ministry1):
        assert set(calls_visible_to(user)) == {draft, opened}
    for user in (other.home1, make_user()):
        assert set(calls_visible_to(user)) == {opened}


def test_the_lead_agency_stands_first() -> None:
    stage = make_stage()
    assert list(agencies_of(make_call(stage))) == [stage.home, stage.partner]


def test_designations_are_seen_by_others_once_decided() -> None:
    stage = make_stage()
    with writing():
        draft = type(stage.designation).objects.create(
            programme=stage.programme, field=stage.field, country_id="JP"
        )
    assert set(designations_visible_to(stage.ministry1)) == {stage.designation, draft}
    assert set(designations_visible_to(stage.home1)) == {stage.designation}


def test_the_builders_make_every_state() -> None:
    call = make_call(make_stage())
    states = ("draft", "submitted", "locked", "eligible", "adopted")
    assert [make_proposal(call, state=state).receipt_number for state in states] == [
        None,
        *(f"{call.code}-{number:04}" for number in range(1, 5)),
    ]
