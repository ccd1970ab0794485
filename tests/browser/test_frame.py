"""The frame's own pages, in both languages, on a desk and in a hand."""

import pytest

from accounts.enums import Role
from accounts.models import Person
from kernel.actions import writing
from tests.builders.people import make_agency, make_member, make_user, verify_email

BOTH = pytest.mark.parametrize("language", ["ja", "en"])
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def officer(live_server):
    return verify_email(make_member(make_agency("JST"), Role.PROGRAMME_OFFICER))


@pytest.fixture
def staff(live_server):
    user = make_user()
    with writing():
        user.is_staff = True
        user.save()
    return user


@BOTH
@WIDTHS
@pytest.mark.parametrize("page", ["", "accounts/login/", "accounts/signup/", "accounts/password/reset/"])
def test_a_page_for_everybody_has_no_barrier(walk, page, language, width):
    walker = walk(language=language, width=width)
    assert walker.open(f"/{language}/{page}") == 200
    assert walker.page.get_attribute("html", "lang") == language
    assert walker.look() == []


@BOTH
@WIDTHS
@pytest.mark.parametrize("page", ["", "profile/", "accounts/email/", "accounts/2fa/", "accounts/sessions/"])
def test_a_page_of_ones_own_has_no_barrier(walk, officer, page, language, width):
    walker = walk(language=language, width=width)
    walker.become(officer)
    assert walker.open(f"/{language}/{page}") == 200
    assert walker.look() == []


@BOTH
@WIDTHS
@pytest.mark.parametrize("page", ["design/", "memberships/", "audit/"])
def test_a_page_of_the_staff_has_no_barrier(walk, staff, page, language, width):
    walker = walk(language=language, width=width)
    walker.become(staff)
    assert walker.open(f"/{language}/{page}") == 200
    assert walker.look() == []


@BOTH
@pytest.mark.parametrize("javascript", [True, False])
def test_signing_in_leads_to_what_waits(walk, officer, language, javascript):
    walker = walk(language=language, javascript=javascript)
    walker.sign_in(officer, language)
    assert walker.path == f"/{language}/"
    assert "JST" in walker.text()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "メールアドレス又はパスワードが正しくありません。"),
        ("en", "The email address and/or password you specified are not correct."),
    ],
)
def test_a_wrong_password_says_so_and_keeps_the_address(walk, officer, language, sentence):
    walker = walk(language=language)
    walker.sign_in(officer, language, password="not-the-password")
    assert walker.path == f"/{language}/accounts/login/"
    assert sentence in walker.text()
    assert walker.page.input_value("input[name=login]") == officer.email
    assert walker.look() == []


def test_a_page_behind_the_sign_in_is_reached_after_it(walk, officer):
    walker = walk()
    walker.open("/ja/profile/")
    assert walker.path == "/ja/accounts/login/?next=/ja/profile/"
    walker.page.fill("input[name=login]", officer.email)
    walker.page.fill("input[name=password]", "a-long-password-2026")
    walker.press("main form button[type=submit]")
    assert walker.path == "/ja/profile/"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_profile_is_saved(walk, officer, javascript):
    walker = walk(javascript=javascript)
    walker.become(officer)
    walker.open("/ja/profile/")
    walker.page.fill("input[name=family_kanji]", "髙﨑")
    walker.press("main form button[type=submit]")
    assert Person.objects.get(user=officer).family_kanji == "髙﨑"


def test_switching_the_language_keeps_the_page_and_what_was_typed(walk, officer):
    walker = walk()
    walker.become(officer)
    walker.open("/ja/profile/")
    walker.page.fill("input[name=family_kanji]", "書きかけ")
    walker.switch_language("en")
    assert walker.path == "/en/profile/"
    assert walker.page.input_value("input[name=family_kanji]") == "書きかけ"
    assert walker.look() == []


def test_signing_out_ends_the_session(walk, officer):
    walker = walk()
    walker.become(officer)
    walker.open("/ja/")
    walker.page.click(".user-menu summary")
    walker.press(".user-menu form button[type=submit]")
    walker.open("/ja/profile/")
    assert walker.path == "/ja/accounts/login/?next=/ja/profile/"


@BOTH
def test_what_does_not_exist_says_so_in_the_readers_language(walk, officer, language):
    walker = walk(language=language)
    walker.become(officer)
    assert walker.open(f"/{language}/no/such/page/") == 404
    assert walker.page.get_attribute("html", "lang") == language
    assert walker.look() == []
