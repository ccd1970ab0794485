"""Every mail that the sign-in library can send: under the portal's name, in our words, in both languages."""

import datetime as dt
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client, RequestFactory, override_settings
from django.utils import translation

from kernel.actions import writing
from tests.builders.people import make_user, verify_email

LIBRARY = Path(allauth.__file__).parent / "templates"
OURS = Path(settings.BASE_DIR) / "templates"
MAILS = sorted(
    path.relative_to(LIBRARY).as_posix().removesuffix("_subject.txt")
    for part in ("account", "mfa")
    for path in (LIBRARY / part / "email").glob("*_subject.txt")
)
VALUES = {
    "timestamp": dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC),
    "ip": "192.0.2.1",
    "user_agent": "Example browser",
    "activate_url": "https://portal.example/activate",
    "password_reset_url": "https://portal.example/reset",
    "signup_url": "https://portal.example/signup",
    "from_email": "old@univ.example",
    "to_email": "new@univ.example",
    "deleted_email": "old@univ.example",
    "code": "",
}


def sent(template: str, language: str, **values: str) -> mail.EmailMessage:
    mail.outbox.clear()
    request = RequestFactory().get(f"/{language}/")
    request.user = AnonymousUser()
    with translation.override(language), request_context(request):
        get_adapter(request).send_mail(template, "a@univ.example", {"current_site": None, **VALUES, **values})
    return mail.outbox[0]


def test_every_mail_of_the_library_is_ours() -> None:
    lacking = [
        f"{name}_{part}.txt"
        for name in MAILS
        for part in ("subject", "message")
        if not (OURS / f"{name}_{part}.txt").exists()
    ]
    assert (len(MAILS) > 15, lacking) == (True, [])


@pytest.mark.parametrize("template", MAILS)
@pytest.mark.parametrize(("language", "begin"), [("ja", "【架け橋】"), ("en", "Kakehashi: ")])
def test_a_mail_speaks_in_the_name_of_the_portal(template: str, language: str, begin: str) -> None:
    message = sent(template, language)
    assert message.subject.startswith(begin)
    assert settings.SITE_ADDRESS in message.body
    for text in ("Hello from", "example.com", "Thank you for using", "testserver"):
        assert text not in f"{message.subject} {message.body}"
    is_japanese = any("ぁ" <= letter <= "ん" for letter in message.body)
    assert is_japanese is (language == "ja")


def test_a_code_is_sent_where_there_is_one() -> None:
    for template in ("email_confirmation", "login_code", "password_reset_code"):
        assert "\n123456\n" in sent(f"account/email/{template}", "en", code="123456").body


@override_settings(CONTACT_EMAIL="support@portal.example")
def test_a_mail_names_whom_to_ask_where_that_is_set() -> None:
    assert "お問い合わせ先：support@portal.example" in sent("account/email/password_set", "ja").body


@pytest.mark.django_db
def test_the_mail_of_a_sign_up_has_the_portals_name_and_a_link(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False  # other tests sign up from the same address within the same minute
    mail.outbox.clear()
    Client().post(
        "/ja/accounts/signup/",
        {
            "email": "new@univ.example",
            "password1": "a-long-password-2026",
            "password2": "a-long-password-2026",
        },
    )
    (message,) = mail.outbox
    assert message.subject == "【架け橋】メールアドレスの確認"
    assert "/ja/accounts/confirm-email/" in message.body


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_signing_out_stays_in_the_language(language: str) -> None:
    client = Client()
    client.force_login(make_user())
    assert client.post(f"/{language}/accounts/logout/")["Location"] == f"/{language}/"


@pytest.mark.django_db
def test_the_address_that_is_used_is_marked_as_such() -> None:
    user = make_user()
    with writing():
        verify_email(user)
    client = Client()
    client.force_login(user)
    page = client.get("/ja/accounts/email/").content.decode()
    assert "通常使うアドレス" in page and "主な操作" not in page


@pytest.mark.django_db
@override_settings(
    CONTACT_EMAIL="support@portal.example",
    PRIVACY_URL="https://portal.example/privacy",
    TERMS_URL="https://portal.example/terms",
)
def test_the_foot_of_every_page_links_what_is_set() -> None:
    page = Client().get("/ja/").content.decode()
    for address in (
        "mailto:support@portal.example",
        "https://portal.example/privacy",
        "https://portal.example/terms",
    ):
        assert f'href="{address}"' in page
    assert "mailto:support@portal.example" in Client().get("/ja/no-such-page/").content.decode()


@pytest.mark.django_db
def test_nothing_stands_at_the_foot_that_is_not_set() -> None:
    page = Client().get("/ja/").content.decode()
    assert "mailto:" not in page and "個人情報" not in page
