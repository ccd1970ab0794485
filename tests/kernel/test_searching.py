"""Both forms of a letter find each other; what is stored stays as it was typed (cases.md, 11)."""

import unicodedata

import pytest
from django.urls import reverse

from accounts.models import Person
from kernel.actions import writing
from kernel.searching import contains
from projects.models import Project
from tests.builders.people import make_person
from tests.builders.program import make_call, make_stage
from tests.builders.projects import make_project
from tests.builders.proposals import make_pi, make_proposal
from tests.builders.registries import make_registered_award

pytestmark = pytest.mark.django_db
USUAL, SECOND = "神谷", "\ufa19谷"
IN_ONE, IN_PARTS = "がん", unicodedata.normalize("NFD", "がん")


@pytest.mark.parametrize(
    ("stored", "asked", "is_found"),
    [
        (SECOND, USUAL, True),
        (USUAL, SECOND, True),
        (SECOND, SECOND, True),
        (IN_PARTS, IN_ONE, True),
        (IN_ONE, IN_PARTS, True),
        ("Müller", unicodedata.normalize("NFD", "MÜLLER".lower()), True),
        ("髙橋", "高橋", False),
        ("﨑山", "崎山", False),
        ("神谷", "谷神", False),
        ("a.c[神]", "a.c[\ufa19", True),
        ("abc神", "a.c神", False),
        ("50%神", "50%\ufa19", True),
    ],
)
def test_a_name_is_found_in_every_form(stored: str, asked: str, is_found: bool) -> None:
    person = make_person(family_kanji=stored)
    found = Person.objects.filter(contains(asked, "family_kanji", "given_kanji"))
    assert list(found) == [person] * is_found
    assert Person.objects.get(pk=person.pk).family_kanji == stored


@pytest.mark.parametrize("words", ["", "\\", "(", "[神", "神)", "*神", "\ufa19{3}", "神" * 500])
def test_no_word_is_an_error(words: str) -> None:
    make_person(family_kanji="神")
    assert Person.objects.filter(contains(words, "family_kanji")).count() == (not words)


@pytest.mark.parametrize("asked", [USUAL, SECOND])
def test_every_list_that_finds_names_finds_both_forms(client, asked: str) -> None:
    stage = make_stage()
    pi = make_pi()
    with writing():
        Person.objects.filter(user=pi).update(family_kanji=SECOND)
    project = make_project(stage, pi=pi)
    proposal = make_proposal(make_call(stage, state="review"), pi=pi, state="eligible")
    award = make_registered_award(pi_name=SECOND)
    client.force_login(stage.home1)
    for page, shown in {
        reverse("projects:projects"): project.number,
        reverse("proposals:office"): proposal.receipt_number,
        reverse("registries:awards"): award.number,
    }.items():
        assert shown in client.get(page, {"q": asked}).content.decode(), page
        assert shown not in client.get(page, {"q": "海野"}).content.decode(), page
    assert Project.objects.get().pi.family_kanji == SECOND
