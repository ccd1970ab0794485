"""The workflows of a project, and of the conditions under which it was adopted."""

from kernel.transitions.workflow import Transition, Workflow
from projects.enums import ConditionState
from projects.enums import ProjectState as S

PROJECT = Workflow(
    states=S,
    initial=S.OFFERED,
    transitions=(
        Transition("activate", (S.OFFERED,), S.ACTIVE),
        Transition("end", (S.ACTIVE,), S.ENDED),
        # Its principal investigator has declined before anything was spent.
        Transition("decline_award", (S.OFFERED, S.ACTIVE), S.CLOSED),
        Transition("close", (S.ENDED,), S.CLOSED),
    ),
)

CONDITION = Workflow(
    states=ConditionState,
    initial=ConditionState.OPEN,
    transitions=(
        Transition("meet_condition", (ConditionState.OPEN,), ConditionState.MET),
        Transition("reopen_condition", (ConditionState.MET,), ConditionState.OPEN),
    ),
)
