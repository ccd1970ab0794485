"""Declining after the decision: the state, the money, and who is told."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kernel.actions import NotAllowed, writing
from kernel.clock import now, today
from kernel.outbox.models import OutboxMail
from kernel.violations import RuleBroken
from program.models import Envelope
from projects.actions.declining import decline_proposal
from projects.actions.ledger import correct_entry, record_payment
from projects.contributions import proposal_moves, waiting
from projects.models import CapAccount, Project
from projects.queries import allocated, allocated_by_institution
from tests.builders.people import make_institution, make_user
from tests.builders.program import Stage, make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_proposal

pytestmark = pytest.mark.django_db
REASON = "所属機関の異動により実施できないため"


def made() -> tuple[Stage, Project]:
    stage = make_stage()
    return stage, make_project(stage)


def decline(project: Project) -> None:
    decline_proposal(proposal=project.proposal, by=project.pi.user, reason=REASON)


def test_what_was_allocated_is_free_again_and_the_project_closed() -> None:
    stage, project = made()
    decline(project)
    project.refresh_from_db()
    project.proposal.refresh_from_db()
    assert (project.state, project.proposal.state) == ("closed", "declined")
    assert set(allocated(project).values()) == {0}
    assert {one.total for one in CapAccount.objects.filter(project=project)} == {0}
    envelopes = Envelope.objects.filter(programme=stage.programme, agency=stage.home)
    assert {envelope.committed for envelope in envelopes} == {0}
    assert project.ledger.filter(kind="allocation").exists()  # nothing is taken out of the ledger


def test_each_institution_gives_back_its_own_part() -> None:
    _stage, project = made()
    other = make_institution()
    with writing():
        project.ledger.create(
            institution=other,
            fiscal_year=project.first_year,
            category="goods",
            kind="allocation",
            amount=1_000_000,
            on=today(),
        )
    decline(project)
    assert allocated_by_institution(project) == []
    assert project.ledger.get(kind="change", institution=other).amount == -1_000_000


def test_a_running_project_is_declined_until_something_was_spent() -> None:
    stage, project = made()
    year = project.first_year
    with time_machine.travel(dt.datetime(year, 9, 1, tzinfo=dt.UTC)):
        entry = record_payment(
            project=project, by=stage.home1, fiscal_year=year, category="goods", amount=5, on=today()
        )
        with pytest.raises(RuleBroken) as broken:
            decline(project)
        assert [violation.code for violation in broken.value.violations] == ["declined_after_spending"]
        offered = [move.url for move in proposal_moves(project.pi.user, project.proposal)]
        assert reverse("projects:decline", args=[project.proposal.public_id]) not in offered
        correct_entry(entry=entry, by=stage.home1, reason="誤記")
        decline(project)
    project.refresh_from_db()
    assert project.state == "closed"


def test_one_on_the_reserve_list_is_declined_without_money() -> None:
    proposal = make_proposal(make_call(make_stage(), state="decided"), state="reserved")
    decline_proposal(proposal=proposal, by=proposal.pi.user, reason=REASON)
    proposal.refresh_from_db()
    assert proposal.state == "declined"


@pytest.mark.parametrize("state", ["draft", "submitted", "eligible", "not_adopted", "withdrawn", "declined"])
def test_before_the_decision_and_twice_nothing_is_declined(state: str) -> None:
    proposal = make_proposal(make_call(make_stage()), state=state)
    with pytest.raises(RuleBroken) as broken:
        decline_proposal(proposal=proposal, by=proposal.pi.user, reason=REASON)
    assert [violation.code for violation in broken.value.violations] == ["transition_not_allowed"]


def test_it_needs_a_reason_and_the_principal_investigator() -> None:
    stage, project = made()
    with pytest.raises(RuleBroken) as broken:
        decline_proposal(proposal=project.proposal, by=project.pi.user, reason=" ")
    assert [violation.code for violation in broken.value.violations] == ["reason_missing"]
    for user in (stage.home1, make_user()):
        with pytest.raises(NotAllowed):
            decline_proposal(proposal=project.proposal, by=user, reason=REASON)


def test_officers_of_the_lead_agency_are_told_and_find_the_reserve_list() -> None:
    stage, project = made()
    reserved = make_proposal(project.proposal.call, state="reserved")
    decline(project)
    told = OutboxMail.objects.filter(template="proposal_declined_office")
    assert [mail.recipient for mail in told] == [stage.home1.email]
    assert REASON in told[0].body
    assert OutboxMail.objects.get(template="proposal_declined").recipient == project.pi.user.email
    shown = [item for item in waiting(stage.home1) if "state=reserved" in item.url]
    assert [one.pk for one in shown[0].rows or ()] == [reserved.pk]
    with time_machine.travel(now() + dt.timedelta(days=61)):
        [item] = [item for item in waiting(stage.home1) if "state=reserved" in item.url]
        assert not (item.rows is not None and item.rows.exists())


def test_the_team_declines_on_a_page_and_the_timeline_tells_it() -> None:
    _stage, project = made()
    client = Client()
    client.force_login(project.pi.user)
    address = reverse("projects:decline", args=[project.proposal.public_id])
    tasks = reverse("proposals:tasks", args=[project.proposal.public_id])
    assert address in client.get(tasks).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": REASON})
    found = client.get(tasks)
    assert found.context["events"][0]["title"]
    assert address not in found.content.decode()
    assert client.get(address).status_code == 302
