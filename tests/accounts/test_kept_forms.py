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
    assert "kept_forms" not in client.session


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
    assert "kept_forms" not in client.session


def test_it_is_kept_for_hours_and_no_longer(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    client.post("/ja/profile/", {"given_romaji": TEXT})
    enter(client, writer)
    session = client.session
    session["kept_forms"] = [{**session["kept_forms"][0], "at": "2026-01-01T00:00:00+00:00"}]
    session.save()
    assert client.get(reverse("accounts:kept")).status_code == 302
    assert "kept_forms" not in client.session
    assert not Person.objects.filter(given_romaji=TEXT).exists()


def kept_in(page: str) -> list[dict[str, list[str]]]:
    """What each of the kept forms of a page would send."""
    return [fields_of(part) for part in page.split('<section class="stack" aria-labelledby="kept-')[1:]]


def test_two_windows_that_had_typed_lose_nothing(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    for text in ("the first window " * 9, "the second window " * 9, "the second window " * 9):
        client.post("/en/profile/", {"given_romaji": "Wayan", "note": text})
    client.post("/en/proposals/mine/", {"note": "a third page " * 9})
    page = enter(client, writer, reverse("accounts:kept")).content.decode()
    first, second, third = kept_in(page)
    assert [one["note"][0][:12] for one in (first, second, third)] == [
        "the first wi",
        "the second w",
        "a third page",
    ]
    # One that arrives is kept no longer, and the others are: also the one that goes to the same address.
    assert client.post("/en/profile/", second).status_code == 302
    page = client.get(reverse("accounts:kept")).content.decode()
    assert [one["note"] for one in kept_in(page)] == [first["note"], third["note"]]
    assert client.post(reverse("accounts:kept"), {"number": "1"}).status_code == 302
    page = client.get(reverse("accounts:kept")).content.decode()
    assert [one["note"] for one in kept_in(page)] == [first["note"]]


def test_no_more_than_the_newest_are_kept(writer: User) -> None:
    client = Client()
    enter(client, writer)
    end_sessions()
    for number in range(7):
        client.post("/en/profile/", {"note": f"{number} {TEXT}"})
    page = enter(client, writer, reverse("accounts:kept")).content.decode()
    assert [one["note"][0][0] for one in kept_in(page)] == ["2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    ("language", "words"), [("ja", "セッションの終了前に入力した内容"), ("en", "before your session ended")]
)
def test_whoever_signs_in_by_another_way_is_told_on_every_page_until_it_is_sent(
    writer: User, language: str, words: str
) -> None:
    client = Client()
    enter(client, writer)
    assert words not in client.get(f"/{language}/").content.decode()
    end_sessions()
    client.post(f"/{language}/profile/", {"given_romaji": "Wayan", "note": TEXT})
    assert words in enter(client, writer, f"/{language}/calls/").content.decode()
    home = client.get(f"/{language}/").content.decode()
    assert words in home
    assert TEXT not in home
    (kept,) = kept_in(client.get(f"/{language}/kept/").content.decode())
    assert client.post(f"/{language}/profile/", kept).status_code == 302
    assert words not in client.get(f"/{language}/").content.decode()


def sent_with_an_old_sign(client: Client, **headers: str) -> str:
    """The page that answers a form which was opened before its sender signed in again."""
    values = {
        "given_romaji": "Wayan",
        "note": TEXT,
        "old_password": "p" * 30,
        "csrfmiddlewaretoken": "a" * 64,
    }
    answer = client.post("/en/profile/", values, headers=headers)
    assert answer.status_code == 403
    return str(answer.content.decode())


def test_who_has_signed_in_again_in_another_window_sends_it_with_one_button(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    page = sent_with_an_old_sign(client, origin="http://testserver")
    kept = fields_of(page)
    assert kept == {"given_romaji": ["Wayan"], "note": [TEXT]}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.split('action="/en/profile/"')[1])
    assert token is not None
    answer = client.post("/en/profile/", {**kept, "csrfmiddlewaretoken": token[1]})
    assert answer.status_code == 302
    assert Person.objects.filter(given_romaji="Wayan").exists()


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_what_another_site_sends_is_not_shown_under_our_name(writer: User, origin: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    page = sent_with_an_old_sign(client, **({"origin": origin} if origin else {}))
    assert TEXT not in page
    assert "<textarea" not in page
    nowhere = client.post("/en/no-such-page/", {"note": TEXT}, headers={"origin": origin} if origin else {})
    assert nowhere.status_code == 404
    assert TEXT not in nowhere.content.decode()


def test_what_was_sent_to_something_that_is_gone_can_be_copied(writer: User) -> None:
    client = Client()
    client.force_login(writer)
    values = {"note": f"{TEXT}<b>", "password": "p" * 30, "short": "abc", "form_token": "t" * 30}
    answer = client.post("/en/proposals/aaaaaaaaaaaa/core/", values)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert html.escape(values["note"]) in page
    assert not {"p" * 30, "t" * 30, "<b>"} & set(re.findall(r"p{30}|t{30}|<b>", page))


def test_a_form_without_its_sign_of_origin_is_not_kept_and_leads_back(writer: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    client.get("/ja/profile/")
    end_sessions()
    answer = client.post("/ja/profile/", {"given_romaji": TEXT})
    assert answer.status_code == 403
    assert 'href="/ja/profile/"' in answer.content.decode()
    assert "kept_forms" not in client.session
