"""The caps of a call being prepared: several currencies at once, nothing replaced unasked, rates said as they are."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from kernel import clock
from kernel.actions import writing
from kernel.clock import now
from program.models import Call
from registries.models import ExchangeRate
from tests.builders.program import Stage, make_call, make_stage
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
CAP = {"amount": "500000", "currency": "USD", "basis": "total", "period": "fiscal_year"}


def prepared() -> tuple[Stage, Call, Client, str]:
    stage = make_stage()
    opens = now() + dt.timedelta(days=100)
    call = make_call(stage, state="draft", opens_at=opens, deadline_at=opens + dt.timedelta(days=60))
    return stage, call, signed_in(stage.home1), f"/en/calls/{call.public_id}/"


def make_rate(on: dt.date, currency: str = "USD") -> None:
    with writing():
        ExchangeRate.objects.create(
            currency=currency, basis="daily", on=on, yen_per_unit=Decimal("150"), source="ECB"
        )


def test_caps_of_one_kind_stand_side_by_side_in_several_currencies() -> None:
    _stage, call, client, path = prepared()
    assert client.post(f"{path}caps/", CAP).status_code == 302
    assert set(call.caps.values_list("currency", "amount")) == {("JPY", 100_000_000), ("USD", 50_000_000)}


def test_a_cap_that_is_there_is_replaced_only_once_that_is_said() -> None:
    _stage, call, client, path = prepared()
    yen = {**CAP, "currency": "JPY", "amount": "90,000,000"}
    answer = client.post(f"{path}caps/", yen)
    assert "already has a cap of this kind in this currency: ¥100,000,000" in text_of(answer)
    assert 'type="checkbox" name="replaces"' in answer.content.decode()
    assert call.caps.get().amount == 100_000_000
    assert client.post(f"{path}caps/", {**yen, "replaces": "on"}).status_code == 302
    assert call.caps.get().amount == 90_000_000


@pytest.mark.parametrize(("currency", "is_known"), [("XYZ", False), ("ZZZ", False), ("CHF", True)])
def test_a_currency_that_does_not_exist_is_refused_at_its_field(currency: str, is_known: bool) -> None:
    _stage, call, client, path = prepared()
    answer = client.post(f"{path}caps/", {**CAP, "currency": currency})
    assert (answer.status_code == 302) is is_known
    if not is_known:
        assert list(answer.context["form"].errors) == ["currency"]
    assert call.caps.count() == (2 if is_known else 1)


def test_a_cap_without_a_rate_or_above_the_programme_s_is_pointed_out_at_once() -> None:
    _stage, _call, client, path = prepared()
    page = text_of(client.post(f"{path}caps/", {**CAP, "currency": "CHF"}, follow=True))
    assert "No exchange rate from CHF to yen is known" in page
    large = {**CAP, "currency": "JPY", "amount": "900,000,000", "basis": "direct"}
    page = text_of(client.post(f"{path}caps/", large, follow=True))
    assert "A yearly cap lies above the ¥100,000,000 a project and fiscal year" in page


def test_a_rate_of_the_opening_day_cannot_be_known_before_and_keeps_no_step_open() -> None:
    _stage, call, client, path = prepared()
    client.post(f"{path}caps/", CAP)
    make_rate(now().date() - dt.timedelta(days=20))
    tasks = client.get(f"{path}preparation/").context["tasks"]
    caps = next(task for task in tasks if task["url"].endswith("/caps/"))
    assert (caps["lacks"], caps["state_label"]) == (False, "to be looked at")
    assert "import the rates shortly before the opening" in caps["hint"]
    with clock.set_to(call.opens_at):
        tasks = signed_in(_stage.home1).get(f"{path}preparation/").context["tasks"]
    caps = next(task for task in tasks if task["url"].endswith("/caps/"))
    assert caps["lacks"]
    assert "The newest that is known is that of" in caps["hint"]


def test_the_wishes_of_a_form_with_other_faults_are_told_in_one_wave() -> None:
    stage = make_stage()
    page = signed_in(stage.home1).get("/en/calls/prepare/")
    assert "tier 1" not in text_of(page)
    answer = signed_in(stage.home1).post(
        "/en/calls/prepare/",
        {
            "code": "日本 語",
            "opens_at": "2027-04-01T10:00",
            "deadline_at": "2027-03-01T17:00",
            "min_years": "6",
            "max_years": "4",
            "mode": "joint_call",
            "tier": "2",
        },
    )
    errors = answer.context["form"].errors
    assert {"code", "title_ja", "deadline_at", "min_years", "max_years", "mode"} <= set(errors)
