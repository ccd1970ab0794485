"""A session ends so long after it was last used, and reading pages writes nothing but that, once a minute."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from kernel import clock
from kernel.actions import writing
from tests.builders.people import make_user

pytestmark = pytest.mark.django_db
PAGE = "/ja/profile/"


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_user())
    assert client.get(PAGE).status_code == 200
    return client


def writes(client: Client) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(PAGE).status_code == 200
    return [
        query["sql"][:40] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    ]


def test_a_page_that_is_read_within_the_minute_writes_nothing(client: Client) -> None:
    assert writes(client) == []


def test_a_minute_later_the_end_moves_and_then_rests(client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(minutes=5))
    with clock.set_to(clock.now() + dt.timedelta(seconds=61)):
        assert [sql.partition(" SET")[0] for sql in writes(client)] == ['UPDATE "django_session"']
        assert writes(client) == []
    assert Session.objects.get().expire_date > timezone.now() + dt.timedelta(minutes=85)


def test_a_session_that_nobody_used_ends(client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))
    answer: Any = client.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/ja/accounts/login/?next={PAGE}")


def test_who_may_no_longer_sign_in_is_signed_out_at_once(client: Client) -> None:
    with writing():
        User.objects.update(is_active=False)
    assert client.get(PAGE).status_code == 302


def test_a_page_for_everybody_begins_no_session() -> None:
    assert Client().get("/ja/").cookies.get("sessionid") is None
    assert Session.objects.count() == 0
