"""Sending what waits in the outbox, each mail once."""

import datetime as dt
import logging

from django.core.mail import EmailMessage, get_connection
from django.db.models import Q

from kernel.actions import writing
from kernel.clock import now
from kernel.outbox.fresh import look_of
from kernel.outbox.kinds import OPTIONAL, MailKind
from kernel.outbox.models import OutboxMail
from kernel.outbox.optout import link_of, stopped_kinds
from kernel.outbox.queue import written
from kernel.outbox.states import MailState

log = logging.getLogger(__name__)
# Longer than any mail server may take to answer; after that nobody can tell whether the mail went.
PATIENCE = dt.timedelta(minutes=5)
# A mail whose text could not be looked at again waits so long before it is tried once more, and holds up no other.
LATER = dt.timedelta(minutes=10)


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
        if mine and _may_go(mail):
            sent += _send(mail)
    return sent


def _may_go(mail: OutboxMail) -> bool:
    """Whether the mail, which is ours to send, still has a reader and is still true; its text is then that of this moment."""
    kind, row = MailKind(mail.kind), OutboxMail.objects.filter(pk=mail.pk)
    if kind in OPTIONAL and kind in stopped_kinds(mail.recipient):
        with writing():
            row.update(state=MailState.UNSUBSCRIBED)
        return False
    try:
        values = look_of(mail)
        if values:
            mail.subject, mail.body = written(
                mail.template, mail.language, values, public_id=mail.public_id, kind=kind
            )
    except Exception:
        log.exception("the text of mail %s could not be looked at again", mail.public_id)
        with writing():
            row.update(state=MailState.WAITING, sending_since=None, hold_until=now() + LATER)
        return False
    with writing():
        if values is None:
            row.update(state=MailState.OUTDATED)
        elif values:
            row.update(subject=mail.subject, body=mail.body)
    return values is not None


def _headers(mail: OutboxMail) -> dict[str, str]:
    headers = {
        "Message-ID": mail.message_id,
        "Content-Language": mail.language,
        "Auto-Submitted": "auto-generated",
    }
    if mail.kind in OPTIONAL:
        # RFC 8058: the reader's mail program offers a button of its own, and posts to this address.
        headers["List-Unsubscribe"] = f"<{link_of(mail.public_id, mail.language)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _send(mail: OutboxMail) -> bool:
    message = EmailMessage(
        mail.subject,
        mail.body,
        to=[mail.recipient],
        headers=_headers(mail),
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
