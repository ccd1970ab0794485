import datetime as dt

import pytest
import time_machine
from django.core import mail as sent

from kernel import outbox
from kernel.actions import writing
from kernel.outbox.models import OutboxMail

pytestmark = pytest.mark.django_db


def write(key: str | None = None, **changes):
    return outbox.queue_mail(
        "notice", to="taro@univ.example", language="ja", values={"text": "お知らせ"}, key=key, **changes
    )


def test_a_waiting_mail_goes_once():
    write()
    assert [outbox.send_waiting_mail(), outbox.send_waiting_mail()] == [1, 0]
    assert [m.to for m in sent.outbox] == [["taro@univ.example"]]


def test_two_clicks_write_one_mail():
    assert write("receipt:1").pk == write("receipt:1").pk
    assert outbox.send_waiting_mail() == 1


def test_a_held_mail_waits_until_it_is_released():
    mail = write(held=True)
    assert outbox.send_waiting_mail() == 0
    assert [outbox.release(mail=mail), outbox.release(mail=mail)] == [True, False]
    assert outbox.send_waiting_mail() == 1


def test_a_mail_cut_between_acceptance_and_commit_is_uncertain_and_never_sent_again():
    mail = write()
    with writing():
        OutboxMail.objects.filter(pk=mail.pk).update(
            state="sending", sending_since=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        )
    with time_machine.travel(dt.datetime(2026, 1, 1, 0, 6, tzinfo=dt.UTC)):
        assert outbox.send_waiting_mail() == 0
    mail.refresh_from_db()
    assert (mail.state, len(sent.outbox)) == ("uncertain", 0)


def test_the_message_id_is_fixed_when_the_mail_is_written():
    mail = write()
    outbox.send_waiting_mail()
    assert sent.outbox[0].extra_headers["Message-ID"] == mail.message_id
