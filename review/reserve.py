"""How the decisions of a call stand behind each other: the first one, whether its reserve list has ended, what is unpublished."""

from kernel.clock import today
from program.models import Call
from review.enums import DecisionKind, DecisionState
from review.models import Decision


def first_decision(call: Call) -> Decision | None:
    """The adopted decision on the call itself, or None while there is none."""
    return Decision.objects.filter(call=call, kind=DecisionKind.FIRST, state=DecisionState.ADOPTED).first()


def has_reserve_ended(call: Call) -> bool:
    """Whether the last day of the call's reserve list has passed."""
    first = first_decision(call)
    if first is None or first.reserve_until is None:
        return False
    return first.reserve_ended_at is not None or first.reserve_until < today(call.programme.zone)


def has_unpublished(call: Call) -> bool:
    """Whether an adopted decision on the call waits for its publication: another one would overtake its letters."""
    adopted = Decision.objects.filter(call=call, state=DecisionState.ADOPTED)
    return any(not decision.is_published for decision in adopted)
