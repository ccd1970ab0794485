"""What a row of a table of figures must say."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.rules.indicator_values import WantedValue, plain, read_rows


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (("2025", "12.5", "調査", "Survey"), WantedValue(2025, Decimal("12.5"), "調査", "Survey")),
        (("２０２５年度", "１，２３４", "調査"), WantedValue(2025, Decimal("1234"), "調査", "")),
        (("2025年", "−5", " 調査 ", ""), WantedValue(2025, Decimal("-5"), "調査", "")),
        (("2025", "0.0001", "調査", "", "a fifth cell"), WantedValue(2025, Decimal("0.0001"), "調査", "")),
    ],
)
def test_a_row_is_a_year_a_figure_and_its_source(cells: tuple[str, ...], wanted: WantedValue) -> None:
    [row] = read_rows([(2, cells)])
    assert (row.number, row.wanted, row.violations) == (2, wanted, ())


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (("令和7年", "x", ""), ["value_year_invalid", "value_invalid", "value_source_missing"]),
        (("1949", "1", "s"), ["value_year_invalid"]),
        (("25", "NaN", "s"), ["value_year_invalid", "value_invalid"]),
        (("2025", "1e400", "s"), ["value_invalid"]),
        (("2025", "0.00001", "s"), ["value_invalid"]),
        (("2025", "ー5", "s"), ["value_invalid"]),
        (("2025", "", "s"), ["value_invalid"]),
        (("2025", "1", "s" * 301, "t" * 301), ["value_source_too_long", "value_source_too_long"]),
        ((), ["value_year_invalid", "value_invalid", "value_source_missing"]),
    ],
)
def test_each_cell_that_is_wrong_is_told(cells: tuple[str, ...], codes: list[str]) -> None:
    [row] = read_rows([(2, cells)])
    assert row.wanted is None
    assert [violation.code for violation in row.violations] == codes


def test_a_year_stands_once() -> None:
    rows = read_rows([(2, ("2025", "1", "s")), (4, ("2025", "2", "s"))])
    assert rows[0].wanted is not None
    assert [(v.code, v.params) for v in rows[1].violations] == [("value_year_twice", {"row": 2})]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=4))
def test_what_is_kept_of_a_figure_is_the_figure(value: Decimal) -> None:
    kept = plain(value)
    assert isinstance(kept, int | str)
    assert Decimal(kept) == value


@given(st.lists(st.text(max_size=20), max_size=6))
def test_no_text_breaks_the_reading(cells: list[str]) -> None:
    [row] = read_rows([(1, cells)])
    assert (row.wanted is None) == bool(row.violations)
