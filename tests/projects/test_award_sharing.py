"""What is awarded below what was asked, shared over institutions and categories."""

import random

from hypothesis import given
from hypothesis import strategies as st

from kernel.money import indirect_limit
from projects.rules.awarding import award_violations, awarded_parts

ASKED = {
    "home": {(2026, "goods"): 50_000_000, (2026, "indirect"): 15_000_000, (2027, "goods"): 10_000_000},
    "other": {(2026, "travel"): 10_000_000, (2026, "indirect"): 3_000_000},
}


def of_year(parts: dict[str, dict[tuple[int, str], int]], year: int) -> dict[tuple[str, str], int]:
    return {
        (name, key[1]): amount
        for name, amounts in parts.items()
        for key, amount in amounts.items()
        if key[0] == year
    }


def test_a_year_is_shared_by_what_was_asked_and_another_year_is_not_touched() -> None:
    found = awarded_parts(ASKED, {2026: 39_000_000}, 30)
    assert of_year(found, 2026) == {
        ("home", "goods"): 25_000_000,
        ("home", "indirect"): 7_500_000,
        ("other", "travel"): 5_000_000,
        ("other", "indirect"): 1_500_000,
    }
    assert of_year(found, 2027) == {("home", "goods"): 10_000_000}


def test_the_parts_add_up_where_nothing_divides() -> None:
    found = awarded_parts(ASKED, {2026: 38_999_999}, 30)
    assert sum(of_year(found, 2026).values()) == 38_999_999


def test_rounding_never_puts_indirect_cost_above_the_percentage() -> None:
    asked = {"home": {(2026, "goods"): 10, (2026, "indirect"): 3}}
    found = awarded_parts(asked, {2026: 8}, 30)
    assert found == {"home": {(2026, "goods"): 7, (2026, "indirect"): 1}}


@given(
    direct=st.lists(st.integers(0, 10**8), min_size=1, max_size=4),
    percent=st.integers(0, 100),
    part=st.integers(0, 10**6),
    seed=st.integers(0, 100),
)
def test_any_award_adds_up_and_keeps_the_percentage(
    direct: list[int], percent: int, part: int, seed: int
) -> None:
    """Over several institutions, whose indirect cost together is within the call's percentage as it was asked for."""
    names = [f"i{number}" for number in range(len(direct))]
    limit = indirect_limit(sum(direct), percent)
    cuts = sorted(random.Random(seed).randint(0, limit) for _ in direct[1:])
    indirect = [b - a for a, b in zip([0, *cuts], [*cuts, limit], strict=True)]
    asked = {
        name: {(2026, "goods"): own, (2026, "indirect"): over}
        for name, own, over in zip(names, direct, indirect, strict=True)
    }
    total = (sum(direct) + limit) * part // 10**6
    found = of_year(awarded_parts(asked, {2026: total}, percent), 2026)
    assert min(found.values()) >= 0
    if sum(direct) + limit:
        assert sum(found.values()) == total
    spent = sum(amount for (_name, kind), amount in found.items() if kind != "indirect")
    assert sum(amount for (_name, kind), amount in found.items() if kind == "indirect") <= indirect_limit(
        spent, percent
    )


def test_more_than_was_asked_and_nothing_at_all_are_refused() -> None:
    asked = {2026: 100, 2027: 50}
    assert award_violations(asked, {2026: 100, 2027: 0}) == []
    (found,) = award_violations(asked, {2027: 51}, field="awarded_x")
    assert (found.code, found.field, found.params["year"]) == ("awarded_above_asked", "awarded_x_2027", 2027)
    assert [v.code for v in award_violations(asked, {2028: 1})] == ["awarded_above_asked"]
    assert [v.code for v in award_violations(asked, {2026: 0, 2027: 0})] == ["awarded_nothing"]
