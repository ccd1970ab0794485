"""Mails that somebody may do without, and mails that are looked at again before they go."""

import pytest
import time_machine
from django.core import mail as sent

from kernel import outbox
from kernel.outbox import MailKind, fresh
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import link_of, mail_of_link, set_kinds, stop_kind, stopped_addresses, stopped_kinds

pytestmark = pytest.mark.django_db


def write(kind: MailKind = MailKind.REMINDER, **changes):
    values = {"text": "お知らせ"}
    return outbox.queue_mail(
        "notice", to="taro@univ.example", language="ja", values=values, kind=kind, **changes
    )


def signature_of(mail: OutboxMail) -> str:
    return link_of(mail.public_id, "ja").split("/")[-3]


def test_an_optional_mail_has_the_headers_of_one_click_and_its_link_at_the_end():
    mail = write()
    outbox.send_waiting_mail()
    link = link_of(mail.public_id, "ja")
    headers = sent.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.outbox[0].body.rstrip().splitlines()[-1] == link


def test_a_required_mail_has_neither_and_nobody_does_without_it():
    mail = write(MailKind.REQUIRED)
    set_kinds(address="taro@univ.example", stopped=list(MailKind))
    assert outbox.send_waiting_mail() == 1
    assert "List-Unsubscribe" not in sent.outbox[0].extra_headers
    assert mail_of_link(mail.public_id, signature_of(mail)) is None
    assert stopped_kinds("taro@univ.example") == set(outbox.OPTIONAL)


def test_whoever_unsubscribes_after_a_mail_was_written_does_not_get_it():
    mail = write()
    stop_kind(mail=mail)
    assert outbox.send_waiting_mail() == 0
    mail.refresh_from_db()
    assert (mail.state, sent.outbox) == ("unsubscribed", [])


def test_another_kind_and_another_address_still_get_theirs():
    stop_kind(mail=write())
    write(MailKind.NEWS)
    assert outbox.send_waiting_mail() == 1
    assert stopped_addresses(MailKind.REMINDER, ["TARO@univ.example", "hana@univ.example"]) == {
        "taro@univ.example"
    }


@pytest.mark.parametrize("wrong", ["", "x", "あ", "%00", "A" * 300])
def test_a_signature_that_is_not_ours_opens_nothing(wrong):
    assert mail_of_link(write().public_id, wrong) is None


@pytest.fixture
def look(monkeypatch):
    """Says what the function of the template `notice` answers."""

    def answer(function):
        monkeypatch.setitem(fresh._looks, "notice", function)

    return answer


def test_what_is_no_longer_true_does_not_go(look):
    mail = write(MailKind.REQUIRED)
    look(lambda one: None)
    assert outbox.send_waiting_mail() == 0
    mail.refresh_from_db()
    assert (mail.state, sent.outbox) == ("outdated", [])


def test_a_mail_goes_with_the_words_of_the_moment_and_keeps_its_link(look):
    mail = write(recheck={"left": 3})
    look(lambda one: {"text": f"{one.recheck['left']} left"})
    assert outbox.send_waiting_mail() == 1
    mail.refresh_from_db()
    assert "3 left" in sent.outbox[0].body
    assert mail.body == sent.outbox[0].body
    assert link_of(mail.public_id, "ja") in mail.body


def test_a_text_that_cannot_be_made_holds_up_no_other_mail(look):
    def fail(one):
        if one.recheck:
            raise ValueError
        return {}

    broken = write(recheck={"broken": True})
    write()
    look(fail)
    assert outbox.send_waiting_mail() == 1
    broken.refresh_from_db()
    assert broken.state == "waiting"
    look(lambda one: {})
    assert outbox.send_waiting_mail() == 0
    with time_machine.travel(broken.hold_until):
        assert outbox.send_waiting_mail() == 1
