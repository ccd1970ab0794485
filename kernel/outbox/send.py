"""Sending what waits in the outbox, each mail once."""

import datetime as dt
import logging

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q

from kernel.actions import writing
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from kernel.outbox.states import MailState

log = logging.getLogger(__name__)
# Longer than any mail server may take to answer; after that nobody can tell whether the mail went.
PATIENCE = dt.timedelta(minutes=5)


def send_waiting_mail(*, limit: int = 200) -> int:
    """Send waiting mails; returns how many went.

    A mail is marked `sending` before and `sent` after it goes, each in a transaction of its own. One that is still
    `sending` after `PATIENCE` was cut in between: it becomes `uncertain` and is never sent again by itself.
    """
    moment = now()
    with writing():
        OutboxMail.objects.filter(state=MailState.SENDING, sending_since__lt=moment - PATIENCE).update(
            state=MailState.UNCERTAIN
        )
    due = OutboxMail.objects.filter(Q(hold_until=None) | Q(hold_until__lte=moment), state=MailState.WAITING)
    sent = 0
    for mail in due.order_by("pk")[:limit]:
        with writing():
            mine = OutboxMail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
                state=MailState.SENDING, sending_since=now()
            )
        if not mine:
            continue
        sent += _send(mail)
    return sent


def _send(mail: OutboxMail) -> bool:
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.recipient],
        headers={
            "Message-ID": mail.message_id,
            "Content-Language": mail.language,
            "Auto-Submitted": "auto-generated",
        },
        connection=get_connection(),
    )
    try:
        message.send()
    except OSError:
        # The server was not reached, or broke off: whether it took the mail is not known.
        log.exception("mail %s may or may not have gone", mail.public_id)
        with writing():
            OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.UNCERTAIN)
        return False
    with writing():
        OutboxMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=now())
    return True
