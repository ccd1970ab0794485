"""Mail as rows: written with the change that causes it, sent once (architecture.md, house rule 15)."""

from kernel.outbox.fresh import look_again
from kernel.outbox.hold import cancel_held, is_held, release_held, send_again
from kernel.outbox.kinds import OPTIONAL, MailKind
from kernel.outbox.queue import mail_row, queue_mail, queue_mails, release
from kernel.outbox.send import send_waiting_mail

__all__ = [
    "OPTIONAL",
    "MailKind",
    "cancel_held",
    "is_held",
    "look_again",
    "mail_row",
    "queue_mail",
    "queue_mails",
    "release",
    "release_held",
    "send_again",
    "send_waiting_mail",
]
