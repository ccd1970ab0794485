"""Two people, or two tabs, on one row of a part: nobody overwrites the other unseen."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from proposals.models import OtherGrant, Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.matrix.junk import Fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Proposal:
    proposal = make_proposal(make_call(make_stage()))
    with writing():
        OtherGrant.objects.create(
            proposal=proposal,
            person=proposal.pi,
            status="held",
            funder="見本財団",
            title="もとの題",
            first_year=2026,
            last_year=2027,
            effort_percent=10,
        )
    return proposal


ROWS = {
    "team_change": (lambda p: p.team.get(role="partner_pi"), "institution_name"),
    "award_change": (lambda p: p.awards.get(), "title"),
    "exchange_change": (lambda p: p.exchange.first(), "host"),
    "grant_change": (lambda p: p.grants.get(), "title"),
}


@pytest.mark.parametrize("route", ROWS)
def test_who_comes_later_sees_what_stands_now_and_may_then_save(draft: Proposal, route: str) -> None:
    find, field = ROWS[route]
    client = Client()
    client.force_login(draft.pi.user)
    with translation.override("ja"):
        address = reverse(f"proposals:{route}", args=[draft.public_id, find(draft).public_id])

    def form(answer: Any) -> dict[str, str]:
        values = Fields(answer.content.decode()).values
        return {name: value for name, value in values.items() if name != "remove_evidence"}

    first, second = form(client.get(address)), form(client.get(address))
    assert client.post(address, {**first, field: "一つ目の窓"}).status_code == 302
    answer = client.post(address, {**second, field: "二つ目の窓"})
    assert answer.status_code == 409
    assert getattr(find(draft), field) == "一つ目の窓"
    page = answer.content.decode()
    assert "一つ目の窓" in page
    assert answer.context["form"][field].value() == "二つ目の窓"
    assert {row["value"] for row in answer.context["standing_now"]} >= {"一つ目の窓"}
    seen = answer.context["form"]["seen"].value()
    again = {**second, field: "二つ目の窓", "seen": seen}
    again.pop("form_token", None)
    assert client.post(address, again).status_code == 302
    assert getattr(find(draft), field) == "二つ目の窓"
