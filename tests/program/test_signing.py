"""Who may sign first, and what happens to a designation between its decision and its first day."""

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import Membership
from kernel import clock
from kernel.actions import writing
from program.actions import designation_life as life
from program.models import Designation
from program.rules.standing import Turn, standing_on
from program.signing import first_signatories
from tests.builders.people import make_member
from tests.builders.program import Stage, make_stage
from tests.program.test_designation_life import DAY, a_reviewed, refused
from tests.program.test_pages import signed_in, text_of
from tests.program.test_waiting import labels

pytestmark = pytest.mark.django_db
TO_SIGN = "Designations to be signed first"


def test_of_two_officers_the_proposer_signs_first_and_the_reviewer_second() -> None:
    stage = make_stage()
    designation = a_reviewed(stage)
    assert first_signatories(designation) == [stage.ministry1]
    values = {"designation": designation, "valid_from": DAY}
    assert refused(life.sign_designation, by=stage.ministry2, **values) == ["signature_leaves_nobody"]
    life.sign_designation(by=stage.ministry1, **values)
    assert life.decide_designation(designation=designation, by=stage.ministry2).state == "decided"


def test_third_officer_lets_anybody_sign_first() -> None:
    stage = make_stage()
    third = make_member(stage.ministry, Role.MINISTRY_OFFICER)
    designation = a_reviewed(stage)
    assert first_signatories(designation) == [stage.ministry1, stage.ministry2, third]
    life.sign_designation(designation=designation, by=stage.ministry2, valid_from=DAY)
    assert life.decide_designation(designation=designation, by=third).state == "decided"


def test_first_signature_waits_where_nobody_else_is_left() -> None:
    stage = make_stage()
    designation = a_reviewed(stage)
    with writing():
        Membership.objects.filter(person=stage.ministry2.person).update(
            starts_on=dt.date(2020, 4, 1), ends_on=dt.date(2020, 4, 2)
        )
    assert refused(life.sign_designation, designation=designation, by=stage.ministry1, valid_from=DAY) == [
        "signature_without_second"
    ]


def test_first_signature_is_offered_to_whom_it_leaves_a_second() -> None:
    stage = make_stage()
    designation = a_reviewed(stage)
    path = f"/en/designations/{designation.public_id}/"
    page = text_of(signed_in(stage.ministry2).get(path))
    assert "Sign the decision" not in page
    assert f"First signs one of these: {stage.ministry1.person.name}." in page
    assert signed_in(stage.ministry2).get(f"{path}sign/").status_code == 404
    assert "Sign the decision" in text_of(signed_in(stage.ministry1).get(path))
    assert (labels(stage.ministry1).get(TO_SIGN), labels(stage.ministry2).get(TO_SIGN)) == (1, None)


def decided_for_later(stage: Stage) -> Designation:
    designation = a_reviewed(stage)
    first = clock.today() + dt.timedelta(days=900)
    life.sign_designation(designation=designation, by=stage.ministry1, valid_from=first)
    return life.decide_designation(designation=designation, by=stage.ministry2)


def standing_of(designation: Designation, day: dt.date) -> str:
    designation.refresh_from_db()
    return standing_on(
        day,
        state=designation.state,
        valid_from=designation.valid_from,
        valid_until=designation.valid_until,
        turns=[Turn(event.kind, event.on) for event in designation.events.order_by("on", "id")],
    )


@pytest.mark.parametrize(
    ("act", "expected"),
    [(life.withdraw_designation, "withdrawn"), (life.suspend_designation, "suspended")],
)
def test_designation_that_is_not_in_force_yet_can_be_stopped_today(act: object, expected: str) -> None:
    stage = make_stage()
    designation = decided_for_later(stage)
    assert callable(act)
    act(designation=designation, by=stage.ministry1, reason="状況の変化", on=clock.today())
    assert designation.valid_from is not None
    assert standing_of(designation, designation.valid_from) == expected


def test_nothing_takes_effect_before_the_decision() -> None:
    stage = make_stage()
    designation = decided_for_later(stage)
    yesterday = clock.today() - dt.timedelta(days=1)
    assert refused(
        life.withdraw_designation, designation=designation, by=stage.ministry1, reason="誤り", on=yesterday
    ) == ["effective_before_decision"]


def test_form_says_that_the_designation_never_comes_into_force() -> None:
    stage = make_stage()
    designation = decided_for_later(stage)
    page = signed_in(stage.ministry1).get(f"/en/designations/{designation.public_id}/withdraw/")
    assert "It is not in force yet, and never will be." in text_of(page)
    assert "without an end" in text_of(
        signed_in(stage.ministry1).get(f"/en/designations/{designation.public_id}/")
    )
