"""Doing without mails: by the account's settings, and by the link of a mail."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.queries import addresses_beside
from kernel import outbox
from kernel.audit.models import AuditEntry
from kernel.outbox import MailKind
from kernel.outbox.optout import link_of, move_kinds, set_kinds, stopped_kinds
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
    client.force_login(user)
    page = reverse("accounts:mail_settings")
    assert client.post(page, {"news": "on"}).status_code == 302
    assert stopped_kinds(user.email) == {MailKind.REMINDER, MailKind.ALERT}
    assert client.post(page, {"news": "on", "reminder": "on", "alert": "on"}).status_code == 302
    assert stopped_kinds(user.email) == set()


def test_a_choice_follows_the_person_whose_address_changes(client):
    user = make_user(ADDRESS)
    old, new = user.email, "new@univ.example"
    EmailAddress.objects.create(user=user, email=old, verified=True, primary=True)
    set_kinds(address=old, stopped=[MailKind.NEWS])
    set_kinds(address=new, stopped=[MailKind.ALERT])  # by a link in a mail to the new address, before
    client.force_login(user)
    assert client.post(reverse("account_email"), {"action_add": "", "email": new}).status_code == 302
    address = EmailAddress.objects.get(email=new)
    address.verified = True
    address.save()
    answer = client.post(reverse("account_email"), {"action_primary": "", "email": new})
    assert answer.status_code == 302
    user.refresh_from_db()
    person = Person.objects.get(user=user)
    assert (user.email, person.email) == (new, new)
    assert stopped_kinds(new) == {MailKind.NEWS, MailKind.ALERT}
    assert stopped_kinds(old) == {MailKind.NEWS}
    entry = AuditEntry.objects.get(verb="address_changed")
    assert (entry.subject_id, entry.actor_id) == (person.public_id, user.pk)


def test_a_link_in_a_mail_to_the_earlier_address_speaks_for_the_present_one_too(path, client):
    user = make_user("now@univ.example")
    EmailAddress.objects.get_or_create(
        user=user, email="now@univ.example", defaults={"primary": True, "verified": True}
    )
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=True, primary=False)
    assert addresses_beside(ADDRESS.upper()) == ["now@univ.example"]
    assert client.post(path).status_code == 200
    assert stopped_kinds(ADDRESS) == stopped_kinds("now@univ.example") == {MailKind.REMINDER}
    assert client.post(path.replace("/stop/", "/resume/")).status_code == 200
    assert stopped_kinds("now@univ.example") == set()


def test_an_address_that_nobody_has_verified_speaks_for_itself_alone(path, client):
    user = make_user("other@univ.example")
    EmailAddress.objects.create(user=user, email=ADDRESS, verified=False, primary=False)
    client.post(path)
    assert (stopped_kinds(ADDRESS), stopped_kinds("other@univ.example")) == ({MailKind.REMINDER}, set())


def test_who_did_without_nothing_gets_everything_at_the_new_address():
    move_kinds(old="a@univ.example", new="b@univ.example")
    assert stopped_kinds("b@univ.example") == set()
