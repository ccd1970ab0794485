"""The pages of team, partner award, planned stays and attachment, as the applicant meets them."""

import io
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kernel.actions import writing
from kernel.contributions import navigation
from kernel.ids import new_public_id
from registries.models import Country, RegisteredAward
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db


def at(language: str, route: str, *args: Any) -> str:
    with translation.override(language):
        return reverse(f"proposals:{route}", args=args)


@pytest.fixture
def draft() -> Any:
    return make_proposal(make_call(make_stage()), is_complete=True)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


ROUTES = ("team", "team_add", "awards", "award_add", "exchange", "exchange_add", "attachment")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("route", ROUTES)
def test_the_applicant_finds_each_page_and_a_stranger_finds_none(
    draft: Any, language: str, route: str
) -> None:
    address = at(language, route, draft.public_id)
    assert signed_in(draft.pi.user).get(address).status_code == 200
    for stranger in (make_user(), make_pi()):
        assert signed_in(stranger).get(address).status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_rows_are_changed_and_removed(draft: Any, language: str) -> None:
    client = signed_in(draft.pi.user)
    for route, back, row in (
        ("team", "team", draft.team.get(role="partner_pi")),
        ("award", "awards", draft.awards.get()),
        ("exchange", "exchange", draft.exchange.first()),
    ):
        for verb in ("change", "remove"):
            assert (
                client.get(at(language, f"{route}_{verb}", draft.public_id, row.public_id)).status_code == 200
            )
        response = client.post(at(language, f"{route}_remove", draft.public_id, row.public_id))
        assert response["Location"] == at(language, back, draft.public_id)
        assert not type(row).objects.filter(pk=row.pk).exists()


def test_a_row_of_another_proposal_is_absent(draft: Any) -> None:
    other = make_proposal(draft.call)
    client = signed_in(draft.pi.user)
    for route, row in (
        ("team", other.team.get(role="partner_pi")),
        ("award", other.awards.get()),
        ("exchange", other.exchange.first()),
    ):
        assert client.post(at("ja", f"{route}_remove", draft.public_id, row.public_id)).status_code == 404
        assert type(row).objects.filter(pk=row.pk).exists()


AWARD = {
    "number": "2412345",
    "title": "量子 <b>Quantum</b>",
    "pi_name": "Sample",
    "pi_role": "pi",
    "amount": "２，５００，０００．５０",
    "currency": "USD",
    "starts_on": "2025-09-01",
    "ends_on": "2031/8/31",
}


