"""Sums, indirect cost and caps of a budget."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proposals.rules.budget import (
    Cap,
    budget_violations,
    cap_violations,
    direct_of,
    indirect_by_rule,
    indirect_violations,
    part_year_warnings,
    shape_violations,
    shares_of,
    sum_of,
    total_of,
)

YEARS = (2026, 2027)
YEAR = {"goods": 50_000_000, "travel": 10_000_000, "personnel": 14_000_000, "other": 2_923_077}


def budget(indirect: int, years: tuple[int, ...] = YEARS, **changes: int) -> dict[tuple[int, str], int]:
    return {(y, c): a for y in years for c, a in {**YEAR, "indirect": indirect, **changes}.items()}


def test_sums_of_a_year() -> None:
    assert direct_of(budget(1), 2026) == 76_923_077
    assert total_of(budget(1), 2026) == 76_923_078
    assert total_of(budget(1), 2031) == 0


@pytest.mark.parametrize("indirect, years", [(23_076_923, []), (23_076_924, [2026, 2027])])
def test_indirect_cost_is_limited_rounded_down(indirect: int, years: list[int]) -> None:
    found = indirect_violations(budget(indirect), YEARS, 30)  # 30 % of 76,923,077 is 23,076,923.1
    assert [(v.code, v.params["year"]) for v in found] == [
        ("asked_indirect_too_high", year) for year in years
    ]


def test_excess_is_said_to_the_yen() -> None:
    (violation,) = indirect_violations(budget(23_076_930, (2026,)), (2026,), 30)
    assert violation.params == {"year": 2026, "percent": 30, "limit": "23,076,923", "over": "7"}


@pytest.mark.parametrize(
    "cap, found",
    [
        (Cap(100_000_000, "total", "fiscal_year"), []),
        (Cap(99_999_999, "total", "fiscal_year"), ["cap_year_total_exceeded"] * 2),
        (Cap(76_923_077, "direct", "fiscal_year"), []),
        (Cap(76_923_076, "direct", "fiscal_year"), ["cap_year_direct_exceeded"] * 2),
        (Cap(200_000_000, "total", "whole_term"), []),
        (Cap(199_999_999, "total", "whole_term"), ["cap_term_total_exceeded"]),
        (Cap(153_846_154, "direct", "whole_term"), []),
        (Cap(153_846_153, "direct", "whole_term"), ["cap_term_direct_exceeded"]),
    ],
)
def test_cap_holds_to_the_yen(cap: Cap, found: list[str]) -> None:
    assert [v.code for v in cap_violations(budget(23_076_923), YEARS, [cap])] == found


def test_all_caps_hold_at_once() -> None:
    caps = [Cap(1, "total", "fiscal_year"), Cap(1, "direct", "whole_term")]
    assert [v.code for v in cap_violations(budget(0), YEARS, caps)] == [
        "cap_year_total_exceeded",
        "cap_year_total_exceeded",
        "cap_term_direct_exceeded",
    ]


def test_a_year_outside_the_term_does_not_count() -> None:
    assert (
        budget_violations(budget(0), (2026,), percent=30, caps=[Cap(80_000_000, "total", "whole_term")]) == []
    )


def test_a_year_without_money_is_named() -> None:
    (violation,) = budget_violations(budget(0, (2026,)), YEARS, percent=30, caps=[])
    assert (violation.code, violation.params) == ("budget_year_empty", {"year": 2027})


def test_shape_refuses_what_is_no_budget() -> None:
    amounts = {(2026, "goods"): -1, (2031, "goods"): 1, (2026, "gold"): 1, (2027, "other"): 10**16}
    assert [v.code for v in shape_violations(amounts, YEARS)] == [
        "amount_negative",
        "budget_year_outside_term",
        "budget_category_unknown",
        "amount_too_large",
    ]


def test_shares_add_up() -> None:
    shares = shares_of({(2026, "goods"): 1, (2026, "travel"): 1, (2027, "other"): 1}, YEARS)
    assert shares == {"goods": 334, "travel": 333, "personnel": 0, "other": 333, "indirect": 0}


def test_nothing_has_no_shares() -> None:
    assert shares_of({}, YEARS) == {}


@pytest.mark.parametrize(
    ("months", "limit"), [(12, 100_000_000), (6, 50_000_000), (7, 58_333_333), (1, 8_333_333)]
)
def test_a_cap_that_the_call_reduces_is_rounded_down(months: int, limit: int) -> None:
    cap = Cap(100_000_000, "total", "fiscal_year", reduced=((2026, months),) if months < 12 else ())
    assert (cap.limit_in(2026), cap.limit_in(2027)) == (limit, 100_000_000)
    over = {(2026, "goods"): limit + 1}
    (violation,) = cap_violations(over, YEARS, [cap])
    assert (violation.params["year"], violation.params["over"]) == (2026, "1")


def test_a_part_year_is_warned_above_its_share_and_only_there() -> None:
    cap, months = Cap(100_000_000, "total", "fiscal_year"), {2026: 6, 2027: 12}
    amounts = {(2026, "goods"): 50_000_001, (2027, "goods"): 100_000_000}
    (warning,) = part_year_warnings(amounts, YEARS, [cap], months)
    assert (warning.code, warning.params["year"], warning.params["over"]) == (
        "part_year_total_over_share",
        2026,
        "1",
    )
    assert cap_violations(amounts, YEARS, [cap]) == []
    assert part_year_warnings({(2026, "goods"): 50_000_000}, YEARS, [cap], months) == []
    assert part_year_warnings(amounts, YEARS, [Cap(1, "total", "whole_term")], months) == []


def test_indirect_cost_of_each_institution_stands_for_itself() -> None:
    lead = {(2026, "goods"): 100, (2026, "indirect"): 0}
    other = {(2026, "goods"): 100, (2026, "indirect"): 31}
    parts = [("見本大学", lead), ("例示研究所", other)]
    whole = sum_of([lead, other])
    (violation,) = budget_violations(whole, (2026,), percent=30, caps=[], parts=parts)
    assert (violation.code, violation.params["institution"]) == ("asked_indirect_too_high_at", "例示研究所")
    assert budget_violations(whole, (2026,), percent=30, caps=[]) == []


AMOUNTS = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.sampled_from(["goods", "travel", "personnel", "other", "indirect"])),
    st.integers(0, 10**12),
)


@given(st.lists(AMOUNTS, max_size=4))
def test_sums_of_institutions_are_the_sum_of_all(parts: list[dict[tuple[int, str], int]]) -> None:
    whole = sum_of(parts)
    for year in YEARS:
        assert total_of(whole, year) == sum(total_of(part, year) for part in parts)
    assert sum(whole.values()) == sum(amount for part in parts for amount in part.values())


@given(st.lists(AMOUNTS, min_size=1, max_size=3))
def test_indirect_cost_by_rule_breaks_none_and_one_yen_more_does(
    parts: list[dict[tuple[int, str], int]],
) -> None:
    filled = [indirect_by_rule(part, YEARS, 30) for part in parts]
    assert all(indirect_violations(part, YEARS, 30) == [] for part in filled)
    assert indirect_violations(sum_of(filled), YEARS, 30) == []
    more = {**filled[0], (2026, "indirect"): filled[0][2026, "indirect"] + 1}
    assert [v.params["over"] for v in indirect_violations(more, YEARS, 30)] == ["1"]
