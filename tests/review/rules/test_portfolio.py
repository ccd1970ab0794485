import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.rules.best_choice import best_choice, nearest_choice, prices
from review.rules.portfolio import (
    Candidate,
    Missed,
    Opinion,
    Rule,
    RuleKind,
    Wish,
    above_line,
    missed_by,
    points_in,
    points_of,
    used_by,
    would_fund,
)

YEN = 100_000_000
NO_RULES = Wish({}, {}, {})


def one(key: str, points: int | None = 500, yen: int = YEN, **more: object) -> Candidate:
    return Candidate(key, points, {("home", 2027): yen}, **more)  # type: ignore[arg-type]


def wishes(yen: int, **more: object) -> Wish:
    return Wish({("home", 2027): yen}, more.pop("fields", {}), more.pop("countries", {}), **more)  # type: ignore[arg-type]


def best_of_all(candidates: list[Candidate], wish: Wish) -> int | None:
    """The most points of any choice, found by trying each of them."""
    found = None
    for count in range(len(candidates) + 1):
        for some in itertools.combinations(candidates, count):
            keys = {candidate.key for candidate in some}
            if any(c.points is None and c.key not in wish.pinned for c in some) or missed_by(
                candidates, wish, keys
            ):
                continue
            found = max(found if found is not None else 0, points_in(candidates, keys))
    return found


CANDIDATES = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 1_000)),
        st.integers(0, YEN),
        st.integers(0, YEN),
        st.sampled_from("xy"),
        st.sets(st.sampled_from(["US", "GB"])),
        st.booleans(),
    ),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(
    CANDIDATES,
    st.integers(0, 4 * YEN),
    st.integers(0, 4 * YEN),
    st.integers(0, 2),
    st.integers(0, 1),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 4)),
    st.sets(st.sampled_from(["p0", "p1"])),
    st.sets(st.sampled_from(["p2", "p3"])),
)
def test_best_choice_is_the_best_of_all_choices(
    plain: list[tuple[int | None, int, int, str, set[str], bool]],
    home: int,
    partner: int,
    least_x: int,
    least_us: int,
    only_both: bool,
    most: int | None,
    pinned: set[str],
    left_out: set[str],
) -> None:
    candidates = [
        Candidate(
            f"p{place}",
            points,
            {("home", 2027): ours, ("partner", 2027): theirs},
            field,
            frozenset(countries),
            both,
        )
        for place, (points, ours, theirs, field, countries, both) in enumerate(plain)
    ]
    keys = {candidate.key for candidate in candidates}
    wish = Wish(
        {("home", 2027): home, ("partner", 2027): partner},
        {"x": least_x},
        {"US": least_us},
        only_both,
        most,
        frozenset(pinned & keys),
        frozenset(left_out & keys),
    )
    best, expected = best_choice(candidates, wish), best_of_all(candidates, wish)
    assert (None if best is None else best.points) == expected
    if best is None:
        _nearest, missed = nearest_choice(candidates, wish)
        assert missed
    else:
        assert missed_by(candidates, wish, best.chosen) == []
        assert best.gap == 0


def test_best_choice_exactly_fills_a_purse_to_the_yen() -> None:
    candidates = [one("a", 400, 33_333_334), one("b", 400, 33_333_333), one("c", 400, 33_333_333)]
    best = best_choice(candidates, wishes(YEN))
    assert best is not None and best.chosen == {"a", "b", "c"}
    short = best_choice(candidates, wishes(YEN - 1))
    assert short is not None and len(short.chosen) == 2


def test_best_choice_of_equal_points_takes_the_higher_in_the_list() -> None:
    best = best_choice([one("first"), one("second"), one("third")], wishes(2 * YEN))
    assert best is not None and best.chosen == {"first", "second"}


def test_best_choice_leaves_out_who_has_no_score_unless_pinned() -> None:
    candidates = [one("scored"), one("unscored", None)]
    best = best_choice(candidates, NO_RULES)
    assert best is not None and best.chosen == {"scored"}
    pinned = best_choice(candidates, Wish({}, {}, {}, pinned=frozenset({"unscored"})))
    assert pinned is not None and pinned.chosen == {"scored", "unscored"}


