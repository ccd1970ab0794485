"""What a team is told of its proposal while a decision on it is not published.

The agencies decide at one moment and publish at another. Until then officers see what was decided, and the team, partners
and institutions see the proposal as it stood before: on every page, since all that they read comes through `as_told`, and
in every count, since what they filter by asks `is_held_back`. Whoever puts `state` back into the database from such a row
would undo the decision: `Proposal.save` refuses it.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.query import ModelIterable

from kernel.clock import now
from proposals.models import Proposal

# Steps that tell what was decided.
DECIDING = ("adopt", "reserve", "not_adopt")


def is_held_back(of: str = "") -> Q:
    """Proposals decided upon, whose decision is not published. `of` leads to the proposal from another row: `proposal__`."""
    waits = Q(**{f"{of}told_from": None}) | Q(**{f"{of}told_from__gt": now()})
    return ~Q(**{f"{of}told_state": ""}) & waits


def is_pending(proposal: Proposal) -> bool:
    """Whether the decision on this proposal is made and not published."""
    return proposal.told_state != "" and (proposal.told_from is None or proposal.told_from > now())


def told_state(proposal: Proposal) -> str:
    """The state that the team knows of."""
    return proposal.told_state if is_pending(proposal) else proposal.state


class _AsTold(ModelIterable):
    """Rows whose state is the one that their reader is told."""

    def __iter__(self) -> Iterator[Any]:
        for proposal in super().__iter__():
            if getattr(proposal, "is_own", True) and is_pending(proposal):
                proposal.state, proposal.is_as_told = proposal.told_state, True
            yield proposal


def as_told(proposals: QuerySet[Proposal], own: Q | None = None) -> QuerySet[Proposal]:
    """The proposals as a team reads them: all of them, or those that fulfil `own`."""
    if own is not None:
        proposals = proposals.annotate(is_own=ExpressionWrapper(own, output_field=BooleanField()))
    else:
        proposals = proposals.all()
    proposals._iterable_class = _AsTold
    return proposals
