from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from program.rules.balance import (
    Scored,
    arithmetic,
    balance_of,
    decimal,
    sensitivities,
    span_without_one,
    turning,
    verdict,
    with_weights,
)

DOSSIER = [Scored("papers", 2, 3), Scored("people", 1, 2), Scored("cost", -1, 1)]


def test_balance_is_the_weighted_mean_of_the_scores() -> None:
    assert balance_of(DOSSIER).value == Fraction(7, 6)


def test_balance_without_any_weight_is_unknown() -> None:
    assert balance_of([]).value is None
    assert balance_of([Scored("a", 2, 0)]).value is None


def test_arithmetic_shows_every_product_and_weight() -> None:
    assert arithmetic(DOSSIER) == "(3×2 + 2×1 + 1×(−1)) / (3 + 2 + 1) = 7/6"
    assert arithmetic([Scored("loss", -2, 4)]) == "(4×(−2)) / (4) = −8/4"
    assert arithmetic([]) == ""
    assert arithmetic([Scored("idle", 2, 0)]) == ""  # 0/0 is no number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(7, 6), "+1.17"),
        (Fraction(-1, 2), "−0.50"),
        (Fraction(1, 200), "+0.01"),
        (Fraction(-1, 300), "0.00"),
        (Fraction(0), "0.00"),
        (None, "–"),
    ],
)
def test_balance_is_written_with_its_sign(value: Fraction | None, text: str) -> None:
    assert decimal(value) == text


def test_changed_weight_changes_the_balance() -> None:
    assert balance_of(with_weights(DOSSIER, {"cost": 5, "unknown": 9})).value == Fraction(3, 10)


def test_sensitivity_leaves_out_lightens_and_adds_weight() -> None:
    cost = sensitivities(DOSSIER)[2]
    assert (cost.without, cost.lighter, cost.heavier) == (Fraction(8, 5), Fraction(8, 5), Fraction(6, 7))
    idle = sensitivities([*DOSSIER, Scored("idle", -2, 0)])[3]
    assert (idle.lighter, idle.heavier) == (None, Fraction(5, 7))


@pytest.mark.parametrize(
    ("items", "turns"),
    [
        (DOSSIER, [None, None, 8]),  # 8 − w: zero at 8
        ([Scored("a", 2, 3), Scored("b", -1, 5)], [2, 6]),  # 2w − 5 ≤ 0 at 2; 6 − w ≤ 0 at 6
        ([Scored("a", 1, 1)], [None]),  # of weight 0 there would be no result, not another one
        ([Scored("a", 2, 7), Scored("b", -1, 0)], [None, 14]),
        ([Scored("a", 0, 1), Scored("b", 1, 1)], [None, 0]),
        ([Scored("a", 1, 1), Scored("b", -1, 1)], [None, None]),  # already at zero
        ([Scored("a", -2, 2), Scored("b", 1, 1)], [0, 4]),
    ],
)
def test_turning_weight_is_where_the_sign_goes(items: list[Scored], turns: list[int | None]) -> None:
    assert [s.turns_at for s in sensitivities(items)] == turns
    total = balance_of(items).weighted
    for item, turn in zip(items, turns, strict=True):
        if turn is None:
            continue
        step = 1 if turn > item.weight else -1
        at = balance_of(with_weights(items, {item.key: turn})).weighted
        before = balance_of(with_weights(items, {item.key: turn - step})).weighted
        assert at * total <= 0 < before * total


@st.composite
def dossiers(draw: st.DrawFn) -> list[Scored]:
    pairs = draw(st.lists(st.tuples(st.integers(-2, 2), st.integers(0, 100)), max_size=12))
    return [Scored(str(number), score, weight) for number, (score, weight) in enumerate(pairs)]


@given(st.data(), dossiers())
def test_order_of_items_changes_neither_balance_nor_sensitivity(data: st.DataObject, items: list) -> None:
    shuffled = data.draw(st.permutations(items))
    assert balance_of(shuffled).value == balance_of(items).value
    by_key = {s.key: s for s in sensitivities(shuffled)}
    assert [by_key[s.key] for s in sensitivities(items)] == sensitivities(items)


@given(dossiers(), st.integers(1, 50))
def test_weights_scale_out(items: list, factor: int) -> None:
    scaled = with_weights(items, {item.key: item.weight * factor for item in items})
    assert balance_of(scaled).value == balance_of(items).value
    assert [s.without for s in sensitivities(scaled)] == [s.without for s in sensitivities(items)]


@given(dossiers(), st.integers(-2, 2))
def test_zero_weight_drops_an_item(items: list, score: int) -> None:
    assert balance_of([*items, Scored("idle", score, 0)]).value == balance_of(items).value


@given(dossiers())
def test_leaving_an_item_out_is_what_the_balance_without_it_says(items: list) -> None:
    for item, found in zip(items, sensitivities(items), strict=True):
        assert found.without == balance_of([other for other in items if other is not item]).value


@given(dossiers())
def test_balance_stays_within_the_scale(items: list) -> None:
    value = balance_of(items).value
    assume(value is not None)
    assert -2 <= value <= 2


@given(dossiers())
def test_turning_weights_are_all_that_turn_alone_and_stand_by_size_of_change(items: list) -> None:
    total = balance_of(items).weighted
    assume(total)
    found = turning(items, heaviest=100)
    changes = [abs(s.turns_at - s.weight) for s in found if s.turns_at is not None]
    assert changes == sorted(changes)
    turns = {
        item.key
        for item in items
        if any(balance_of(with_weights(items, {item.key: w})).weighted * total <= 0 for w in range(101))
    }
    if sum(item.weight > 0 for item in items) == 1:
        turns -= {item.key for item in items if item.weight}  # without the only one nothing is weighed
    assert {s.key for s in found} == turns


def test_span_is_between_the_lowest_and_highest_balance_without_one_item() -> None:
    assert span_without_one(DOSSIER) == (Fraction(1, 3), Fraction(8, 5))
    assert span_without_one([Scored("only", 2, 1)]) is None
    assert span_without_one([]) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [(Fraction(1, 9), "benefit"), (Fraction(0), "even"), (Fraction(-1, 9), "loss"), (None, "unknown")],
)
def test_verdict_is_the_sign_of_the_balance(value: Fraction | None, said: str) -> None:
    assert verdict(value) == said
