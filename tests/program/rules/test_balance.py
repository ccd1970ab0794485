from fractions import Fraction

import pytest

from program.rules.balance import Scored, arithmetic, balance_of, decimal, sensitivities, with_weights

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


@pytest.mark.parametrize(
    ("items", "turns"),
    [
        (DOSSIER, [None, None, 8]),  # 8 − w: zero at 8
        ([Scored("a", 2, 3), Scored("b", -1, 5)], [2, 6]),  # 2w − 5 ≤ 0 at 2; 6 − w ≤ 0 at 6
        ([Scored("a", 1, 1)], [0]),
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
