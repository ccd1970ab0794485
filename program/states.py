"""The workflows of designations and calls."""

from kernel.transitions.workflow import Transition, Workflow
from program.enums import CallState as C
from program.enums import DesignationState as D

# Proposed by one ministry officer, decided by another (domain.md, section 1).
DESIGNATION = Workflow(
    states=D,
    initial=D.DRAFT,
    transitions=(
        Transition("propose", (D.DRAFT,), D.PROPOSED),
        Transition("return", (D.PROPOSED,), D.DRAFT),
        Transition("decide", (D.PROPOSED,), D.DECIDED),
        Transition("suspend", (D.DECIDED,), D.SUSPENDED),
        Transition("resume", (D.SUSPENDED,), D.DECIDED),
        Transition("withdraw", (D.DRAFT, D.PROPOSED, D.DECIDED, D.SUSPENDED), D.WITHDRAWN),
    ),
)

CALL = Workflow(
    states=C,
    initial=C.DRAFT,
    transitions=(
        Transition("open", (C.DRAFT,), C.OPEN),
        Transition("close", (C.OPEN,), C.CLOSED),
        Transition("begin_review", (C.CLOSED,), C.REVIEW),
        Transition("conclude", (C.REVIEW,), C.DECIDED),
        Transition("cancel", (C.DRAFT, C.OPEN, C.CLOSED), C.CANCELLED),
    ),
)
