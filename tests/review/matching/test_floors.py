"""The worst served proposal where an assignment is adjusted, held against an independent look at the answer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from review.rules.matching.checking import below_floor, faults, served
from review.rules.matching.optimise import FLOOR_STEP, optimise
from review.rules.matching.task import BelowWhy, Task
from tests.review.matching.test_optimise import QUICK, tasks
from tests.review.matching.worlds import every_assignment, make_task, missing_in

# The first was given its reviewer; the other two compete for who knows more.
GRID = [[0.2, 0.4, 0.0], [0.0, 1.0, 0.3], [0.0, 0.6, 0.1]]


def adjusted(**fields: object) -> Task:
    return make_task(GRID, room=[1, 1, 1], kept={(0, 0): 0.3}, **fields)


def test_worst_served_is_raised_and_what_was_given_stays() -> None:
    assert optimise(adjusted(), QUICK).pairs == ((0, 0), (1, 1), (2, 2))
    answer = optimise(adjusted(has_floor=True, floor_keeps=True), QUICK)
    assert answer.pairs == ((0, 0), (1, 2), (2, 1))
    # What fractions could reach; whole numbers come as near as they can.
    assert answer.floor >= 0.3 - FLOOR_STEP
    assert [(one.of, one.why) for one in below_floor(adjusted(), answer.pairs, answer.floor)] == [
        (0, BelowWhy.ALONE),
        (1, BelowWhy.SHARED),
    ]


def test_floor_changes_no_kept_pair_for_its_sake() -> None:
    """Without `floor_keeps` the worst served comes before what was given."""
    grid = [[0.1, 0.3], [0.3, 0.9]]
    task = make_task(grid, room=[1, 1], kept={(0, 0): 0.3, (1, 1): 0.3}, has_floor=True)
    assert optimise(task, QUICK).pairs == ((0, 1), (1, 0))
    assert optimise(replace(task, floor_keeps=True), QUICK).pairs == ((0, 0), (1, 1))


@settings(max_examples=100, deadline=None)
@given(tasks(with_balance=False, with_floor=True))
def test_adjusted_floor_is_as_high_as_trying_everything_can_raise_it_beside_what_stays(task: Task) -> None:
    task = replace(task, floor_keeps=True)
    answer = optimise(task, QUICK)
    everything = every_assignment(task)
    least = min(missing_in(task, pairs) for pairs in everything)
    assert faults(task, answer.pairs) == []
    assert missing_in(task, answer.pairs) == least
    stays = {pair for pair in answer.pairs if pair in task.kept}
    free = [
        p
        for p, places in enumerate(task.places)
        if sum(q == p and ((q, r) in stays or (q, r) in task.pinned) for q, r in answer.pairs) < places
    ]
    if least or not free or not task.places.all():
        return
    others = [pairs for pairs in everything if stays <= set(pairs) and not missing_in(task, pairs)]
    highest = max(min(served(task, pairs)) for pairs in others)
    worst = min(served(task, answer.pairs)[p] for p in free)
    # As without keeping: whole numbers may not reach what fractions do.
    assert worst >= highest - FLOOR_STEP or answer.floor > highest


def test_what_is_below_the_floor_is_named_with_its_reason() -> None:
    grid = [[0.2, 0.9, 0.0], [0.1, 0.1, 0.1], [0.5, 0.9, 0.4], [0.9, 0.9, 0.9], [0.9, 0.9, 0.9]]
    task = make_task(grid, room=[2, 2, 2], places=[1, 1, 1, 2, 1], kept={(0, 0): 0.3})
    pairs = ((0, 0), (1, 1), (2, 2), (3, 0), (4, 1))
    found = below_floor(task, pairs, 0.6)
    assert [(one.of, one.why) for one in found] == [
        (0, BelowWhy.KEPT),
        (1, BelowWhy.ALONE),
        (2, BelowWhy.SHARED),
    ]
    assert [one.by for one in found] == pytest.approx([0.4, 0.5, 0.2])
    assert [(one.of, one.why) for one in below_floor(task, pairs[:3], 0.6)][3:] == [
        (3, BelowWhy.MISSING),
        (4, BelowWhy.MISSING),
    ]
    assert below_floor(task, pairs, 0.0) == ()
