"""The optimiser against everything that could be done, on tiny tasks; and what it says of its own answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.rules.matching.candidates import value_of
from review.rules.matching.checking import faults, shortfalls
from review.rules.matching.optimise import FLOOR_STEP, optimise, worth_of
from review.rules.matching.task import Limits, Rule, Shortfall, Task
from tests.review.matching.worlds import every_assignment, make_task, missing_in

QUICK = Limits(seconds=30, threads=1)
# As with thousands: two candidates a proposal to begin with, the others as they are worth it.
GROWING = Limits(seconds=30, threads=1, candidates=2, whole=0)


@st.composite
def tasks(draw: st.DrawFn, *, with_balance: bool = True, with_floor: bool = False) -> Task:
    """Up to four proposals and five reviewers of two agencies, with everything that may stand in the way."""
    proposals, reviewers = draw(st.integers(1, 4)), draw(st.integers(1, 5))

    def whole(low: int, high: int, count: int) -> list[int]:
        return draw(st.lists(st.integers(low, high), min_size=count, max_size=count))

    cells = proposals * reviewers
    expertise = np.reshape(whole(0, 20, cells), (proposals, reviewers)) / 20
    allowed = np.reshape(whole(0, 4, cells), (proposals, reviewers)) > 0
    places = np.array(whole(0, 2, proposals))
    agencies = [*whole(0, 1, reviewers - 1), 1]
    least = np.minimum(np.reshape(whole(0, 1, proposals * 2), (proposals, 2)), places[:, None])
    pairs = st.tuples(st.integers(0, proposals - 1), st.integers(0, reviewers - 1))
    pinned = draw(st.frozensets(pairs, max_size=2))
    kept = draw(st.dictionaries(pairs, st.sampled_from([0.25, 0.5]), max_size=3))
    return make_task(
        expertise,
        allowed=allowed,
        agency=agencies,
        outside=np.array(whole(0, 1, reviewers)) > 0,
        room=whole(0, 3, reviewers),
        places=places,
        least=least,
        least_outside=np.minimum(whole(0, 1, proposals), places),
        pinned=pinned,
        kept=kept,
        balance=draw(st.sampled_from([0.0, 0.25])) if with_balance else 0.0,
        has_floor=with_floor,
    )


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_optimise_on_tiny_tasks_finds_what_trying_everything_finds(task: Task) -> None:
    answer = optimise(task, QUICK)
    everything = every_assignment(task)
    least_missing = min(missing_in(task, pairs) for pairs in everything)
    complete = [pairs for pairs in everything if missing_in(task, pairs) == least_missing]
    best = max(worth_of(task, value_of(task), pairs) for pairs in complete)
    assert faults(task, answer.pairs) == []
    assert missing_in(task, answer.pairs) == least_missing
    assert answer.value == pytest.approx(best, abs=1e-3)


@settings(max_examples=150, deadline=None)
@given(tasks())
def test_bound_of_any_task_is_above_what_can_be_reached(task: Task) -> None:
    answer = optimise(task, GROWING)
    assert faults(task, answer.pairs) == []
    least_missing = min(missing_in(task, pairs) for pairs in every_assignment(task))
    assert answer.short_bound <= least_missing + 1e-4
    if answer.short_bound > least_missing - 1e-4:
        assert answer.bound >= answer.value - 1e-4


@settings(max_examples=100, deadline=None)
@given(tasks(with_balance=False, with_floor=True))
def test_floor_is_as_high_as_trying_everything_can_raise_it(task: Task) -> None:
    answer = optimise(task, QUICK)
    everything = every_assignment(task)
    if min(missing_in(task, pairs) for pairs in everything) or not task.places.all():
        return  # of a task that cannot be met the floor is that of the others: its own test

    def worst(pairs: tuple[tuple[int, int], ...]) -> float:
        served = np.zeros(len(task.places))
        for p, r in pairs:
            served[p] += task.expertise[p, r]
        return float(served.min())

    highest = max(worst(pairs) for pairs in everything if not missing_in(task, pairs))
    assert missing_in(task, answer.pairs) == 0
    # Whole numbers may not reach what fractions do: the answer is at the best whole floor, or the fractions' own floor is higher.
    assert worst(answer.pairs) >= highest - FLOOR_STEP or answer.floor > highest


def test_optimise_prefers_the_sum_to_the_single_best_pair() -> None:
    task = make_task([[0.9, 0.8], [0.7, 0.1]], room=[1, 1])
    assert optimise(task, QUICK).pairs == ((0, 1), (1, 0))


def test_floor_serves_the_worst_first_although_the_sum_falls() -> None:
    grid = [[1.0, 0.5], [0.6, 0.0]]
    assert optimise(make_task(grid, room=[1, 1]), QUICK).pairs == ((0, 1), (1, 0))
    uneven = [[1.0, 0.3], [0.6, 0.1]]
    assert optimise(make_task(uneven, room=[1, 1]), QUICK).pairs == ((0, 0), (1, 1))
    assert optimise(make_task(uneven, room=[1, 1], has_floor=True), QUICK).pairs == ((0, 1), (1, 0))


def test_balance_spreads_loads_where_expertise_is_nearly_the_same() -> None:
    grid = [[0.5, 0.45]] * 4
    unbalanced = optimise(make_task(grid, room=[4, 4]), QUICK)
    balanced = optimise(make_task(grid, room=[4, 4], balance=0.4), QUICK)
    assert [r for _p, r in unbalanced.pairs] == [0, 0, 0, 0]
    assert sorted(r for _p, r in balanced.pairs) == [0, 0, 1, 1]


def test_kept_pair_is_changed_only_where_that_brings_more_than_it_costs() -> None:
    grid = [[0.2, 0.5]]
    assert optimise(make_task(grid, kept={(0, 0): 0.4}), QUICK).pairs == ((0, 0),)
    assert optimise(make_task(grid, kept={(0, 0): 0.1}), QUICK).pairs == ((0, 1),)


def test_pinned_pair_stands_although_it_is_not_allowed_and_beyond_the_load() -> None:
    task = make_task([[0.2, 0.5]], allowed=[[False, True]], room=[0, 1], pinned=frozenset({(0, 0)}))
    answer = optimise(task, QUICK)
    assert answer.pairs == ((0, 0),)
    assert answer.short == (Shortfall(Rule.LOAD, 0, 1),)


def test_third_country_and_both_agencies_are_covered_by_more_than_two_agencies() -> None:
    task = make_task(
        [[0.9, 0.8, 0.7, 0.1]],
        agency=[0, 1, 2, 2],
        outside=[False, False, False, True],
        places=[3],
        least=[[1, 1, 1]],
        least_outside=[1],
    )
    assert optimise(task, QUICK).pairs == ((0, 0), (0, 1), (0, 3))


def test_answer_that_cannot_exist_names_rule_and_number() -> None:
    """All reviewers of the first proposal are in conflict; the second lacks one of the second agency."""
    task = make_task(
        [[0.5, 0.5], [0.5, 0.5]],
        allowed=[[False, False], [True, False]],
        agency=[0, 1],
        places=[2, 1],
        least=[[1, 1], [0, 1]],
    )
    answer = optimise(task, QUICK)
    assert answer.pairs == ((1, 0),)
    assert answer.short == (
        Shortfall(Rule.REVIEWERS, 0, 2),
        Shortfall(Rule.AGENCY, 0, 1, 0),
        Shortfall(Rule.AGENCY, 0, 1, 1),
        Shortfall(Rule.AGENCY, 1, 1, 1),
    )
    assert answer.short_bound == pytest.approx(5, abs=1e-3)


def test_optimise_without_reviewers_misses_everything() -> None:
    task = make_task(np.zeros((2, 0)), places=[2, 1])
    assert optimise(task, QUICK).short == (Shortfall(Rule.REVIEWERS, 0, 2), Shortfall(Rule.REVIEWERS, 1, 1))


def test_candidates_that_do_not_suffice_are_repaired_from_all_reviewers() -> None:
    """Everybody's two best are the same two people; room for one each."""
    grid = np.full((6, 8), 0.1)
    grid[:, :2] = 0.9
    answer = optimise(make_task(grid, room=[1] * 8), GROWING)
    assert answer.short == ()
    assert answer.value == pytest.approx(2 * 0.9 + 4 * 0.1, abs=1e-4)


