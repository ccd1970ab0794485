"""The workflow of a request for a role."""

from accounts.enums import RequestState as S
from kernel.transitions.workflow import Transition, Workflow

REQUEST = Workflow(
    states=S,
    initial=S.WAITING,
    transitions=(
        Transition("grant", (S.WAITING,), S.GRANTED),
        Transition("refuse", (S.WAITING,), S.REFUSED),
        Transition("withdraw", (S.WAITING,), S.WITHDRAWN),
    ),
)
