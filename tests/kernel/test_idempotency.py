import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from accounts.actions.people import register_person
from accounts.models import Membership, Person
from kernel.actions import writing
from kernel.idempotency import idempotent
from kernel.idempotency.models import UsedToken
from tests.builders.people import make_agency, make_user

pytestmark = pytest.mark.django_db


@idempotent
def make(request):
    """Makes a person of that name, or answers with a page where there is none."""
    name = request.POST.get("name", "")
    if not name:
        return HttpResponse("error")
    person = register_person(by=request.user, given_romaji=name)
    return HttpResponseRedirect(f"/made/{person.public_id}/")


def post(user, **data: str):
    request = RequestFactory().post("/make/", data)
    request.user = user
    return make(request)


def people() -> int:
    return Person.objects.filter(user=None).count()


def test_a_second_click_leads_where_the_first_one_led():
    user = make_user()
    first, second = (post(user, name="Aoi", form_token="t1") for _ in range(2))
    assert (second["Location"], people()) == (first["Location"], 1)


def test_another_form_is_another_deed():
    user = make_user()
    post(user, name="Aoi", form_token="t1")
    post(user, name="Aoi", form_token="t2")
    assert people() == 2


def test_a_token_belongs_to_one_person():
    post(make_user(), name="Aoi", form_token="t1")
    post(make_user(), name="Aoi", form_token="t1")
    assert people() == 2


def test_a_form_with_errors_may_be_sent_again():
    user = make_user()
    assert post(user, name="", form_token="t1").status_code == 200
    assert post(user, name="Aoi", form_token="t1").status_code == 302
    assert (people(), UsedToken.objects.count()) == (1, 1)


def test_a_crash_uses_no_token():
    user = make_user()

    @idempotent
    def crash(request):
        raise RuntimeError

    request = RequestFactory().post("/make/", {"form_token": "t1"})
    request.user = user
    with pytest.raises(RuntimeError):
        crash(request)
    assert UsedToken.objects.count() == 0


@pytest.mark.parametrize("token", ["", "\x00", "a\x00b", "x" * 5000])
def test_a_strange_token_makes_no_fault(token):
    assert post(make_user(), name="Aoi", form_token=token).status_code == 302


def told(client_answer) -> list[str]:
    return [str(message) for message in client_answer.context["messages"]]


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def giving():
    """Staff at the form that gives a role: (client, values of the form)."""
    staff, person = make_user(), make_user()
    with writing():
        staff.is_staff = True
        staff.save()
    values = {
        "email": person.email,
        "organisation": make_agency().pk,
        "role": "approver",
        "starts_on": "2026-04-01",
        "form_token": "t1",
    }
    return sign_in(staff), values


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "今回送信された内容は保存されていません"), ("en", "What you sent now was not saved")],
)
def test_other_values_under_a_used_token_are_not_saved_and_the_person_is_told(giving, language, words):
    client, values = giving
    address = f"/{language}/memberships/"
    client.post(address, values, follow=True)
    changed = {**values, "role": "programme_officer"}
    answer = client.post(
        address, changed, follow=True, headers={"referer": f"http://testserver{address}?page=1"}
    )
    (said,) = told(answer)
    assert words in said
    assert f'<a href="{address}?page=1">' in answer.content.decode()
    assert [membership.role for membership in Membership.objects.all()] == ["approver"]


@pytest.mark.parametrize("referer", ["http://elsewhere.example/x", "", 'http://testserver/"><b>'])
def test_the_link_leads_to_a_page_of_ours(giving, referer):
    client, values = giving
    client.post("/ja/memberships/", values)
    answer = client.post(
        "/ja/memberships/", {**values, "role": "programme_officer"}, follow=True, headers={"referer": referer}
    )
    page = answer.content.decode()
    assert "elsewhere.example" not in page
    assert '"><b>' not in page


def test_the_same_values_again_are_a_silent_repetition(giving):
    client, values = giving
    client.post("/ja/memberships/", values)
    client.get("/ja/")
    answer = client.post("/ja/memberships/", dict(reversed(values.items())), follow=True)
    assert (told(answer), Membership.objects.count()) == ([], 1)


def upload(user, content: bytes) -> list[str]:
    """Sends the file under one token; returns what the person is told."""
    request = RequestFactory().post(
        "/make/", {"name": "Aoi", "form_token": "t1", "paper": SimpleUploadedFile("a.pdf", content)}
    )
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    make(request)
    assert request.FILES["paper"].read() == content  # it can still be read by the view
    return [str(message) for message in request._messages]


def test_another_file_under_a_used_token_is_told_and_the_same_file_is_not():
    user = make_user()
    assert (upload(user, b"one"), upload(user, b"one"), len(upload(user, b"two"))) == ([], [], 1)
    assert people() == 1


def test_a_token_from_before_values_were_kept_is_a_silent_repetition():
    user = make_user()
    with writing():
        UsedToken.objects.create(user=user, token="t1", location="/made/")
    assert post(user, name="Aoi", form_token="t1")["Location"] == "/made/"


class Anybody:
    """Who has no account."""

    is_authenticated = False


def sent_by(session, deeds: list[str], token: str = "t1"):
    """Somebody without an account sends a form; `session` is theirs, or None."""

    @idempotent
    def do(request):
        deeds.append(request.POST["name"])
        return HttpResponseRedirect("/done/")

    request = RequestFactory().post("/do/", {"name": "Aoi", "form_token": token})
    request.user, request.session = Anybody(), session
    return do(request)


def session_of_a_guest() -> SessionStore:
    session = SessionStore()
    session["invited"] = True
    session.save()
    return session


def test_a_guests_second_click_leads_where_the_first_one_led():
    session, deeds = session_of_a_guest(), []
    assert [sent_by(session, deeds)["Location"] for _ in range(2)] == ["/done/"] * 2
    assert deeds == ["Aoi"]
    sent_by(session, deeds, "t2")
    assert len(deeds) == 2


def test_a_token_belongs_to_one_guest_and_opens_no_session():
    one, other, deeds = session_of_a_guest(), session_of_a_guest(), []
    sent_by(one, deeds)
    sent_by(other, deeds)
    assert len(deeds) == 2
    kept = set(UsedToken.objects.values_list("session", flat=True))
    assert (len(kept), {one.session_key, other.session_key} & kept) == (2, set())


@pytest.mark.parametrize("session", [None, SessionStore(), SessionStore("a-key-that-is-kept-no-more")])
def test_whoever_is_known_by_nothing_has_no_token(session):
    deeds: list[str] = []
    for _ in range(2):
        sent_by(session, deeds)
    assert (len(deeds), UsedToken.objects.count()) == (2, 0)


def test_the_database_keeps_a_token_of_either_an_account_or_a_session():
    for values in ({"user": make_user(), "session": "x"}, {"user": None, "session": ""}):
        with pytest.raises(IntegrityError), transaction.atomic(), writing():
            UsedToken.objects.create(token="t1", **values)
