from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.rules.means import Figure, Scale, figure, in_words, ranks, review_mean, shared

FIVE = Scale(weight=1, lowest=1, highest=5)


@pytest.mark.parametrize("values", list(permutations((10, 5, 15))))
def test_mean_does_not_depend_on_the_order(values: tuple[int, ...]) -> None:
    assert in_words(figure(values).mean) == "10.00"


def test_missing_is_not_zero() -> None:
    found = figure([4, None, 5])
    assert (in_words(found.mean), found.n) == ("4.50", 2)


def test_zero_is_a_score() -> None:
    assert (in_words(figure([0, 0]).mean), figure([0, 0]).n) == ("0.00", 2)


def test_nothing_counted_has_no_mean() -> None:
    assert figure([None, None]) == Figure(None, None, 0)
    assert in_words(figure([]).mean) == "–"


def test_half_is_rounded_up() -> None:
    assert [in_words(Fraction(n, 200)) for n in (201, 203, 205)] == ["1.01", "1.02", "1.03"]


def test_thirds_are_exact_until_they_are_shown() -> None:
    assert figure([1, 2, 2]).mean == Fraction(5, 3)
    assert in_words(Fraction(5, 3)) == "1.67"


def test_spread_is_the_highest_less_the_lowest() -> None:
    assert figure([2, 5, None, 3]).spread == 3


def test_review_is_weighted_by_its_criteria() -> None:
    people = Scale(weight=2, lowest=1, highest=5)
    assert review_mean([(FIVE, 2), (people, 5)], FIVE) == 4


def test_not_applicable_leaves_its_weight_too() -> None:
    people = Scale(weight=2, lowest=1, highest=5)
    assert review_mean([(FIVE, 2), (people, None)], FIVE) == 2
    assert review_mean([(FIVE, None)], FIVE) is None


def test_low_is_best_is_turned_round() -> None:
    assert review_mean([(Scale(1, 1, 5, high_is_best=False), 1)], FIVE) == 5


def test_another_scale_is_brought_onto_the_common_one() -> None:
    assert review_mean([(FIVE, 5), (Scale(1, 0, 10), 5)], FIVE) == 4


def test_equal_means_share_a_rank() -> None:
    assert ranks({"a": Fraction(9, 2), "b": Fraction(9, 2), "c": Fraction(1, 3), "d": None}) == {
        "a": 1,
        "b": 1,
        "c": 3,
        "d": None,
    }


def test_means_that_only_look_equal_do_not_share_a_rank() -> None:
    assert ranks({"a": Fraction(4499, 1000), "b": Fraction(45, 10)}) == {"a": 2, "b": 1}


@given(st.lists(st.one_of(st.none(), st.integers(1, 9)), max_size=12))
def test_place_is_shared_where_two_have_it(places: list[int | None]) -> None:
    assert shared(places) == {place for place in places if place is not None and places.count(place) > 1}