def test_middling_task_is_within_a_thousandth_of_its_bound() -> None:
    random = np.random.default_rng(7)
    proposals, reviewers = 120, 70
    task = make_task(
        random.random((proposals, reviewers)),
        allowed=random.random((proposals, reviewers)) > 0.05,
        agency=np.arange(reviewers) % 2,
        outside=random.random(reviewers) < 0.4,
        room=[6] * reviewers,
        places=[3] * proposals,
        least=np.ones((proposals, 2)),
        least_outside=[1] * proposals,
    )
    answer = optimise(task)
    assert faults(task, answer.pairs) == []
    assert shortfalls(task, answer.pairs) == ()
    assert answer.gap <= 0.001


def test_optimise_gives_the_same_answer_twice() -> None:
    grid = np.random.default_rng(3).random((20, 12))
    task = make_task(grid, room=[5] * 12, places=[2] * 20)
    assert optimise(task).pairs == optimise(task).pairs


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        (((0, 0), (0, 0)), "twice"),
        (((0, 1),), "not_allowed"),
        (((0, 0), (1, 0)), "over_room"),
        (((1, 0), (1, 2)), "over_places"),
        (((1, 2),), "pinned_missing"),
    ],
)
def test_faults_finds_each_kind(pairs: tuple[tuple[int, int], ...], code: str) -> None:
    task = make_task(
        np.ones((2, 3)),
        allowed=[[True, False, True], [True, True, True]],
        room=[1, 1, 1],
        pinned=frozenset({(1, 2)} if code == "pinned_missing" else ()),
    )
    if code == "pinned_missing":
        pairs = ((0, 0),)
    assert code in [fault.code for fault in faults(task, pairs)]
