"""A workflow as data: states, and the named steps between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Transition:
    """A step called `name` from any of `sources` to `target`."""

    name: str
    sources: tuple[StrEnum, ...]
    target: StrEnum


@dataclass(frozen=True)
class Workflow:
    """The states of one kind of object and the steps between them."""

    states: type[StrEnum]
    initial: StrEnum
    transitions: tuple[Transition, ...]

    def find(self, name: str, state: str) -> Transition | None:
        """The step `name` as it may be taken from `state`, or None."""
        return next((t for t in self.transitions if t.name == name and state in t.sources), None)

    def allows(self, name: str, state: str) -> bool:
        """Whether the step `name` may be taken from `state`."""
        return self.find(name, state) is not None

    def final_states(self) -> Iterable[StrEnum]:
        """The states that no step leaves."""
        left = {source for transition in self.transitions for source in transition.sources}
        return [state for state in self.states if state not in left]
