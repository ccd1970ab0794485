"""Mail as rows: written with the change that causes it, sent once (architecture.md, house rule 15)."""

from kernel.outbox.queue import queue_mail, release
from kernel.outbox.send import send_waiting_mail

__all__ = ["queue_mail", "release", "send_waiting_mail"]
