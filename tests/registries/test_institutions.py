"""ROR in full, and finding an institution while typing, on a page, and in a form."""

import json
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import translation

from accounts.models import Organisation, User
from kernel.violations import RuleBroken, sentence
from registries.actions.imports import import_file
from registries.enums import RegistryKind
from registries.forms.institutions import NamesInstitution
from registries.messages import problem_words
from registries.models import Institution
from registries.organisation_words import TABLES
from registries.queries import find_institutions, institution_meant
from tests.builders.people import make_user
from tests.builders.registry_files import extract

SHARED = Path(settings.BASE_DIR).parent / "shared/data/registries/ror"
JAPAN = "institutions/ror_v2_japan.json"

pytestmark = pytest.mark.django_db


def take(content: bytes, name: str = "ror.json") -> Any:
    return import_file(kind=RegistryKind.INSTITUTIONS, name=name, content=content, by=None)


def japan() -> None:
    take(extract(JAPAN))


def names(words: str) -> list[str]:
    return [row.name_ja or row.name_en for row in find_institutions(make_user(), words)[:5]]


def test_everything_that_ror_says_of_an_institution_is_kept() -> None:
    japan()
    jst = Institution.objects.get(ror_id="00097mb19")
    funders = next(known for known in jst.external_ids if known["kind"] == "fundref")
    assert (funders["preferred"], len(funders["every"])) == ("501100002241", 9)
    assert {known["kind"] for known in jst.external_ids} == {"fundref", "grid", "isni", "wikidata"}
    assert jst.links == [{"kind": "website", "url": "https://www.jst.go.jp"}]
    assert {"JST"} <= {name["value"] for name in jst.names if "acronym" in name["types"]}
    assert jst.modified_on is not None


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the collection of real files beside the checkout")
def test_the_real_files_have_the_counts_that_their_readme_says_and_again_change_nothing() -> None:
    def take_all() -> list[tuple[str, int, int, int, int]]:
        runs = [take(path.read_bytes(), path.name) for path in sorted(SHARED.glob("*.json"))]
        return [(run.file_name[7:], run.read, run.refused, run.created, run.updated) for run in runs]

    assert take_all() == [
        ("inactive_multilocation.json", 329, 0, 329, 0),
        ("jp_a.json", 1_290, 0, 1_276, 0),
        ("jp_b.json", 645, 0, 638, 0),
        ("partners.json", 837, 0, 673, 0),
    ]
    assert [(read, created, updated) for _, read, _, created, updated in take_all()] == [
        (329, 0, 0),
        (1_290, 0, 0),
        (645, 0, 0),
        (837, 0, 0),
    ]
    statuses = list(Institution.objects.values_list("status", flat=True))
    assert [statuses.count(status) for status in ("active", "inactive", "withdrawn")] == [2_624, 221, 71]
    assert sum(len(row) > 1 for row in Institution.objects.values_list("locations", flat=True)) == 37


def test_a_file_cut_in_the_middle_changes_nothing_and_says_where_it_breaks_off() -> None:
    whole = extract(JAPAN)
    with pytest.raises(RuleBroken) as refused:
        take(whole[: len(whole) // 2], "ror_v2_japan.json")
    with translation.override("en"):
        words = sentence(refused.value.violations[0])
    assert words.startswith("ror_v2_japan.json, line ")
    assert Institution.objects.count() == 0


def record(**changes: Any) -> bytes:
    return json.dumps([json.loads(extract(JAPAN))[0] | changes], ensure_ascii=False).encode()


@pytest.mark.parametrize(("language", "words"), [("ja", "ユーゴスラビア"), ("en", "Yugoslavia")])
def test_a_country_that_no_longer_exists_is_refused_by_its_name(language: str, words: str) -> None:
    good = json.loads(extract(JAPAN))[1]
    place = {"geonames_id": 1, "geonames_details": {"country_code": "YU", "name": "Beograd"}}
    bad = json.loads(extract(JAPAN))[0] | {"locations": [place]}
    run = take(json.dumps([bad, good]).encode())
    assert (run.created, run.refused) == (1, 1)
    with translation.override(language):
        told = problem_words(run.problems[0])
    assert words in told
    assert "BA, HR, ME, MK, RS, SI" in told


def test_a_link_that_is_no_address_is_left_out_and_told() -> None:
    run = take(record(links=[{"type": "website", "value": "javascript:alert(1)"}]))
    assert [problem["code"] for problem in run.problems] == ["ror_link_invalid"]
    assert Institution.objects.get().links == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("東北大学", "東北大学"),
        ("東北", "東北大学"),
        ("ｔｏｈｏｋｕ univ", "東北大学"),
        ("univ tohoku", "東北大学"),
        ("JST", "科学技術振興機構"),
        ("カガクギジュツシンコウキコウ", "科学技術振興機構"),
        ("かがくぎじゅつしんこうきこう", "科学技術振興機構"),
        ("https://ror.org/00097mb19", "科学技術振興機構"),
    ],
)
def test_what_a_person_types_leads_to_the_likeliest_institution(words: str, first: str) -> None:
    japan()
    names_of_jst = [name["value"] for name in Institution.objects.get(ror_id="00097mb19").names]
    if "カガク" in words or "かがく" in words:
        take(
            json.dumps(
                [
                    r
                    | {
                        "names": [
                            *r["names"],
                            {"value": "カガクギジュツシンコウキコウ", "lang": "ja", "types": ["alias"]},
                        ]
                    }
                    for r in json.loads(extract(JAPAN))
                    if r["id"].endswith("00097mb19")
                ]
            ).encode()
        )
    assert names_of_jst
    assert names(words)[0] == first


