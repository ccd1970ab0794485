import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Membership, Person, User
from kernel.actions import writing
from tests.builders.people import BEGIN, give_role, make_agency, make_user
from tests.counting import asks

pytestmark = pytest.mark.django_db


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff():
    user = make_user()
    with writing():
        user.is_staff = True
        user.save()
    return user


def test_profile_of_a_newcomer_is_saved():
    with writing():
        user = User.objects.create_user("new@univ.example", "a-long-password-2026")
    answer = sign_in(user).post("/ja/profile/", {"family_kanji": "髙﨑", "given_kanji": "花子"}, follow=True)
    assert "プロフィールを保存しました。" in answer.content.decode()
    assert Person.objects.get(user=user).family_kanji == "髙﨑"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ja", "氏名を少なくとも一つ"), ("en", "Enter at least one name, in kanji or in Latin letters.")],
)
def test_profile_without_a_name_says_so_and_saves_nobody(language, sentence):
    with writing():
        user = User.objects.create_user("new@univ.example", "a-long-password-2026")
    answer = sign_in(user).post(f"/{language}/profile/", {"erad_number": "01234567"})
    assert sentence in answer.content.decode()
    assert 'value="01234567"' in answer.content.decode()
    assert Person.objects.count() == 0


def test_staff_give_a_role_on_the_page(staff):
    user, agency = make_user(), make_agency()
    answer = sign_in(staff).post(
        "/ja/memberships/",
        {
            "email": user.email.upper(),
            "organisation": agency.pk,
            "role": "approver",
            "starts_on": "2026-04-01",
        },
    )
    assert answer.status_code == 302
    assert Membership.objects.get(person=user.person).starts_on == dt.date(2026, 4, 1)


def test_a_second_click_gives_one_role(staff):
    user, agency = make_user(), make_agency()
    data = {
        "email": user.email,
        "organisation": agency.pk,
        "role": "approver",
        "starts_on": "2026-04-01",
        "form_token": "once",
    }
    client = sign_in(staff)
    assert [client.post("/ja/memberships/", data).status_code for _ in range(2)] == [302, 302]
    assert Membership.objects.filter(person=user.person).count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "1912-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_of_no_plausible_year_is_refused(staff, day):
    user, agency = make_user(), make_agency()
    answer = sign_in(staff).post(
        "/en/memberships/",
        {"email": user.email, "organisation": agency.pk, "role": "approver", "starts_on": day},
    )
    assert "Enter a date from 1913 to 2199." in answer.content.decode()
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("path", ["memberships", "audit"])
def test_lists_of_the_staff_take_the_same_queries_however_many_rows(staff, path):
    client, counts = sign_in(staff), []
    for rows in (1, 2):
        for _ in range(rows):
            give_role(make_user(), make_agency(), Role.APPROVER, starts_on=BEGIN)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/ja/{path}/").status_code == 200
        counts.append(sum(asks(query["sql"]) for query in captured))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_audit_trail_shows_no_private_part(staff, language):
    user = make_user()
    sign_in(user).post("/ja/profile/", {"family_kanji": "新姓"})
    page = sign_in(staff).get(f"/{language}/audit/").content.decode()
    assert "changed_names" in page
    assert user.person.family_kanji not in page


def test_the_profile_takes_full_width_digits_and_a_long_name_comes_back_with_its_count():
    user = make_user()
    client = sign_in(user)
    data = {"family_kanji": "髙﨑", "erad_number": "０１２３４５６７"}
    assert client.post("/ja/profile/", data).status_code == 302
    assert Person.objects.get(user=user).erad_number == "01234567"
    page = client.post("/ja/profile/", {"family_kanji": "長" * 120}).content.decode()
    assert "100文字以内で入力してください（現在120文字）。" in page and "長" * 120 in page
