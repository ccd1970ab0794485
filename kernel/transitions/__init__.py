"""Workflows as tables, and the one function that moves an object along them."""

from kernel.transitions.apply import apply_to_all, apply_transition
from kernel.transitions.fields import StateField, state_is_known
from kernel.transitions.workflow import Transition, Workflow

__all__ = [
    "StateField",
    "Transition",
    "Workflow",
    "apply_to_all",
    "apply_transition",
    "state_is_known",
]
