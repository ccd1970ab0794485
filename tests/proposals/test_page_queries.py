"""How often the pages of a proposal ask the database, whatever it holds."""

import datetime as dt

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kernel.actions import writing
from proposals.models import EligibilityVerdict, ExchangePlan, OtherGrant, PartnerAward, Proposal, TeamMember
from tests.builders.people import make_person
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.counting import asks

pytestmark = pytest.mark.django_db


def add_awards(proposal: Proposal, count: int) -> None:
    first = proposal.awards.order_by("pk").first()
    with writing():
        for number in range(1, count):
            PartnerAward.objects.create(
                proposal=proposal,
                agency=first.agency,
                number=f"{first.number}-{count}-{number}",
                title="Another",
                pi_name="Sample",
                amount=1,
                currency="USD",
                starts_on=dt.date(2026, 4, 1),
                ends_on=dt.date(2031, 3, 31),
            )


def queries(user: AbstractBaseUser, page: str, proposal: Proposal) -> int:
    client = Client()
    client.force_login(user)
    address = reverse(f"proposals:{page}", args=[proposal.public_id])
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum(asks(query["sql"]) for query in captured)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("state", ["locked", "eligible"])
def test_the_officers_page_is_flat_and_asks_ten_times(rows: int, state: str) -> None:
    stage = make_stage()
    call = make_call(stage, state="closed")
    proposal = make_proposal(call, state=state)
    add_awards(proposal, rows)
    for _twin in range(rows):
        twin = make_proposal(call, state="locked")
        with writing():
            twin.awards.update(number=proposal.awards.first().number)
    with writing():
        for agency, by in ((stage.home, stage.home1), (stage.partner, stage.partner1))[:rows]:
            EligibilityVerdict.objects.create(proposal=proposal, agency=agency, verdict="yes", by=by)
    assert queries(stage.home1, "office_proposal", proposal) == 10


def add_rows(proposal: Proposal, count: int) -> None:
    """So many rows of each part, of so many people."""
    add_awards(proposal, count)
    stay = proposal.exchange.first()
    with writing():
        for number in range(count):
            person = make_person(given_romaji=f"Person {number}")
            TeamMember.objects.create(
                proposal=proposal,
                person=person,
                role="co_investigator",
                institution_name="Example",
                country_code="JP",
                effort_percent=1,
            )
            OtherGrant.objects.create(
                proposal=proposal,
                person=person,
                status="held",
                funder="A",
                title="B",
                first_year=2026,
                last_year=2027,
                effort_percent=1,
            )
            stay.pk, stay.public_id = None, ExchangePlan(proposal=proposal).public_id
            stay.save(force_insert=True)


@pytest.mark.parametrize(("page", "asked"), [("team", 10), ("awards", 9), ("exchange", 8), ("grants", 9)])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_a_part_is_flat(page: str, asked: int, rows: int) -> None:
    proposal = make_proposal(make_call(make_stage()))
    add_rows(proposal, rows)
    assert queries(proposal.pi.user, page, proposal) == asked


@pytest.mark.parametrize("page", ["tasks", "check", "core", "preview"])
def test_the_pages_of_the_whole_are_flat(page: str) -> None:
    proposal = make_proposal(make_call(make_stage()))
    add_rows(proposal, 1)
    with_one = queries(proposal.pi.user, page, proposal)
    add_rows(proposal, 3)
    assert queries(proposal.pi.user, page, proposal) == with_one
