"""Where the apps above add to this app's pages: in `AppConfig.ready`, by the registries below."""

from collections.abc import Callable
from typing import Any

from kernel.contributions import Registry
from kernel.moves import Move
from program.models import Call, FormVersion

# Functions `(user, call) -> list[Move]`: what this person may do next with a call, beside what the call itself offers
# (begin a proposal, see the proposals, rank them).
call_moves: Registry[Callable[[Any, Call], list[Move]]] = Registry()
# Functions `(user, call, version) -> list[Move]`: what an officer of the lead agency may do next with a version of the
# call's form (see it as an applicant does, issue it).
form_moves: Registry[Callable[[Any, Call, FormVersion], list[Move]]] = Registry()
# Functions `call -> address`: where the form of a call that is being prepared is tried.
trial_pages: Registry[Callable[[Call], str]] = Registry()
