"""The workflows of a reviewer of a pool, of an assignment and of a decision."""

from kernel.transitions.workflow import Transition, Workflow
from review.enums import AssignmentState as A
from review.enums import DecisionState as D
from review.enums import PanelState as P
from review.enums import ReviewerState as R

REVIEWER = Workflow(
    states=R,
    initial=R.NAMED,
    transitions=(
        Transition("invite", (R.NAMED, R.INVITED, R.DECLINED), R.INVITED),
        Transition("revoke", (R.INVITED,), R.NAMED),
        # Also by beginning a review without having answered an invitation.
        Transition("accept", (R.NAMED, R.INVITED), R.ACCEPTED),
        Transition("decline", (R.NAMED, R.INVITED), R.DECLINED),
        Transition("retire", (R.NAMED, R.INVITED, R.ACCEPTED, R.DECLINED), R.RETIRED),
    ),
)

ASSIGNMENT = Workflow(
    states=A,
    initial=A.ASSIGNED,
    transitions=(
        # Taken by declaring that there is no conflict, which opens the proposal.
        Transition("begin", (A.ASSIGNED,), A.IN_PROGRESS),
        Transition("submit", (A.IN_PROGRESS,), A.SUBMITTED),
        Transition("declare_conflict", (A.ASSIGNED, A.IN_PROGRESS, A.SUBMITTED, A.CLOSED), A.CONFLICTED),
        Transition("withdraw", (A.ASSIGNED, A.IN_PROGRESS), A.WITHDRAWN),
        Transition("hand_back", (A.ASSIGNED, A.IN_PROGRESS), A.HANDED_BACK),
        # Taken by the lock of the agency's scores, and by the end of a reopening.
        Transition("close", (A.ASSIGNED, A.IN_PROGRESS), A.CLOSED),
        # One late review after the lock: where it was when it was closed.
        Transition("reopen", (A.CLOSED,), A.IN_PROGRESS),
        Transition("reopen_undeclared", (A.CLOSED,), A.ASSIGNED),
    ),
)

DECISION = Workflow(
    states=D,
    initial=D.PROPOSED,
    transitions=(
        Transition("adopt", (D.PROPOSED,), D.ADOPTED),
        Transition("refuse", (D.PROPOSED,), D.REFUSED),
    ),
)

PANEL = Workflow(
    states=P,
    initial=P.OPEN,
    transitions=(
        Transition("close", (P.OPEN,), P.CLOSED),
        # The minutes were found wrong.
        Transition("reopen", (P.CLOSED,), P.OPEN),
    ),
)
