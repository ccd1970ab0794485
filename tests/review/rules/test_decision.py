import pytest

from review.rules.decision import Given, Item, Joint, call_up_violations, item_violations, joint_result


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], Joint.OPEN),
        ([Given(1, True)], Joint.OPEN),
        ([Given(1, True), Given(2, True)], Joint.ADOPTED),
        ([Given(1, True), Given(2, False)], Joint.REFUSED),
        ([Given(2, False)], Joint.REFUSED),
        ([Given(1, True), Given(2, True, counts=False)], Joint.OPEN),
        ([Given(1, True), Given(2, False, counts=False)], Joint.OPEN),
        ([Given(1, True), Given(3, True)], Joint.OPEN),
        ([Given(1, True), Given(2, True), Given(3, False)], Joint.ADOPTED),
    ],
)
def test_joint_result_of_two_required_agencies(given: list[Given], expected: Joint) -> None:
    assert joint_result({1, 2}, given) is expected


def test_nothing_is_adopted_where_nobody_must_agree() -> None:
    assert joint_result(set(), []) is Joint.OPEN


def codes(items: list[Item], *keys: str) -> list[tuple[str, str]]:
    return [(v.code, v.field) for v in item_violations(items, {key: key.upper() for key in keys})]


def test_list_in_order_is_good() -> None:
    assert (
        codes([Item("a", 1, "adopt"), Item("b", 2, "reserve"), Item("c", 3, "reject")], "a", "b", "c") == []
    )


def test_rank_passed_over_needs_a_reason() -> None:
    items = [Item("a", 1, "reserve"), Item("b", 2, "adopt"), Item("c", 3, "reject", "")]
    assert codes(items, "a", "b", "c") == [("reason_for_rank_passed_over", "reason_a")]
    assert codes([Item("a", 1, "reserve", "Budget"), *items[1:]], "a", "b", "c") == []


def test_tie_with_one_outcome_needs_no_reason() -> None:
    assert codes([Item("a", 1, "adopt"), Item("b", 1, "adopt")], "a", "b") == []


def test_tie_at_the_line_is_settled_with_a_reason() -> None:
    tied = [Item("a", 1, "adopt"), Item("b", 1, "reserve"), Item("c", 3, "reject")]
    assert codes(tied, "a", "b", "c") == [("reason_for_tie", "reason_b")]
    assert codes([tied[0], Item("b", 1, "reserve", "People"), tied[2]], "a", "b", "c") == []


def test_tie_that_is_also_passed_over_says_so_once() -> None:
    items = [Item("a", 1, "adopt"), Item("b", 1, "reject"), Item("c", 2, "adopt")]
    assert codes(items, "a", "b", "c") == [("reason_for_rank_passed_over", "reason_b")]


def test_every_proposal_is_decided_once() -> None:
    assert codes([Item("a", 1, "adopt"), Item("a", 2, "adopt"), Item("x", 3, "reject")], "a", "b") == [
        ("decision_lacks_proposal", ""),
        ("decision_has_another_proposal", ""),
    ]


def test_nonsense_in_a_row_stands_beside_it() -> None:
    assert codes([Item("a", 0, "maybe", "x" * 2001)], "a") == [
        ("outcome_unknown", "outcome_a"),
        ("rank_below_one", "rank_a"),
        ("text_too_long", "reason_a"),
    ]


def test_moving_up_keeps_the_ranks_of_the_list_and_moves_somebody() -> None:
    ranks = {"a": 2, "b": 3}
    stays = [Item("a", 2, "reserve"), Item("b", 3, "reserve")]
    assert [v.code for v in call_up_violations(stays, ranks)] == ["call_up_moves_nobody"]
    moved = [Item("a", 3, "adopt"), Item("b", 3, "reserve")]
    (violation,) = call_up_violations(moved, ranks)
    assert (violation.code, violation.field, violation.params) == (
        "rank_of_reserve_list",
        "rank_a",
        {"rank": 2},
    )
    assert call_up_violations([Item("a", 2, "adopt"), Item("b", 3, "reserve")], ranks) == []
