"""Whether a designation is in force on a day, and whether two of them would be in force together."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from program.enums import DesignationEventKind as Kind
from program.enums import DesignationState as State
from program.enums import Standing

DECIDED = (State.DECIDED, State.SUSPENDED)


@dataclass(frozen=True)
class Turn:
    """Something that happened to a designation from the day `on`."""

    kind: str
    on: dt.date


def standing_on(
    day: dt.date,
    *,
    state: str,
    valid_from: dt.date | None,
    valid_until: dt.date | None,
    turns: Sequence[Turn] = (),
) -> Standing:
    """How the designation stands on a day; both days of its validity are included.

    `state` is that of today. What happened after `day` is unmade: then the last turn on or before it says how it stood.
    """
    if valid_from is None:
        return Standing.WITHDRAWN if state == State.WITHDRAWN else Standing.NOT_DECIDED
    if state not in (*DECIDED, State.WITHDRAWN):
        return Standing.NOT_DECIDED
    then = _state_on(day, state, turns)
    if then == State.WITHDRAWN:
        return Standing.WITHDRAWN
    if day < valid_from:
        return Standing.NOT_YET
    if valid_until is not None and day > valid_until:
        return Standing.LAPSED
    return Standing.SUSPENDED if then == State.SUSPENDED else Standing.IN_FORCE


def _state_on(day: dt.date, state: str, turns: Sequence[Turn]) -> str:
    if not any(turn.on > day for turn in turns):
        return state
    before = [turn for turn in turns if turn.on <= day and turn.kind != Kind.ENDED]
    last = before[-1].kind if before else Kind.RESUMED
    return State.SUSPENDED if last == Kind.SUSPENDED else State.DECIDED


def overlap(first: tuple[dt.date, dt.date | None], second: tuple[dt.date, dt.date | None]) -> bool:
    """Whether two spans of days, both ends included and an end of None open, have a day in common."""
    return (second[1] is None or first[0] <= second[1]) and (first[1] is None or second[0] <= first[1])
