"""Where a mail may stand."""

from enum import StrEnum


class MailState(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    # Its reader does without mails of its kind; or what it says was no longer so when its turn came.
    UNSUBSCRIBED = "unsubscribed"
    OUTDATED = "outdated"
