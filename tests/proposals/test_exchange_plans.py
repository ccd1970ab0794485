"""Planned stays with their money: saved, counted, shown against the target, signed, put back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.violations import RuleBroken
from proposals.actions.content import content_of, digest
from proposals.actions.exchange import add_exchange, change_exchange
from proposals.actions.putting_back import put_back
from proposals.actions.signing import core_digest
from proposals.documents import sheet_of
from proposals.models import Proposal
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.builders.registries import make_ror_institution

pytestmark = pytest.mark.django_db
STAY: dict[str, Any] = {
    "direction": "dispatch",
    "career_stage": "doctoral",
    "host": "Example host",
    "country_code": "US",
    "starts_on": dt.date(2027, 3, 2),
    "ends_on": dt.date(2027, 4, 1),
}


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


@pytest.fixture
def proposal() -> Proposal:
    return make_proposal(make_call(make_stage(), exchange_target_percent=70))


def page(proposal: Proposal, route: str, language: str = "ja") -> str:
    client = Client()
    client.force_login(proposal.pi.user)
    with translation.override(language):
        address = reverse(f"proposals:{route}", args=[proposal.public_id])
    return client.get(address).content.decode()


def test_days_of_both_years_and_the_share_against_the_target_are_told(proposal: Proposal) -> None:
    add_exchange(proposal=proposal, by=proposal.pi.user, amount_yen=39_000_000, **STAY)
    japanese, english = page(proposal, "exchange"), page(proposal, "exchange", "en")
    assert "31日［2026年度 30日、2027年度 1日］（中長期）" in japanese
    assert "39,000,000円（申請額390,000,000円の10.0%）" in japanese and "目安は70%" in japanese
    assert "(10.0%)" in english and "target is 70%" in english
    assert "39,000,000円" in page(proposal, "budget")


def test_without_a_target_none_is_told(proposal: Proposal) -> None:
    with writing():
        type(proposal.call).objects.update(exchange_target_percent=None)
    assert "目安" not in page(proposal, "exchange")


@pytest.mark.parametrize(("amount", "code"), [(-1, "amount_negative"), (10**16, "amount_too_large")])
def test_what_is_no_amount_is_refused(proposal: Proposal, amount: int, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        add_exchange(proposal=proposal, by=proposal.pi.user, amount_yen=amount, **STAY)


def test_a_plan_from_before_has_the_digest_that_it_always_had(proposal: Proposal) -> None:
    content = content_of(proposal)
    assert "exchange_costs" not in content
    assert set(content["exchange"][0]) == {"public_id", "person_name", "degree_sought", *STAY}


def test_money_is_not_signed_and_the_host_is(proposal: Proposal) -> None:
    plan, by = proposal.exchange.first(), proposal.pi.user
    assert plan is not None
    fields = {name: getattr(plan, name) for name in (*STAY, "degree_sought", "person_name")}
    before = content_of(fresh(proposal))
    change_exchange(plan=plan, by=by, **{**fields, "amount_yen": 5})
    costed = content_of(fresh(proposal))
    assert core_digest(costed) == core_digest(before)
    assert digest(costed) != digest(before)
    change_exchange(plan=plan, by=by, **{**fields, "host_ror_id": "057zh3y96"})
    assert core_digest(content_of(fresh(proposal))) != core_digest(before)


def test_what_was_submitted_is_put_back_with_and_without_money(proposal: Proposal) -> None:
    old = content_of(fresh(proposal))
    with writing():
        proposal.exchange.update(amount_yen=7, host_ror_id="057zh3y96")
    new = content_of(fresh(proposal))
    for content in (old, new):
        with writing():
            put_back(fresh(proposal), content)
        assert digest(content_of(fresh(proposal))) == digest(content)


def test_the_sheet_has_the_totals_and_the_share(proposal: Proposal) -> None:
    add_exchange(proposal=proposal, by=proposal.pi.user, amount_yen=39_000_000, **STAY)
    with translation.override("ja"):
        sheet = sheet_of(content_of(fresh(proposal)), "ja", proposal.created_at)["exchange"]
    assert sheet["totals"]["rows"][0][1:] == ["2", "2", "0", "2", "243", "39,000,000円"]
    assert "10.0%" in sheet["remarks"]


def test_the_host_is_found_in_the_registry(proposal: Proposal) -> None:
    client = Client()
    client.force_login(proposal.pi.user)
    host = make_ror_institution()
    data = {**STAY, "host": host.name_en, "institution_ror_id": host.ror_id, "amount_yen": "１，０００"}
    answer = client.post(reverse("proposals:exchange_add", args=[proposal.public_id]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    plan = proposal.exchange.latest("pk")
    assert (plan.host_ror_id, plan.amount_yen) == (host.ror_id, 1000)
