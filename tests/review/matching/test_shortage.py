"""What proves that a rule cannot be met: counted by hand, and confirmed against everything that could be done."""

import numpy as np
from hypothesis import given, settings

from review.rules.matching.optimise import optimise
from review.rules.matching.shortage import Bottleneck, bottlenecks
from review.rules.matching.task import Rule, Task
from tests.review.matching.test_optimise import QUICK, tasks
from tests.review.matching.worlds import every_assignment, make_task, missing_in


def test_bottleneck_counts_proposals_that_compete_for_too_little_room() -> None:
    """Three proposals want somebody of agency 1; its only two reviewers who may take them have room for one each."""
    task = make_task(
        np.full((4, 4), 0.5),
        agency=[0, 1, 1, 1],
        allowed=[[True, True, True, False]] * 3 + [[True, False, False, True]],
        room=[4, 1, 1, 4],
        least=[[0, 1]] * 4,
    )
    answer = optimise(task, QUICK)
    assert bottlenecks(task, answer.pairs, answer.short) == (
        Bottleneck(Rule.AGENCY, 1, (0, 1, 2), (1, 2), needed=3, room=2),
    )


def test_bottleneck_of_a_whole_pool_that_is_too_small() -> None:
    task = make_task(np.full((3, 2), 0.5), room=[2, 2], places=[2, 2, 2])
    answer = optimise(task, QUICK)
    assert bottlenecks(task, answer.pairs, answer.short) == (
        Bottleneck(Rule.REVIEWERS, None, (0, 1, 2), (0, 1), needed=6, room=4),
    )


def test_assignment_that_meets_everything_has_no_bottleneck() -> None:
    task = make_task(np.full((3, 2), 0.5), room=[2, 2])
    answer = optimise(task, QUICK)
    assert bottlenecks(task, answer.pairs, answer.short) == ()


@settings(max_examples=100, deadline=None)
@given(tasks(with_balance=False))
def test_bottleneck_is_missing_in_every_assignment(task: Task) -> None:
    answer = optimise(task, QUICK)
    least = min(missing_in(task, pairs) for pairs in every_assignment(task))
    if not task.pinned:
        for one in bottlenecks(task, answer.pairs, answer.short):
            assert one.needed - one.room <= least
