"""A partner award found in the imported register, taken over, and marked where the claim differs."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from proposals.actions.awards import warnings_of
from proposals.actions.content import content_of
from proposals.actions.putting_back import put_back
from proposals.models import PartnerAward, Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_import_run, make_registered_award

pytestmark = pytest.mark.django_db
ROR = "021nxhr62"
DATES = {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2031, 8, 31)}


def at(route: str, *args: Any) -> str:
    with translation.override("en"):
        return reverse(f"proposals:{route}", args=args)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def draft() -> Proposal:
    """A draft of a call in which the agency of the register takes part."""
    proposal = make_proposal(make_call(make_stage()), is_complete=False)
    agency = proposal.call.call_agencies.exclude(agency=proposal.call.lead_agency).get().agency
    with writing():
        agency.ror_id = ROR
        agency.save()
    return proposal


def registered(**fields: Any) -> Any:
    run = make_import_run(kind="awards", file_name="awards.xml")
    return make_registered_award(
        **{"number": "1500201", "title": "Lattices", "imported_by_run": run, **DATES, **fields}
    )


def posted(draft: Proposal, **change: str) -> dict[str, Any]:
    return {
        "agency": draft.call.call_agencies.get(agency__ror_id=ROR).agency_id,
        "number": "1500201",
        "title": "Lattices",
        "pi_name": "Alex Example",
        "pi_role": "pi",
        "amount": "123,456",
        "currency": "USD",
        "starts_on": "2026-09-01",
        "ends_on": "2031-08-31",
        **change,
    }


def taken_over(draft: Proposal, **change: str) -> PartnerAward:
    award = registered()
    address = f"{at('award_add', draft.public_id)}?award={award.public_id}"
    assert signed_in(draft.pi.user).post(address, posted(draft, **change)).status_code == 302
    return draft.awards.get()


@pytest.mark.parametrize("words", ["1500201", "lattic", "alex exam", "science found"])
def test_an_award_is_found_by_number_title_investigator_and_agency(draft: Proposal, words: str) -> None:
    award = registered()
    page = signed_in(draft.pi.user).get(at("award_add", draft.public_id), {"q": words})
    assert [entry["award"] for entry in page.context["found"]] == [award]


def test_agencies_of_the_call_come_first_and_others_with_a_warning(draft: Proposal) -> None:
    other = registered(number="1", agency_ror_id="00hhkn466", agency_name="Another agency")
    own = registered()
    client, address = signed_in(draft.pi.user), at("award_add", draft.public_id)
    found = client.get(address, {"q": "lattices"}).context["found"]
    assert [(entry["award"], bool(entry["warning"])) for entry in found] == [(own, False), (other, True)]
    only = client.get(address, {"q": "lattices", "agency": ROR}).context["found"]
    assert [entry["award"] for entry in only] == [own]


def test_an_agency_that_has_left_the_call_is_warned_about(draft: Proposal) -> None:
    registered()
    with writing():
        draft.call.call_agencies.filter(agency__ror_id=ROR).update(
            ends_on=dt.date(2020, 1, 1), starts_on=dt.date(2019, 1, 1)
        )
    found = signed_in(draft.pi.user).get(at("award_add", draft.public_id), {"q": "lattices"})
    assert [bool(entry["warning"]) for entry in found.context["found"]] == [True]


def test_no_more_are_shown_than_can_be_read_and_it_is_said(draft: Proposal) -> None:
    for number in range(11):
        registered(number=f"N{number}")
    page = signed_in(draft.pi.user).get(at("award_add", draft.public_id), {"q": "lattices"})
    assert (len(page.context["found"]), page.context["has_more"]) == (10, True)


def test_what_is_taken_over_shows_its_source_and_the_day_of_import(draft: Proposal) -> None:
    award = registered()
    client, address = signed_in(draft.pi.user), at("award_add", draft.public_id)
    page = client.get(address, {"award": award.public_id}).content.decode()
    assert "awards.xml" in page and "In the register: 123,456.00 USD" in page
    claim = taken_over_again(client, draft, award)
    assert (claim.registered, claim.pi_role) == (award, "co_pi")
    own = client.get(at("awards", draft.public_id))
    shown = own.context["details"][0]["register"]
    assert "awards.xml" in shown["source"]
    assert not any(row["differs"] for row in shown["rows"])
    assert "co-principal investigator" in own.content.decode()


def taken_over_again(client: Client, draft: Proposal, award: Any) -> PartnerAward:
    address = f"{at('award_add', draft.public_id)}?award={award.public_id}"
    assert client.post(address, posted(draft, pi_role="co_pi")).status_code == 302
    return draft.awards.get()


def test_what_the_applicant_changes_is_marked_as_differing(draft: Proposal) -> None:
    claim = taken_over(draft, amount="200,000", number="1500201-A")
    assert claim.registered is not None
    page = signed_in(draft.pi.user).get(at("awards", draft.public_id))
    rows = page.context["details"][0]["register"]["rows"]
    assert [row["label"] for row in rows if row["differs"]] == ["Award number", "Amount of the award"]
    assert len(re.findall("The claim differs</span>|badge--warning", page.content.decode())) >= 2
    assert "award_differs_from_register" in {
        warning.code for warning in warnings_of(draft, [claim], leaders=())[claim.pk]
    }


def test_a_later_import_changes_the_register_and_not_what_was_taken_over(draft: Proposal) -> None:
    claim = taken_over(draft)
    with writing():
        claim.registered.amount = 1
        claim.registered.save()
    page = signed_in(draft.pi.user).get(at("awards", draft.public_id))
    assert not any(row["differs"] for row in page.context["details"][0]["register"]["rows"])


def test_an_award_typed_in_has_no_register(draft: Proposal) -> None:
    client = signed_in(draft.pi.user)
    assert client.post(at("award_add", draft.public_id), posted(draft)).status_code == 302
    assert draft.awards.get().taken_over == {}
    assert client.get(at("awards", draft.public_id)).context["details"][0]["register"] is None


def test_the_part_in_the_award_must_be_stated(draft: Proposal) -> None:
    page = signed_in(draft.pi.user).post(at("award_add", draft.public_id), posted(draft, pi_role=""))
    assert list(page.context["form"].errors) == ["pi_role"]


def test_who_does_not_lead_the_award_is_told_of_instead_of_its_leader(draft: Proposal) -> None:
    claim = taken_over(draft, pi_role="other")
    codes = {warning.code for warning in warnings_of(draft, [claim], leaders=[["Morgan Sample"]])[claim.pk]}
    assert "award_led_by_another" in codes
    assert "award_of_another_pi" not in codes


def test_a_submission_keeps_what_was_taken_over_and_puts_it_back(draft: Proposal) -> None:
    claim = taken_over(draft)
    content = content_of(draft)
    with writing():
        claim.taken_over, claim.pi_role = {}, ""
        claim.save()
        put_back(draft, content)
    assert draft.awards.get().taken_over["file_name"] == "awards.xml"
    assert draft.awards.get().pi_role == "pi"


def test_a_content_from_before_mentions_neither(draft: Proposal) -> None:
    typed = make_proposal(draft.call)
    assert {"pi_role", "taken_over"} & set(content_of(typed)["awards"][0]) == set()
