"""A reviewer's own scores beside those of the others who reviewed the same proposals for the same agency."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from program.enums import ScaleDirection
from program.models import Call
from review.counted import counted_reviews
from review.enums import AssignmentState
from review.models import Score
from review.queries import own_assignments
from review.rules.distribution import FEWEST_OTHERS, Share, distribution, mean_of


@dataclass(frozen=True)
class Compared:
    """The reviewer's distribution and the others', by steps of the scale, best first. `shares` is empty where the others
    are too few to stay unknown."""

    reviews: int
    other_reviews: int
    low_is_best: bool
    shares: Sequence[Share]
    own_mean: Fraction | None
    others_mean: Fraction | None


def compared(user: Any, call: Call) -> Compared | None:
    """None until the reviewer has submitted something in the call, and nothing of theirs is unfinished.

    Only proposals that they have reviewed themselves are counted, so that nothing is told of one that is shut to them,
    and only criteria on the scale of the first. Conflicted and withdrawn reviews are in no figure.
    """
    own = list(own_assignments(user).filter(proposal__call=call))
    done = [one for one in own if one.state == AssignmentState.SUBMITTED]
    open_still = (AssignmentState.ASSIGNED, AssignmentState.IN_PROGRESS)
    if not done or any(one.state in open_still for one in own):
        return None
    others = (
        counted_reviews()
        .filter(
            proposal__in=[one.proposal_id for one in done],
            reviewer__agency__in={one.reviewer.agency_id for one in done},
        )
        .exclude(pk__in=[one.pk for one in done])
    )
    keys = dict(others.values_list("pk", "reviewer"))
    first = done[0].proposal.form_version.criteria.first()
    if first is None:
        return None
    scale = {"criterion__lowest": first.lowest, "criterion__highest": first.highest}
    rows = Score.objects.filter(
        assignment__in=[*keys, *(one.pk for one in done)],
        value__isnull=False,
        criterion__direction=first.direction,
        **scale,
    ).values_list("assignment", "value")
    mine: list[int] = []
    theirs: list[int] = []
    for assignment, value in rows:
        if value is not None:
            (theirs if assignment in keys else mine).append(value)
    low_is_best = first.direction == ScaleDirection.LOW_IS_BEST
    steps = range(first.lowest, first.highest + 1)
    is_enough = len(set(keys.values())) >= FEWEST_OTHERS
    return Compared(
        len(done),
        len(keys) if is_enough else 0,
        low_is_best,
        distribution(mine, theirs, steps if low_is_best else steps[::-1]) if is_enough else (),
        mean_of(mine),
        mean_of(theirs) if is_enough else None,
    )
