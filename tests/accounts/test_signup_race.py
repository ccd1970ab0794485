"""One address in two spellings, signed up with at the same instant, is one account (cases.md, 9)."""

import re
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.models import User

pytestmark = [pytest.mark.races, pytest.mark.django_db(transaction=True)]
SPELLINGS = ("Taro{}@Example.jp", "taro{}@example.jp", "TARO{}@EXAMPLE.JP")
ROUNDS = 5
PASSWORD = "a-long-password-2026"
NEW_PASSWORD = "another-password-2027"


@pytest.fixture(autouse=True)
def no_limits(settings):
    """Twenty newcomers from one address within a second are no attack here."""
    settings.ACCOUNT_RATE_LIMITS = False
    cache.clear()


def sign_up_at_once(addresses: list[str]) -> list[tuple[int, str]]:
    """Send the form with each address in a thread of its own, all at one moment: (status, where it leads) of each."""
    gate, answers = threading.Barrier(len(addresses)), []

    def send(address: str) -> None:
        client = Client(raise_request_exception=False)
        data = {"email": address, "password1": PASSWORD, "password2": PASSWORD}
        gate.wait(timeout=10)
        try:
            response = client.post("/ja/accounts/signup/", data)
            answers.append((response.status_code, response.headers.get("Location", "")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(address,)) for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def signs_in(address: str, password: str) -> bool:
    client = Client()
    client.post("/ja/accounts/login/", {"login": address, "password": password})
    return "_auth_user_id" in client.session


def test_two_spellings_at_once_are_one_account():
    for number in range(ROUNDS):
        spellings = [spelling.format(number) for spelling in SPELLINGS[:2]] * 2
        answers = sign_up_at_once(spellings)
        # All are answered alike: who came second is told by mail, and learns nothing on the page.
        assert answers == [(302, "/ja/accounts/confirm-email/")] * len(spellings)
        assert User.objects.filter(email__iexact=spellings[0]).count() == 1
        assert EmailAddress.objects.filter(email__iexact=spellings[0]).count() == 1
    assert User.objects.count() == EmailAddress.objects.count() == ROUNDS


def test_every_spelling_signs_in_and_resets():
    sign_up_at_once([SPELLINGS[0].format(1)])
    EmailAddress.objects.update(verified=True)
    for spelling in SPELLINGS:
        assert signs_in(spelling.format(1), PASSWORD), spelling
    for spelling in SPELLINGS:
        mail.outbox.clear()
        client = Client()
        client.post("/ja/accounts/password/reset/", {"email": spelling.format(1)})
        assert [message.to for message in mail.outbox] == [["taro1@example.jp"]], spelling
        path = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
        page = client.get(path, follow=True)
        page = client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
        assert page.status_code == 302
        for other in SPELLINGS:
            assert signs_in(other.format(1), NEW_PASSWORD)
