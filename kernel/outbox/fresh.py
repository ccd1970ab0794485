"""Looking again, at the moment of sending, whether what a mail says is still so (cases.md, 27)."""

from collections.abc import Callable
from typing import Any

from kernel.outbox.models import OutboxMail

# `mail -> values`: the values from which the mail is written anew just before it goes; empty where it goes as it was
# written; None where it says what is no longer so, and does not go.
Look = Callable[[OutboxMail], dict[str, Any] | None]
_looks: dict[str, Look] = {}


def look_again(template: str) -> Callable[[Look], Look]:
    """Make a function the one that is asked before any mail of `template` goes."""

    def register(function: Look) -> Look:
        _looks[template] = function
        return function

    return register


def look_of(mail: OutboxMail) -> dict[str, Any] | None:
    """What the function of the mail's template says; empty where there is none."""
    look = _looks.get(mail.template)
    return look(mail) if look else {}
