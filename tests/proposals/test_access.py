"""Who reads a proposal."""

import datetime as dt

import pytest

from accounts.enums import Role
from accounts.models import User
from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from proposals.actions.access import exclude, let_read, stop_reading
from proposals.actions.outcomes import record_outcome
from proposals.actions.submission import (
    extend_deadline,
    lock_overdue_calls,
    submit_proposal,
    withdraw_proposal,
)
from proposals.budgeting import asked_in
from proposals.models import Proposal, TeamMember
from proposals.permissions import is_excluded
from proposals.queries import last_submission, office_proposals, own_proposals, proposals_visible_to
from tests.builders.people import make_agency, make_member, make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import YEARLY, make_pi, make_proposal

pytestmark = pytest.mark.django_db


def test_own_team_sees_its_draft() -> None:
    pi, colleague = make_pi(), make_user()
    proposal = make_proposal(make_call(make_stage()), pi=pi)
    with writing():
        TeamMember.objects.create(
            joined_at=now(),
            proposal=proposal,
            person=colleague.person,
            role="co_investigator",
            institution_name="X",
            country_code="JP",
        )
    assert list(proposals_visible_to(pi)) == [proposal]
    assert list(proposals_visible_to(colleague)) == [proposal]


@pytest.mark.parametrize("state, count", [("draft", 0), ("submitted", 0), ("locked", 1), ("adopted", 1)])
def test_officers_see_what_was_received_once_the_deadline_has_passed(state: str, count: int) -> None:
    stage = make_stage()
    make_proposal(make_call(stage), state=state)
    for user in (stage.home1, stage.home2, stage.partner1, stage.partner2):
        assert proposals_visible_to(user).count() == count


def test_officers_of_other_agencies_and_ministry_see_nothing() -> None:
    stage = make_stage()
    make_proposal(make_call(stage), state="locked")
    stranger = make_member(make_agency(), Role.PROGRAMME_OFFICER)
    assert [proposals_visible_to(user).count() for user in (stranger, stage.ministry1, make_user())] == [
        0,
        0,
        0,
    ]


def test_officers_do_not_see_a_reopened_draft() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="submitted")
    with writing():
        proposal.state = "draft"
        proposal.save()
    assert proposals_visible_to(stage.home1).count() == 0


def test_reader_sees_until_stopped() -> None:
    stage, reader = make_stage(), make_user()
    proposal = make_proposal(make_call(stage), state="eligible")
    for source in ("assignment:1", "assignment:2", "assignment:2"):
        let_read(proposal=proposal, person=reader.person, source=source, by=stage.home1)
    assert proposals_visible_to(reader).count() == 1
    assert stop_reading(proposal=proposal, person=reader.person, source="assignment:1", by=stage.home1)
    assert proposals_visible_to(reader).count() == 1
    assert stop_reading(proposal=proposal, person=reader.person, source="assignment:2", by=stage.home1)
    assert not stop_reading(proposal=proposal, person=reader.person, source="assignment:2", by=stage.home1)
    assert proposals_visible_to(reader).count() == 0


def test_exclusion_outweighs_every_role_but_the_own_team() -> None:
    stage, reader, pi = make_stage(), make_user(), make_pi()
    proposal = make_proposal(make_call(stage), pi=pi, state="eligible")
    let_read(proposal=proposal, person=reader.person, source="assignment", by=stage.home1)
    for user in (reader, stage.home1, pi):
        exclude(proposal=proposal, person=user.person, source="conflict", by=user)
        exclude(proposal=proposal, person=user.person, source="conflict", by=user)
    assert [proposals_visible_to(user).count() for user in (reader, stage.home1, pi)] == [0, 0, 1]
    assert [is_excluded(user, proposal) for user in (reader, stage.home1, pi)] == [True, True, False]


def test_submitted_budget_is_that_of_the_last_submission() -> None:
    proposal = make_proposal(make_call(make_stage()), state="locked")
    with writing():
        proposal.budget.update(amount=1)
    budget = asked_in(last_submission(proposal).content)
    assert len(budget) == 25
    assert budget[2026, "goods"] == YEARLY["goods"]
    assert last_submission(proposal).number == 1


def test_nothing_submitted_is_no_submission() -> None:
    assert last_submission(make_proposal(make_call(make_stage()))) is None


def test_outcome_moves_the_state() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="eligible")
    assert record_outcome(proposal=proposal, outcome="reserve", by=stage.home2).state == "reserved"
    assert record_outcome(proposal=proposal, outcome="adopt", by=stage.partner2).state == "adopted"
    with pytest.raises(RuleBroken):
        record_outcome(proposal=proposal, outcome="not_adopt", by=stage.home2)


def test_outcome_needs_a_seat_without_conflict() -> None:
    stage = make_stage()
    proposal = make_proposal(make_call(stage), state="eligible")
    exclude(proposal=proposal, person=stage.home1.person, source="conflict", by=stage.home1)
    for user in (stage.home1, stage.ministry1, make_user()):
        with pytest.raises(NotAllowed):
            record_outcome(proposal=proposal, outcome="adopt", by=user)


def read_by(user: User) -> list[Proposal]:
    return list(office_proposals(user))


@pytest.mark.parametrize("is_given_time", [False, True])
def test_what_was_withdrawn_before_it_was_received_is_read_by_no_agency_later_either(
    is_given_time: bool,
) -> None:
    """Also where the call's own deadline had passed, and this proposal alone had more time."""
    stage, pi = make_stage(), make_pi()
    proposal = make_proposal(make_call(stage), pi=pi)
    deadline = proposal.call.deadline_at
    submit_proposal(proposal=proposal, by=pi)
    proposal.refresh_from_db()
    if is_given_time:
        until = deadline + dt.timedelta(days=3)
        extend_deadline(proposal=proposal, until=until, reason="理由", by=stage.home1)
    with clock.set_to(deadline + dt.timedelta(hours=1 if is_given_time else -1)):
        lock_overdue_calls()
        withdraw_proposal(proposal=proposal, by=pi, reason="事情による")
    with clock.set_to(deadline + dt.timedelta(days=9)):
        lock_overdue_calls()
        assert read_by(stage.home1) == read_by(stage.partner1) == []
        assert list(own_proposals(pi)) == [proposal]


def test_what_was_received_and_is_withdrawn_then_stays_in_the_agencies_lists() -> None:
    stage, pi = make_stage(), make_pi()
    proposal = make_proposal(make_call(stage), pi=pi)
    submit_proposal(proposal=proposal, by=pi)
    with clock.set_to(proposal.call.deadline_at + dt.timedelta(hours=1)):
        lock_overdue_calls()
        assert read_by(stage.home1) == [proposal]
        # Opened again by the agency, and withdrawn while it is: it has been read.
        proposal = Proposal.objects.get(pk=proposal.pk)
        until = proposal.deadline_at + dt.timedelta(days=3)
        extend_deadline(proposal=proposal, until=until, reason="理由", by=stage.home1)
        withdraw_proposal(proposal=proposal, by=pi, reason="事情による")
        assert read_by(stage.home1) == [proposal]