def test_an_accent_may_be_left_out_and_a_voiced_kana_may_not() -> None:
    take(
        record(
            names=[
                {"value": "Université de Génève", "lang": "fr", "types": ["label", "ror_display"]},
                {"value": "ガラス研究所", "lang": "ja", "types": ["label"]},
            ]
        )
    )
    assert len(names("universite geneve")) == len(names("がらす")) == 1
    assert names("カラス") == []


def test_one_that_exists_comes_before_one_that_has_ended() -> None:
    ended = json.loads(record(id="https://ror.org/02v6kpv12", status="inactive"))[0]
    there = json.loads(record())[0]
    take(json.dumps([ended, there]).encode())
    found = list(find_institutions(make_user(), there["names"][0]["value"]))
    assert [row.status for row in found] == ["active", "inactive"]


@pytest.mark.parametrize("words", ["", " ", "\x00", "%", "_", "'", "a" * 5_000, "東", "｛" * 50, "0" * 10])
def test_no_words_break_the_suggestions(words: str) -> None:
    japan()
    client = Client()
    client.force_login(User.objects.get(pk=make_user().pk))
    answer = client.get("/ja/registries/institutions/suggestions/", {"q": words})
    assert answer.status_code == 200
    assert len(answer.json()["institutions"]) <= 8


def test_suggestions_say_name_place_and_id_in_the_readers_language() -> None:
    japan()
    client = Client()
    client.force_login(User.objects.get(pk=make_user().pk))
    for language, name in (("ja", "東北大学"), ("en", "Tohoku University")):
        found = client.get(f"/{language}/registries/institutions/suggestions/?q=東北大学").json()[
            "institutions"
        ]
        assert (found[0]["name"], found[0]["country_code"], found[0]["note"]) == (name, "JP", "")


class Place(NamesInstitution):
    effort = forms.IntegerField()


@pytest.mark.parametrize(
    ("typed", "sent", "name", "ror_id"),
    [
        ("東北大学", "", "東北大学", "01dq60k83"),
        ("tohoku university", "", "tohoku university", "01dq60k83"),
        ("01dq60k83", "", "東北大学", "01dq60k83"),
        ("https://ror.org/01dq60k83", "", "東北大学", "01dq60k83"),
        ("個人研究所", "", "個人研究所", ""),
        # chosen from the list, and another name typed over it
        ("個人研究所", "01dq60k83", "個人研究所", ""),
        ("東北大学", "00097mb19", "東北大学", "01dq60k83"),
    ],
)
def test_a_form_resolves_what_was_typed_without_a_script(
    typed: str, sent: str, name: str, ror_id: str
) -> None:
    japan()
    form = Place({"institution_name": typed, "institution_ror_id": sent, "effort": "3"})
    with translation.override("ja"):
        assert form.is_valid(), form.errors
    assert (form.cleaned_data["institution_name"], form.cleaned_data["institution_ror_id"]) == (name, ror_id)


def test_a_name_that_several_bear_means_none_of_them_until_one_is_chosen() -> None:
    one, other = json.loads(record())[0], json.loads(record(id="https://ror.org/02v6kpv12"))[0]
    take(json.dumps([one, other]).encode())
    name = one["names"][0]["value"]
    assert institution_meant(name) is None
    chosen = institution_meant(name, "02v6kpv12")
    assert chosen is not None
    assert chosen.ror_id == "02v6kpv12"


def test_what_points_to_an_institution_has_words_in_both_languages() -> None:
    names = {
        f"{field.model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if getattr(field, "many_to_one", False)
        and field.related_model is Organisation
        and field.name in ("institution", "organisation")
    }
    assert sorted(names - TABLES.keys()) == []