def test_an_award_is_entered_as_people_type_it(draft: Any) -> None:
    client = signed_in(draft.pi.user)
    agency = draft.awards.get().agency
    response = client.post(at("ja", "award_add", draft.public_id), {**AWARD, "agency": agency.pk})
    assert response.status_code == 302
    award = draft.awards.get(number="2412345")
    assert award.amount == 250_000_050
    page = client.get(at("ja", "awards", draft.public_id)).content.decode()
    assert "&lt;b&gt;Quantum" in page
    again = client.post(
        at("ja", "award_change", draft.public_id, award.public_id),
        {**AWARD, "agency": agency.pk, "amount": "1,000"},
    )
    assert again.status_code == 302
    assert draft.awards.get(number="2412345").amount == 100_000


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "-5"},
        {"amount": "ー５００"},
        {"amount": "1.005"},
        {"amount": "abc"},
        {"amount": "9" * 30},
        {"amount": "1.5", "currency": "JPY"},
        {"currency": "ZZZ"},
        {"agency": "999999"},
        {"agency": "x"},
        {"number": "\0"},
        {"number": "9" * 61},
        {"starts_on": "2025-02-30"},
        {"ends_on": "2020-01-01"},
        {"title": ""},
    ],
)
def test_what_is_mistyped_comes_back_beside_its_field_and_is_not_lost(
    draft: Any, change: dict[str, str]
) -> None:
    client = signed_in(draft.pi.user)
    data = {**AWARD, "agency": draft.awards.get().agency.pk, **change}
    response = client.post(at("ja", "award_add", draft.public_id), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == set(change) - (
        {"currency"} if "amount" in change else set()
    )
    assert draft.awards.count() == 1
    if "title" not in change:
        assert "量子" in response.content.decode()


def test_a_published_award_is_found_and_not_typed_again(draft: Any) -> None:
    with writing():
        award = RegisteredAward.objects.create(
            agency_ror_id="021nxhr62",
            agency_name="NSF",
            number="1500201",
            title="Lattices",
            pi_name="Casey Specimen",
            country_code="US",
            amount=12_345_600,
            currency="USD",
        )
    client = signed_in(draft.pi.user)
    address = at("en", "award_add", draft.public_id)
    assert "1500201: Lattices" in client.get(address, {"q": "lattice"}).content.decode()
    assert "Nothing was found" in client.get(address, {"q": "none such"}).content.decode()
    chosen = client.get(address, {"award": award.public_id}).content.decode()
    assert 'value="Casey Specimen"' in chosen
    assert 'value="123,456.00"' in chosen or 'value="123,456"' in chosen
    for junk in ("\0", "x" * 300, "%", "'; --"):
        assert client.get(address, {"q": junk, "award": junk}).status_code == 200


def test_a_member_and_a_stay_are_added_once_by_a_double_click(draft: Any) -> None:
    with writing():
        Country.objects.get_or_create(code="GB", defaults={"name_ja": "英国", "name_en": "United Kingdom"})
    client = signed_in(draft.pi.user)
    member = {
        "given_romaji": "Wayan",
        "role": "partner_member",
        "institution_name": "Example",
        "country_code": "GB",
        "effort_percent": "１０",
        "form_token": "once",
    }
    stay = {
        "direction": "dispatch",
        "career_stage": "master",
        "host": "Example",
        "country_code": "GB",
        "starts_on": "2026-05-01",
        "ends_on": "2026-05-31",
        "form_token": "twice",
    }
    before = draft.team.count(), draft.exchange.count()
    for route, data in (("team_add", member), ("exchange_add", stay)):
        for _click in range(2):
            assert client.post(at("ja", route, draft.public_id), data).status_code == 302
    assert (draft.team.count(), draft.exchange.count()) == (before[0] + 1, before[1] + 1)
    assert "31日（中長期）" in client.get(at("ja", "exchange", draft.public_id)).content.decode()
    assert "Wayan" in client.get(at("en", "team", draft.public_id)).content.decode()


def test_a_stay_that_breaks_a_rule_comes_back_beside_its_field(draft: Any) -> None:
    data = {
        "direction": "dispatch",
        "career_stage": "master",
        "host": "Example",
        "country_code": "JP",
        "starts_on": "2026-05-01",
        "ends_on": "2026-04-30",
    }
    response = signed_in(draft.pi.user).post(at("ja", "exchange_add", draft.public_id), data)
    assert set(response.context["form"].errors) == {"country_code", "ends_on"}


def test_the_attachment_is_given_seen_and_removed(draft: Any) -> None:
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    client = signed_in(draft.pi.user)
    address = at("ja", "attachment", draft.public_id)
    assert (
        client.post(address, {"file": SimpleUploadedFile("申請書_がん.pdf", out.getvalue())}).status_code
        == 302
    )
    file = client.get(at("ja", "attachment_file", draft.public_id))
    assert b"".join(file.streaming_content) == out.getvalue()
    assert file["Content-Disposition"].startswith("attachment")
    bad = client.post(address, {"file": SimpleUploadedFile("evil.pdf", b"MZ\x90")})
    assert list(bad.context["form"].errors) == ["file"]
    assert client.post(address, {"remove": "1"}).status_code == 302
    assert client.get(at("ja", "attachment_file", draft.public_id)).status_code == 404


def test_after_the_draft_each_page_leads_to_the_check_page() -> None:
    proposal = make_proposal(make_call(make_stage()), state="submitted")
    client = signed_in(proposal.pi.user)
    for route in ROUTES:
        response = client.get(at("ja", route, proposal.public_id))
        assert response["Location"] == at("ja", "check", proposal.public_id)
    post = client.post(at("ja", "team_add", proposal.public_id), {"given_romaji": "A"})
    assert post.status_code == 200


@pytest.mark.parametrize(("route", "queries"), [("team", 7), ("awards", 6), ("exchange", 5)])
def test_a_list_asks_as_often_for_three_rows_as_for_one(
    draft: Any, route: str, queries: int, django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(navigation, "_items", {})  # what the frame asks is no list's
    client = signed_in(draft.pi.user)
    related = {"team": draft.team, "awards": draft.awards, "exchange": draft.exchange}[route]
    with writing():
        for row in related.exclude(pk=related.first().pk):
            row.delete()
    client.get(at("ja", route, draft.public_id))
    for wanted in (1, 3):
        with writing():
            while related.count() < wanted:
                row = related.first()
                row.pk, row.public_id = None, new_public_id()
                if route == "team":
                    row.person, row.role = make_user().person, "co_investigator"
                if route == "awards":
                    row.number = new_public_id()
                row.save()
        with django_assert_num_queries(queries):
            page = client.get(at("ja", route, draft.public_id))
        assert len(page.context["rows"]) == wanted


@pytest.mark.parametrize("query", [{"award": "\0"}, {"award": "x" * 900}, {"q": "\0"}, {"q": "%_" * 90}])
def test_a_hostile_search_for_an_award_is_no_error(draft: Any, query: dict[str, str]) -> None:
    page = signed_in(draft.pi.user).get(at("ja", "award_add", draft.public_id), query)
    assert page.status_code == 200
