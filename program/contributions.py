"""Where the apps above add to this app's pages: in `AppConfig.ready`, by the registries below."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kernel.contributions import Registry
from kernel.moves import Move
from program.models import Call, FormVersion

# Functions `(user, call) -> list[Move]`: what this person may do next with a call, beside what the call itself offers
# (begin a proposal, see the proposals, rank them).
call_moves: Registry[Callable[[Any, Call], list[Move]]] = Registry()
# Functions `call -> list[Move]`: what everybody may see of a call, signed in or not (what it has adopted).
public_call_moves: Registry[Callable[[Call], list[Move]]] = Registry()


@dataclass(frozen=True)
class Obstacle:
    """Why somebody cannot begin a proposal, and the way; without a way both parts of the link are blank."""

    text: str
    link_url: str = ""
    link_label: str = ""


# Functions `(user, call) -> list[Obstacle]`: why this person, who has signed in, cannot apply to an open call.
call_obstacles: Registry[Callable[[Any, Call], list[Obstacle]]] = Registry()
# Functions `(user, call, version) -> list[Move]`: what an officer of the lead agency may do next with a version of the
# call's form (see it as an applicant does, issue it).
form_moves: Registry[Callable[[Any, Call, FormVersion], list[Move]]] = Registry()
# Functions `call -> address`: where the form of a call that is being prepared is tried.
trial_pages: Registry[Callable[[Call], str]] = Registry()


@dataclass(frozen=True)
class Reader:
    """Somebody who is written to about a call; `key` tells the person from all others."""

    key: str
    address: str
    language: str
    name: str


# Functions `call -> list[Reader]`: who applies to a call, and is told when it changes.
call_readers: Registry[Callable[[Call], list[Reader]]] = Registry()