def test_best_choice_of_nothing_is_nothing() -> None:
    best = best_choice([], wishes(YEN))
    assert best is not None and best.chosen == frozenset()


def test_nearest_choice_names_the_rule_and_what_is_missing() -> None:
    candidates = [one("a", field="x"), one("b", field="y")]
    wish = wishes(2 * YEN, fields={"x": 3})
    assert best_choice(candidates, wish) is None
    nearest, missed = nearest_choice(candidates, wish)
    assert nearest.chosen == {"a", "b"}
    assert missed == [Missed(Rule(RuleKind.FIELD, "x", amount=3), 2)]


def test_nearest_choice_says_by_how_many_yen_a_pinned_proposal_is_too_dear() -> None:
    candidates = [one("a", yen=YEN + 1)]
    _nearest, missed = nearest_choice(candidates, wishes(YEN, pinned=frozenset({"a"})))
    assert missed == [Missed(Rule(RuleKind.PURSE, "home", 2027, YEN), 1)]


def test_prices_names_the_points_and_who_would_come_and_go() -> None:
    candidates = [one("a", 900, field="y"), one("b", 800, field="y"), one("c", 100, field="x")]
    wish = wishes(2 * YEN, fields={"x": 1})
    best = best_choice(candidates, wish)
    assert best is not None and best.chosen == {"a", "c"}
    by_kind = {price.rule.kind: price for price in prices(candidates, wish, best)}
    minimum = by_kind[RuleKind.FIELD]
    assert (minimum.points, minimum.comes, minimum.goes) == (700, {"b"}, {"c"})
    assert by_kind[RuleKind.PURSE].points == 800


def test_prices_name_an_agencys_money_of_all_years_together() -> None:
    """Where every year is short, no single year costs anything."""
    dear = [Candidate(key, 500, {("home", 2027): YEN, ("home", 2028): YEN}) for key in ("a", "b")]
    wish = Wish({("home", 2027): YEN, ("home", 2028): YEN}, {}, {})
    best = best_choice(dear, wish)
    assert best is not None
    (price,) = prices(dear, wish, best)
    assert (price.rule, price.points, price.comes) == (Rule(RuleKind.PURSES, "home"), 500, {"b"})


def test_prices_leave_out_what_costs_nothing() -> None:
    candidates = [one("a")]
    wish = wishes(5 * YEN, countries={"US": 0})
    best = best_choice(candidates, wish)
    assert best is not None and prices(candidates, wish, best) == []


@pytest.mark.parametrize(
    ("mean", "points"),
    [(Fraction(5), 1_000), (Fraction(3), 500), (Fraction(1), 1), (Fraction(13, 3), 833), (None, None)],
)
def test_points_stand_on_one_to_a_thousand(mean: Fraction | None, points: int | None) -> None:
    assert points_of(mean, 1, 5) == points


def test_line_takes_the_first_whatever_they_cost() -> None:
    candidates = [one("a"), one("b"), one("c")]
    assert above_line(candidates, 2) == {"a", "b"}
    assert above_line(candidates, 0) == frozenset()
    assert above_line(candidates, 9) == {"a", "b", "c"}
    assert used_by(candidates, {"a", "b"}) == {("home", 2027): 2 * YEN}


@pytest.mark.parametrize(
    ("recommended", "mean", "threshold", "is_so"),
    [
        (True, None, 4, True),  # what is recommended needs no mean
        (True, 1, 4, True),
        (False, 5, None, False),  # nor does a mean make up for what is not
        (None, 4, 4, True),
        (None, Fraction(399, 100), 4, False),
        (None, 1, None, True),
        (None, None, None, False),
    ],
)
def test_agency_would_fund_what_it_recommends_and_else_by_its_mean(
    recommended: bool | None, mean: Fraction | int | None, threshold: int | None, is_so: bool
) -> None:
    opinion = Opinion(recommended, None if mean is None else Fraction(mean))
    assert would_fund(opinion, None if threshold is None else Fraction(threshold)) is is_so
