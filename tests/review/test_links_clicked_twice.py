"""The button behind the link of an invitation, pressed twice: the same browser goes on, any other finds a dead link."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.rules.links import MOMENT, browser_mark
from kernel import clock
from kernel.actions import writing
from kernel.audit.models import AuditEntry
from proposals.models import Invitation
from review.models import ReviewerInvitation
from tests.builders.people import make_user, verify_email
from tests.builders.program import make_call, make_stage
from tests.builders.proposals import make_proposal
from tests.proposals import test_invitations as to_sign
from tests.review import test_reviewer_invitations as to_review

SECRET = "a" * 32


def browser(secret: str = SECRET) -> Client:
    """A browser with its CSRF cookie and no session yet: the answer to its first click has not come."""
    client = Client()
    client.cookies[settings.CSRF_COOKIE_NAME] = secret
    return client


def link_to_sign() -> tuple[str, str, str]:
    """The link, the first page behind it, and the e-mail that was invited."""
    to_sign.invite(to_sign.add(make_proposal(make_call(make_stage()))))
    return to_sign.link_of(to_sign.newest()), to_sign.at("invited"), to_sign.EMAIL


def link_to_review() -> tuple[str, str, str]:
    stage, _proposal, reviewer = to_review.scene()
    _invitation, path = to_review.invite(stage, reviewer)
    return path, "/en/review/invited/", reviewer.person.email


BOTH = pytest.mark.parametrize("made", [link_to_sign, link_to_review])
Made = Callable[[], tuple[str, str, str]]


def at(client: Client, link: str) -> Any:
    answer = client.post(link)
    return answer.headers.get("Location", answer.status_code)


@BOTH
@pytest.mark.django_db
def test_second_click_whose_first_answer_has_not_come_leads_where_the_first_one_does(made: Made) -> None:
    link, inside, _email = made()
    assert at(browser(), link) == inside
    again = browser()
    assert at(again, link) == inside
    assert again.get(inside).status_code == 200
    assert AuditEntry.objects.filter(verb="link_opened").count() == 1


@BOTH
@pytest.mark.django_db
def test_browser_that_was_let_in_goes_on_by_the_link(made: Made) -> None:
    link, inside, _email = made()
    client = browser()
    client.post(link)
    for answer in (client.get(link), client.post(link)):
        assert answer.headers["Location"] == inside
    assert client.get(link.replace(link.rstrip("/").rpartition("/")[2], "another")).status_code == 404


@BOTH
@pytest.mark.django_db
def test_link_stays_used_up_for_every_other_browser(made: Made) -> None:
    link, _inside, _email = made()
    browser().post(link)
    for other in (Client(), browser("b" * 32)):
        assert at(other, link) == 404
        assert other.get(link).status_code == 404
    # To look at the page is no second click.
    assert browser().get(link).status_code == 404


@BOTH
@pytest.mark.django_db
def test_browser_without_a_secret_is_not_known_again(made: Made) -> None:
    link, inside, _email = made()
    assert at(Client(), link) == inside
    assert at(Client(), link) == 404
    assert at(browser(""), link) == 404


@BOTH
@pytest.mark.django_db
def test_moment_ends(made: Made) -> None:
    link, _inside, _email = made()
    browser().post(link)
    with clock.set_to(clock.now() + dt.timedelta(seconds=MOMENT + 1)):
        assert at(browser(), link) == 404


@BOTH
@pytest.mark.django_db
def test_second_click_lets_nobody_in_who_has_an_account_by_now_or_was_revoked(made: Made) -> None:
    link, _inside, email = made()
    browser().post(link)
    with writing():
        for model in (Invitation, ReviewerInvitation):
            model.objects.update(state="revoked")
    assert at(browser(), link) == 404
    with writing():
        for model in (Invitation, ReviewerInvitation):
            model.objects.update(state="pending")
    verify_email(make_user(email=email))
    assert at(browser(), link) == 404


def test_mark_is_of_link_and_browser_together() -> None:
    marks = {browser_mark("link", "one"), browser_mark("link", "two"), browser_mark("other", "one")}
    assert len(marks) == 3
    assert browser_mark("link", "") == ""


@BOTH
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_one_moment_both_lead_inside(made: Made) -> None:
    link, inside, _email = made()
    gate, answers = threading.Barrier(2), []

    def click() -> None:
        try:
            gate.wait(timeout=10)
            answers.append(at(browser(), link))
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert answers == [inside, inside]
    assert AuditEntry.objects.filter(verb="link_opened").count() == 1
