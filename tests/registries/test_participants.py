"""The form of a participating institution: what is refused by field, what is asked again, what is warned of."""

from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import Organisation
from kernel.actions import writing
from registries.models import Country, InstitutionSuccession
from tests.builders.people import make_agency, make_institution, make_member
from tests.builders.registries import make_country, make_ror_institution
from tests.program.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db
PATH = "/en/registries/participants/add/"


@pytest.fixture
def client() -> Client:
    make_country()
    return signed_in(make_member(make_agency(), Role.PROGRAMME_OFFICER))


def send(client: Client, **values: str) -> Any:
    return client.post(PATH, {"short_name": "見本大", "name_ja": "見本大学", "country_code": "JP", **values})


def test_country_that_has_ended_is_neither_offered_nor_taken(client: Client) -> None:
    with writing():
        Country.objects.create(
            code="DD", name_ja="ドイツ民主共和国", name_en="German Democratic Republic", ended_on="1990-10-03"
        )
    assert "German Democratic Republic" not in text_of(client.get(PATH))
    errors = send(client, country_code="DD").context["form"].errors
    assert errors == {
        "country_code": [
            "German Democratic Republic ended on 3 October 1990 (Heisei 2): choose a country that exists."
        ]
    }


def test_code_of_another_shape_is_kept_once_it_is_meant(client: Client) -> None:
    refused = send(client, erad_code="1４301")
    assert list(refused.context["form"].errors) == ["erad_code"]
    assert "Keep this e-Rad code as it is" in text_of(refused)
    assert send(client, erad_code="1４301", keep_code="on").status_code == 302
    assert Organisation.objects.get(short_name="見本大").erad_code == "14301"


def test_ror_id_that_another_has_is_the_only_thing_that_is_wrong(client: Client) -> None:
    make_institution("東北大", name_ja="東北大学", ror_id="01dq60k83")
    errors = send(client, name_ja="", ror_id="01dq60k83").context["form"].errors
    assert list(errors) == ["ror_id"]


def test_institution_that_ror_counts_no_longer_is_told_with_its_successor(client: Client) -> None:
    gone = make_ror_institution(ror_id="00892tw58", name_en="University of Adelaide", status="inactive")
    make_ror_institution(ror_id="028g18b61", name_en="Adelaide University")
    with writing():
        InstitutionSuccession.objects.create(predecessor=gone, successor_ror_id="028g18b61")
    answer = send(client, ror_id="00892tw58")
    page = text_of(client.get(answer["Location"]))
    said = "ROR gives this institution as “inactive”; its work is carried on by: Adelaide University (028g18b61)."
    assert page.count(said) == 2  # once as the message of the moment, once on the page for good
    assert page.index(said) < page.index("e-Rad institution code")


def test_list_names_each_institution_in_both_languages(client: Client) -> None:
    make_ror_institution(ror_id="01dq60k83", name_ja="東北大学", name_en="Tohoku University")
    for language, other in (("en", "東北大学"), ("ja", "Tohoku University")):
        assert other in text_of(client.get(f"/{language}/registries/institutions/"))
