"""A block from a spreadsheet in a grid of amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import format_amount
from proposals.rules.blocks import place, rows_of


def test_a_block_fills_the_grid_from_its_first_cell() -> None:
    placed = place("1,000\t２，０００\r\n¥3\t\r\n", rows=5, columns=2)
    assert placed.cells == {(0, 0): "1,000", (0, 1): "2,000", (1, 0): "3", (1, 1): ""}
    assert (placed.read, placed.unread, placed.outside) == (3, {}, [])


@pytest.mark.parametrize(("unit", "amount"), [("円", "12"), ("千円", "12,000"), ("百万円", "12,000,000")])
def test_the_unit_is_the_one_that_was_chosen(unit: str, amount: str) -> None:
    assert place("12", rows=1, columns=1, unit=unit).cells == {(0, 0): amount}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("－５００", "amount_negative"),
        ("ー５００", "amount_negative"),
        ("▲500", "amount_not_a_number"),
        ("(500)", "amount_not_a_number"),
        ("物品費", "amount_not_a_number"),
        ("1.5", "amount_fractional"),
        ("9999999999999999", "amount_too_large"),
    ],
)
def test_what_cannot_be_read_stays_and_is_told(typed: str, code: str) -> None:
    placed = place(f"1\t{typed}", rows=1, columns=2)
    assert placed.cells == {(0, 0): "1", (0, 1): typed}
    assert {cell: violation.code for cell, violation in placed.unread.items()} == {(0, 1): code}
    assert placed.read == 1


def test_what_was_too_large_in_thousands_is_taken_for_no_yen() -> None:
    placed = place("9999999999999", rows=1, columns=1, unit="千円")
    assert placed.cells == {(0, 0): "9999999999999千円"}
    assert place(placed.cells[0, 0], rows=1, columns=1).unread


def test_what_has_no_cell_is_not_lost() -> None:
    placed = place("1\t2\t3\n4\t5\t\n6", rows=2, columns=2)
    assert placed.cells == {(0, 0): "1", (0, 1): "2", (1, 0): "4", (1, 1): "5"}
    assert placed.outside == ["3", "6"]


@pytest.mark.parametrize("block", ["", "\n", "\r\n"])
def test_nothing_is_no_line(block: str) -> None:
    assert rows_of(block) == []


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=3, max_size=3), min_size=5, max_size=5))
def test_every_amount_comes_out_as_it_went_in(rows: list[list[int]]) -> None:
    block = "\n".join("\t".join(format_amount(amount) for amount in row) for row in rows)
    placed = place(block, rows=5, columns=3)
    assert placed.unread == {} and placed.outside == []
    assert placed.cells == {
        (down, right): format_amount(amount)
        for down, row in enumerate(rows)
        for right, amount in enumerate(row)
    }
