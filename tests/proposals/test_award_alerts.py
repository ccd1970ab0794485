"""Both sides are told once of what comes up about a claimed award, and an officer takes note of it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.outbox.models import OutboxMail
from kernel.violations import NotAllowed
from proposals.actions.award_alerts import note_alerts, watch_awards
from proposals.actions.register import taken_from
from proposals.models import PartnerAward
from proposals.queries import awaiting_alert
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_registered_award

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Any:
    return make_stage()


def claimed(stage: Any, state: str = "locked", **fields: Any) -> PartnerAward:
    """An award that was taken over from the register, as it stands there."""
    award = make_proposal(make_call(stage), state=state).awards.get()
    registered = make_registered_award(starts_on=award.starts_on, ends_on=award.ends_on)
    with writing():
        award.registered, award.taken_over = registered, taken_from(registered)
        for name, value in fields.items():
            setattr(award, name, value)
        award.save()
    return award


def amended(award: PartnerAward, amount: int = 1) -> None:
    with writing():
        award.registered.amount = amount
        award.registered.save()


def told() -> set[str]:
    return set(OutboxMail.objects.filter(template="award_alert").values_list("recipient", flat=True))


def everybody(stage: Any, award: PartnerAward) -> set[str]:
    return {award.proposal.pi.user.email, stage.home1.email, stage.partner1.email}


def test_nothing_is_told_where_nothing_has_come_up(stage: Any) -> None:
    award = claimed(stage)
    assert watch_awards() == 0
    assert list(awaiting_alert(stage.home1)) == []
    award.refresh_from_db()
    assert award.alerts == []


def test_both_sides_are_told_once_of_a_change_in_the_register(stage: Any) -> None:
    award = claimed(stage)
    amended(award)
    assert watch_awards() == 3
    assert told() == everybody(stage, award)
    assert watch_awards() == 0
    amended(award, 2)
    assert watch_awards() == 3  # another change is another mail


def test_both_sides_are_told_of_an_award_that_ends_before_the_joint_research(stage: Any) -> None:
    award = claimed(stage)
    with writing():
        award.ends_on = dt.date(award.proposal.call.first_year + 5, 3, 1)
        award.save()
    assert watch_awards() == 3
    assert told() == everybody(stage, award)


@pytest.mark.parametrize("state", ["draft", "submitted", "ineligible", "not_adopted", "declined"])
def test_only_what_is_reviewed_or_carried_out_is_watched(stage: Any, state: str) -> None:
    amended(claimed(stage, state))
    assert watch_awards() == 0


def test_it_waits_for_officers_until_one_takes_note(stage: Any) -> None:
    award = claimed(stage)
    amended(award)
    watch_awards()
    for officer in (stage.home1, stage.partner1):
        assert list(awaiting_alert(officer)) == [award.proposal]
    note_alerts(award=award, by=stage.partner1)
    assert list(awaiting_alert(stage.home1)) == []
    amended(award, 3)
    watch_awards()
    assert list(awaiting_alert(stage.home1)) == [award.proposal]


def test_neither_applicant_nor_approver_takes_note(stage: Any) -> None:
    award = claimed(stage)
    amended(award)
    watch_awards()
    for user in (award.proposal.pi.user, stage.home2):
        with pytest.raises(NotAllowed):
            note_alerts(award=award, by=user)


def test_the_officers_page_shows_it_and_takes_note(stage: Any) -> None:
    award, client = claimed(stage), Client()
    amended(award)
    watch_awards()
    client.force_login(stage.home1)
    with translation.override("en"):
        office = reverse("proposals:office_proposal", args=[award.proposal.public_id])
        noted = reverse("proposals:award_alerts_note", args=[award.proposal.public_id, award.public_id])
        listed = reverse("proposals:office")
    page = client.get(office).content.decode()
    assert "Amount of the award: 123,456.00 USD → 0.01 USD" in page
    assert noted in page
    assert award.proposal.receipt_number in client.get(f"{listed}?todo=alert").content.decode()
    assert client.post(noted).status_code == 302
    again = client.get(office).content.decode()
    assert "0.01 USD" in again
    assert noted not in again
