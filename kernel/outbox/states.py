"""Where a mail may stand."""

from enum import StrEnum


class MailState(StrEnum):
    WAITING = "waiting"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
