"""The agencies' agreement to a call: to what it says now, by each for itself, or from a letter that two officers stand for."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kernel.clock import now
from kernel.violations import NotAllowed, RuleBroken
from program.actions import calls
from program.actions.call_agreements import agree_to_call, confirm_agreement
from program.models import Call
from program.plan import opening_plan
from tests.builders.program import make_call, make_stage
from tests.program.test_pages import signed_in, text_of
from tests.proposals.test_answers import one_page

pytestmark = pytest.mark.django_db


def lacking(call: Call) -> tuple[str, ...]:
    return opening_plan(Call.objects.get(pk=call.pk), now().date()).not_agreed


def test_each_agency_agrees_for_itself_and_a_change_asks_again() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    home, partner = (call.call_agencies.get(agency=agency) for agency in (stage.home, stage.partner))
    with pytest.raises(NotAllowed):
        agree_to_call(part=partner, by=stage.home1)
    agree_to_call(part=home, by=stage.home1)
    assert lacking(call) == (stage.partner.short_name,)
    agree_to_call(part=partner, by=stage.partner2)
    assert lacking(call) == ()
    calls.change_call(call=call, by=stage.home1, title_en="Other words")
    assert lacking(call) == ()
    calls.set_cap(call=call, by=stage.home1, amount=90_000_000)
    assert set(lacking(call)) == {stage.home.short_name, stage.partner.short_name}


def test_an_agreement_on_behalf_counts_once_a_second_officer_has_confirmed_it() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    part = call.call_agencies.get(agency=stage.partner)
    with pytest.raises(RuleBroken) as broken:
        agree_to_call(part=part, by=stage.home1)
    assert [v.code for v in broken.value.violations] == ["letter_missing", "letter_date_missing"]
    agreement = agree_to_call(
        part=part,
        by=stage.home1,
        letter=SimpleUploadedFile("letter.pdf", one_page()),
        letter_dated=dt.date(2026, 10, 1),
    )
    assert stage.partner.short_name in lacking(call)
    with pytest.raises(NotAllowed):
        confirm_agreement(agreement=agreement, by=stage.home1)
    confirm_agreement(agreement=agreement, by=stage.home2)
    assert stage.partner.short_name not in lacking(call)


def test_pages_lead_each_agency_to_its_agreement() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft")
    client, page = signed_in(stage.partner1), f"/ja/calls/{call.public_id}/"
    part = call.call_agencies.get(agency=stage.partner)
    link = f"/ja/calls/agencies/{part.public_id}/agree/"
    assert link in text_of(client.get(page))
    assert client.post(link).status_code == 302
    assert link not in text_of(client.get(page))
    rows = signed_in(stage.home1).get(f"{page}agencies/").context["rows"]
    assert {row["part"].agency.short_name: row["agreement"] for row in rows} == {
        stage.home.short_name: "未同意",
        stage.partner.short_name: "同意済み",
    }


def test_a_letter_that_is_no_pdf_or_dated_ahead_is_refused_beside_its_field() -> None:
    stage = make_stage()
    call = make_call(stage, state="draft", signs_in=False)
    part = call.call_agencies.get(agency=stage.partner)
    client, path = signed_in(stage.home1), f"/ja/calls/agencies/{part.public_id}/agree/"
    for values, field in (
        ({"letter": SimpleUploadedFile("a.pdf", b"no"), "letter_dated": "2026-10-01"}, "letter"),
        ({"letter": SimpleUploadedFile("a.pdf", one_page()), "letter_dated": "2099-10-01"}, "letter_dated"),
        ({"letter": SimpleUploadedFile("a.pdf", one_page())}, "letter_dated"),
    ):
        assert list(client.post(path, values).context["form"].errors) == [field]


def test_an_open_call_is_agreed_to_no_more() -> None:
    stage = make_stage()
    call = make_call(stage)
    part = call.call_agencies.get(agency=stage.partner)
    with pytest.raises(RuleBroken):
        agree_to_call(part=part, by=stage.partner1)
    assert signed_in(stage.partner1).get(f"/ja/calls/agencies/{part.public_id}/agree/").status_code == 404
