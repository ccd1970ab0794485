"""e-Rad codes from the registry to the participating institutions: offered, confirmed, taken."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.organisations import change_institution
from accounts.enums import Role
from accounts.models import Organisation, User
from kernel.audit.models import AuditEntry
from kernel.violations import NotAllowed, RuleBroken
from registries.actions.imports import import_file
from registries.actions.participant_codes import take_codes
from registries.enums import RegistryKind
from registries.participants import code_offers
from tests.builders.people import make_agency, make_institution, make_member, make_user
from tests.builders.registries import make_ror_institution

pytestmark = pytest.mark.django_db
CODES = "erad_code,ror_id,name_ja\n0000000012,01dq60k83,東北大学\n0000000345,,見本工業大学\n".encode()


@pytest.fixture
def officer() -> User:
    return make_member(make_agency(), Role.PROGRAMME_OFFICER)


@pytest.fixture
def places() -> list[Organisation]:
    make_ror_institution(
        ror_id="01dq60k83", name_ja="東北大学", search_text="\ntohoku university\n東北大学\n"
    )
    make_ror_institution(ror_id="02v6kpv12", name_ja="見本工業大学", search_text="\n見本工業大学\n")
    made = [
        make_institution("東北大", name_ja="東北大", ror_id="01dq60k83"),
        make_institution("見本工大", name_ja="見本工業大学", erad_code="345"),
        make_institution("他大", name_ja="他の大学"),
    ]
    import_file(kind=RegistryKind.ERAD_CODES, name="codes.csv", content=CODES, by=None)
    return made


def codes() -> list[str]:
    return list(
        Organisation.objects.filter(kind="research_institution")
        .order_by("pk")
        .values_list("erad_code", flat=True)
    )


def test_an_import_gives_no_participating_institution_its_code(places: Any) -> None:
    assert codes() == ["", "345", ""]


def test_what_is_confirmed_is_taken_and_written_down_and_nothing_else(officer: User, places: Any) -> None:
    offers = code_offers(officer).offers
    assert [(o.organisation.short_name, o.code, o.by.value) for o in offers] == [
        ("東北大", "0000000012", "ror_id"),
        ("見本工大", "0000000345", "name"),
    ]
    assert take_codes(confirmed=[offers[1].value], by=officer) == 1
    assert codes() == ["", "0000000345", ""]
    entry = AuditEntry.objects.get(subject_id=places[1].public_id, verb="changed")
    assert (entry.details["before"]["erad_code"], entry.details["after"]["erad_code"]) == (
        "345",
        "0000000345",
    )
    assert [o.organisation.short_name for o in code_offers(officer).offers] == ["東北大"]


def test_an_offer_that_has_changed_since_is_not_taken(officer: User, places: Any) -> None:
    seen = [offer.value for offer in code_offers(officer).offers]
    change_institution(organisation=places[1], by=officer, erad_code="0000000999")
    with pytest.raises(RuleBroken, match="erad_codes_changed"):
        take_codes(confirmed=seen, by=officer)
    assert codes() == ["", "0000000999", ""]


@pytest.mark.parametrize("confirmed", [[], ["x"], ["0123456789ab - 0000000012"], ["\x00"]])
def test_what_was_not_offered_is_refused(officer: User, places: Any, confirmed: list[str]) -> None:
    with pytest.raises(RuleBroken):
        take_codes(confirmed=confirmed, by=officer)


def test_only_who_keeps_the_institutions_confirms(places: Any) -> None:
    for user in (make_user(), make_member(make_agency(country_code="US"), Role.PROGRAMME_OFFICER)):
        assert code_offers(user).offers == []
        with pytest.raises(NotAllowed):
            take_codes(confirmed=["x"], by=user)


def test_the_page_ticks_nothing_and_asks_for_a_tick(officer: User, places: Any) -> None:
    client = Client()
    client.force_login(User.objects.get(pk=officer.pk))
    page = client.get("/ja/registries/participants/erad-codes/")
    assert "checked" not in page.content.decode()
    refused = client.post("/en/registries/participants/erad-codes/", {})
    assert "Tick at least one institution" in refused.content.decode()
    value = page.context["rows"][0]["offer"].value
    done = client.post("/en/registries/participants/erad-codes/", {"take": [value]}, follow=True)
    assert "1 institution has got its code" in done.content.decode()
    assert codes() == ["0000000012", "345", ""]


def test_the_page_asks_as_often_for_many_institutions(officer: User, places: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            code_offers(officer)
        return len(queries)

    code_offers(officer)  # what is remembered of the officer's roles
    few = asked()
    for number in range(3):
        make_institution(f"M{number}", name_ja=f"大学{number}")
    assert asked() == few == 2
