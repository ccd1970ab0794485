"""Doing without mails: by the account's settings, and by the link of a mail."""

import pytest
from django.test import Client
from django.urls import reverse

from kernel import outbox
from kernel.outbox import MailKind
from kernel.outbox.optout import link_of, stopped_kinds
from tests.builders.people import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "taro@univ.example"


@pytest.fixture
def path():
    mail = outbox.queue_mail(
        "notice", to=ADDRESS, language="ja", values={"text": "x"}, kind=MailKind.REMINDER
    )
    return "/" + link_of(mail.public_id, "ja").split("/", 3)[3]


def test_opening_the_link_changes_nothing_and_shows_the_button(client, path):
    page = client.get(path)
    assert (page.status_code, stopped_kinds(ADDRESS)) == (200, set())
    assert f'action="{path}"' in page.content.decode()


def test_a_mail_program_posts_once_without_a_cookie_and_is_not_led_elsewhere(path):
    program = Client(enforce_csrf_checks=True)
    answer = program.post(path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")
    assert (answer.status_code, stopped_kinds(ADDRESS)) == (200, {MailKind.REMINDER})
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_the_page_after_it_offers_the_way_back(client, path):
    page = client.post(path).content.decode()
    back = path.replace("/stop/", "/resume/")
    assert f'action="{back}"' in page
    assert client.post(back).status_code == 200
    assert stopped_kinds(ADDRESS) == set()


def test_the_page_does_not_say_whose_the_address_is(client, path):
    assert ADDRESS not in client.get(path).content.decode() + client.post(path).content.decode()


def test_a_link_with_another_signature_is_absent(client, path):
    assert client.post(path.replace("/stop/", "x/stop/")).status_code == 404


def test_an_account_chooses_its_kinds_and_may_change_its_mind(client):
    user = make_user("Taro@Univ.example")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("accounts:mail_settings")
    assert client.post(page, {"news": "on"}).status_code == 302
    assert stopped_kinds(user.email) == {MailKind.REMINDER, MailKind.ALERT}
    assert client.post(page, {"news": "on", "reminder": "on", "alert": "on"}).status_code == 302
    assert stopped_kinds(user.email) == set()
