"""How scores and means spread over the steps of a scale."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.rules.distribution import MOST_STEPS, counted_in, step_ranges


@pytest.mark.parametrize(
    ("lowest", "highest", "found"),
    [
        (1, 5, [[5], [4], [3], [2], [1]]),
        (0, 1, [[1], [0]]),
        (1, 13, [[13, 12], [11, 10], [9, 8], [7, 6], [5, 4], [3, 2], [1]]),
    ],
)
def test_steps_stand_alone_and_in_runs_on_a_long_scale(
    lowest: int, highest: int, found: list[list[int]]
) -> None:
    assert [sorted(run, reverse=True) for run in step_ranges(lowest, highest)] == found


@given(st.integers(-50, 50), st.integers(1, 1000))
def test_every_step_is_in_one_run_and_no_chart_is_too_long(lowest: int, more: int) -> None:
    runs = step_ranges(lowest, lowest + more)
    assert sorted(step for run in runs for step in run) == list(range(lowest, lowest + more + 1))
    assert len(runs) <= MOST_STEPS


def test_means_are_rounded_half_up() -> None:
    means = [Fraction(9, 2), Fraction(449, 100), Fraction(5), Fraction(3, 2)]
    assert counted_in(means, step_ranges(1, 5)) == [2, 1, 0, 1, 0]
