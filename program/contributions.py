"""Where the apps above add to this app's pages: in `AppConfig.ready`, by the registries below."""

from collections.abc import Callable
from typing import Any

from kernel.contributions import Registry
from kernel.moves import Move
from program.models import Call

# Functions `(user, call) -> list[Move]`: what this person may do next with a call, beside what the call itself offers
# (begin a proposal, see the proposals, rank them).
call_moves: Registry[Callable[[Any, Call], list[Move]]] = Registry()
