"""The workflows of designations and calls."""

from kernel.transitions.workflow import Transition, Workflow
from program.enums import CallState as C
from program.enums import DesignationState as D

# Proposed by one ministry officer, reviewed by another, decided by two who each sign (domain.md, section 1).
DESIGNATION = Workflow(
    states=D,
    initial=D.DRAFT,
    transitions=(
        Transition("propose", (D.DRAFT,), D.PROPOSED),
        Transition("review", (D.PROPOSED,), D.REVIEWED),
        Transition("sign", (D.REVIEWED,), D.SIGNED),
        Transition("return", (D.PROPOSED, D.REVIEWED, D.SIGNED), D.DRAFT),
        Transition("decide", (D.SIGNED,), D.DECIDED),
        Transition("suspend", (D.DECIDED,), D.SUSPENDED),
        Transition("resume", (D.SUSPENDED,), D.DECIDED),
        Transition(
            "withdraw",
            (D.DRAFT, D.PROPOSED, D.REVIEWED, D.SIGNED, D.DECIDED, D.SUSPENDED),
            D.WITHDRAWN,
        ),
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
