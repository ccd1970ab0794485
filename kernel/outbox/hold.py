"""What people decide about mails that have not gone: let go, taken back, sent once more."""

from django.db.models import Q, QuerySet

from kernel.actions import action
from kernel.clock import now
from kernel.outbox.models import OutboxMail
from kernel.outbox.states import MailState


def is_held(of: str = "") -> Q:
    """Held until somebody lets it go, or until an instant that has not come. `of` leads to the mail from another row:
    `mail__`."""
    waits = {f"{of}state": MailState.WAITING, f"{of}hold_until__gt": now()}
    return Q(**{f"{of}state": MailState.HELD}) | Q(**waits)


@action
def release_held(*, mails: QuerySet[OutboxMail]) -> int:
    """Let those that are held go now; returns how many were."""
    return mails.filter(is_held()).update(state=MailState.WAITING, hold_until=None)


@action
def cancel_held(*, mails: QuerySet[OutboxMail]) -> int:
    """Let those that are held never go; returns how many were. One that is being sent is past that."""
    return mails.filter(is_held()).update(state=MailState.CANCELLED, hold_until=None)


@action
def send_again(*, mail: OutboxMail) -> bool:
    """Put one of which nobody knows whether it went in the queue again; False for any other. Its Message-ID stays, by which a
    mailbox that has it already can tell."""
    uncertain = OutboxMail.objects.filter(pk=mail.pk, state=MailState.UNCERTAIN)
    return bool(uncertain.update(state=MailState.WAITING, sending_since=None, hold_until=None))
