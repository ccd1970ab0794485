"""A session ends under a long text (cases.md, 5): without any script, on every form, once, and for its writer alone."""

import html
import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from kernel.actions import writing
from tests.builders.people import make_user
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_pi, make_proposal

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-password-2026"
TEXT = "先端的な国際共同研究を\n推進する。" + "あ" * 1900


@pytest.fixture
def writer() -> User:
    return make_pi()


def enter(client: Client, user: User, then: str = "/ja/profile/") -> Any:
    """Sign in through the form."""
    with writing():
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
    address = f"{reverse('account_login')}?next={then}"
    return client.post(address, {"login": user.email, "password": PASSWORD, "next": then}, follow=True)


def end_sessions() -> None:
    Session.objects.all().delete()


def fields_of(page: str) -> dict[str, list[str]]:
    """What the page's first form with kept values would send."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.S):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_a_text_sent_after_the_session_ended_is_kept_and_sent_once_more(writer: User) -> None:
    proposal = make_proposal(make_call(make_stage()), pi=writer)
    section = proposal.sections.order_by("section__position").first()
    address = f"/ja/proposals/{proposal.public_id}/sections/{section.section.key}/"
    client = Client()
    enter(client, writer)
    assert client.get(address).status_code == 200
    end_sessions()
    sent = client.post(address, {"text": TEXT, "revision": section.revision, "base": "{}"})
    assert sent.url == f"{reverse('account_login')}?next={reverse('accounts:kept')}"
    page = enter(client, writer, reverse("accounts:kept")).content.decode()
    assert "入力内容を保持しています" in page
    assert html.escape(TEXT) in page
    assert f'action="{address}"' in page
    kept = fields_of(page)
    assert kept["text"] == [TEXT]
    answer = client.post(address, kept)
    assert answer.status_code == 302
    section.refresh_from_db()
    assert section.text == TEXT
    # once: it is offered no more
    assert client.get(reverse("accounts:kept")).url == reverse("portal:home")


def test_what_is_refused_stays_kept_until_it_is_thrown_away(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    client.post("/ja/profile/", {"given_romaji": "Wayan", "erad_number": "12ab"})
    page = enter(client, writer, reverse("accounts:kept")).content.decode()
    assert client.post("/ja/profile/", fields_of(page)).status_code == 200
    assert client.get(reverse("accounts:kept")).status_code == 200
    gone = client.post(reverse("accounts:kept"))
    assert gone.url == "/ja/profile/"
    assert client.get(reverse("accounts:kept")).status_code == 302


def test_values_of_one_name_stay_apart_and_lost_files_are_named(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    upload = SimpleUploadedFile("計画.pdf", b"%PDF-1.7")
    client.post("/ja/profile/", {"tick": ["b", "a"], "note": '<b>"&amp;', "file": upload})
    page = enter(client, writer, reverse("accounts:kept")).content.decode()
    assert fields_of(page) == {"tick": ["b", "a"], "note": ['<b>"&amp;']}
    assert "<li>計画.pdf</li>" in page


def test_another_reader_of_the_same_browser_sees_nothing_of_it(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    client.post("/ja/profile/", {"given_romaji": TEXT})
    answer = enter(client, make_user(), reverse("accounts:kept"))
    assert answer.redirect_chain[-1][0] == reverse("portal:home")
    assert TEXT not in answer.content.decode()
    assert "kept_form" not in client.session


@pytest.mark.parametrize("case", ["never signed in", "forged", "script"])
def test_nothing_is_kept_for_nobody_and_for_scripts_that_keep_it_themselves(writer: User, case: str) -> None:
    client = Client()
    headers = {}
    if case == "script":
        enter(client, writer)
        end_sessions()
        headers = {"X-Requested-With": "autosave"}
    if case == "forged":
        client.cookies["last_reader"] = f"{writer.pk}:1:forged"
    answer = client.post("/ja/profile/", {"given_romaji": TEXT}, headers=headers)
    assert answer.url == f"{reverse('account_login')}?next=/ja/profile/"
    assert "kept_form" not in client.session


def test_it_is_kept_for_hours_and_no_longer(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    client.post("/ja/profile/", {"given_romaji": TEXT})
    enter(client, writer)
    session = client.session
    session["kept_form"] = {**session["kept_form"], "at": "2026-01-01T00:00:00+00:00"}
    session.save()
    assert client.get(reverse("accounts:kept")).status_code == 302
    assert "kept_form" not in client.session
    assert not Person.objects.filter(given_romaji=TEXT).exists()


def test_a_form_without_its_sign_of_origin_is_not_kept_and_leads_back(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    client.get("/ja/profile/")
    end_sessions()
    answer = client.post("/ja/profile/", {"given_romaji": TEXT})
    assert answer.status_code == 403
    assert 'href="/ja/profile/"' in answer.content.decode()
    assert "kept_form" not in client.session
