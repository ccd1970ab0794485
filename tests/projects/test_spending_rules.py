from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from projects.rules.spending import (
    Sums,
    moved_between_categories,
    of_year,
    share,
    summed,
    virement_limit,
    with_move,
)

ENTRIES = [
    (2026, "goods", "allocation", 40),
    (2026, "goods", "change", -10),
    (2026, "travel", "allocation", 20),
    (2026, "travel", "change", 7),
    (2026, "goods", "payment", 12),
    (2026, "goods", "carry_out", 5),
    (2027, "goods", "carry_in", 5),
    (2026, "travel", "return", 3),
]


def test_entries_add_up_by_year_and_category() -> None:
    sums = summed(ENTRIES)
    assert sums[2026, "goods"] == Sums(allocated=30, changed=-10, carried_out=5, paid=12)
    assert (sums[2026, "goods"].available, sums[2026, "goods"].left) == (25, 13)
    assert sums[2027, "goods"].left == 5
    assert of_year(sums, 2026) == Sums(allocated=57, changed=-3, carried_out=5, returned=3, paid=12)
    assert of_year(sums, 2030) == Sums()


def test_what_moved_between_categories_is_what_was_both_taken_and_added() -> None:
    assert moved_between_categories(summed(ENTRIES), 2026) == 7
    assert moved_between_categories(summed([(2026, "goods", "change", 9)]), 2026) == 0
    indirect = [(2026, "goods", "change", -9), (2026, "indirect", "change", 9)]
    assert moved_between_categories(summed(indirect), 2026) == 0


def test_half_of_the_direct_cost_may_move_or_five_million_where_that_is_more() -> None:
    def limit(direct: int) -> int:
        budget = [(2026, "goods", "allocation", direct), (2026, "indirect", "allocation", 30)]
        return virement_limit(summed(budget), 2026)

    assert [limit(n) for n in (9_999_999, 10_000_000, 10_000_003)] == [5_000_000, 5_000_000, 5_000_001]


@given(st.lists(st.integers(-100, 100).filter(bool), max_size=8), st.integers(1, 100))
def test_a_move_changes_no_total_and_a_move_back_undoes_it(changes: list[int], amount: int) -> None:
    sums = summed([(2026, ("goods", "travel", "other")[n % 3], "change", c) for n, c in enumerate(changes)])
    moved = with_move(sums, 2026, "goods", "travel", amount)
    assert of_year(moved, 2026) == of_year(sums, 2026)
    assert virement_limit(moved, 2026) == virement_limit(sums, 2026)
    back = with_move(moved, 2026, "travel", "goods", amount)
    assert moved_between_categories(back, 2026) == moved_between_categories(sums, 2026)


def test_a_share_of_nothing_is_unknown() -> None:
    assert share(3, 4) == Fraction(3, 4)
    assert share(0, 0) is None
