"""One cell of an uploaded table: what is read, and what is refused beside it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kernel.violations import RuleBroken
from proposals.rules.cells import (
    CellField,
    CellKind,
    cut_zeros,
    day_in,
    day_in_era_short,
    read_cell,
    typed_amount,
)


def read(kind: CellKind, cell: Any, currency: str = "JPY") -> str:
    return read_cell(CellField("field", kind, 60), cell, currency=currency)


def refused(kind: CellKind, cell: Any, currency: str = "JPY") -> str:
    with pytest.raises(RuleBroken) as error:
        read(kind, cell, currency)
    return error.value.violations[0].code


@pytest.mark.parametrize(
    ("kind", "cell", "expected"),
    [
        (CellKind.CODE, "0012", "0012"),
        (CellKind.CODE, "００１２", "0012"),
        (CellKind.CODE, "3-1-2", "3-1-2"),
        (CellKind.CODE, "1E5", "1E5"),
        (CellKind.NAME, "髙﨑", "髙﨑"),
        (CellKind.TEXT, "=1+1", "=1+1"),
        (CellKind.TEXT, " 二行\r\n目 ", "二行\n目"),
        (CellKind.EMAIL, "Ｔaro@Example.JP", "taro@example.jp"),
        (CellKind.YEN, "１，２３４，０００", "1234000"),
        (CellKind.YEN, 1234000, "1234000"),
        (CellKind.YEN, 0, "0"),
        (CellKind.NUMBER, "５", "5"),
        (CellKind.DAY, dt.date(2027, 4, 1), "2027-04-01"),
        (CellKind.DAY, dt.datetime(2027, 4, 1, 9, 0), "2027-04-01"),  # noqa: DTZ001  a workbook has no zones
        (CellKind.DAY, "令和９年４月１日", "2027-04-01"),
        (CellKind.TEXT, None, ""),
        (CellKind.YEN, "  ", ""),
    ],
)
def test_a_cell_is_read(kind: CellKind, cell: Any, expected: str) -> None:
    assert read(kind, cell) == expected


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        (CellKind.CODE, 12, "cell_not_text"),
        (CellKind.CODE, dt.date(2026, 1, 2), "cell_not_text"),
        (CellKind.CODE, "1.23457E+11", "code_cut_short"),
        (CellKind.CODE, "1" * 61, "text_over_limit"),
        (CellKind.TEXT, 5, "cell_not_text"),
        (CellKind.TEXT, "研究\x00計画", "text_has_nul"),
        (CellKind.NAME, "花\u202e子", "name_has_hidden_character"),
        (CellKind.EMAIL, "nobody", "cell_not_an_email"),
        (CellKind.YEN, "－５００", "amount_negative"),
        (CellKind.YEN, "ー５００", "amount_negative"),
        (CellKind.YEN, -500, "amount_negative"),
        (CellKind.YEN, "1.5", "amount_fractional"),
        (CellKind.YEN, Decimal("1.5"), "amount_fractional"),
        (CellKind.YEN, True, "amount_not_a_number"),
        (CellKind.YEN, "百", "amount_not_a_number"),
        (CellKind.NUMBER, "-1", "cell_not_a_number"),
        (CellKind.NUMBER, Decimal("5.5"), "cell_not_a_number"),
        (CellKind.DAY, "2027-02-29", "cell_not_a_day"),
        (CellKind.DAY, 46000, "cell_not_a_day"),
        (CellKind.DAY, "0001-01-01", "cell_not_a_day"),
    ],
)
def test_a_cell_is_refused(kind: CellKind, cell: Any, code: str) -> None:
    assert refused(kind, cell) == code


@pytest.mark.parametrize(
    ("currency", "typed", "minor"),
    [
        ("USD", "2,500,000", "250000000"),
        ("EUR", "1.50", "150"),
        ("KRW", "1500", "1500"),
        ("JPY", "1500", "1500"),
    ],
)
def test_an_amount_is_in_units_of_its_currency(currency: str, typed: str, minor: str) -> None:
    assert read(CellKind.AMOUNT, typed, currency) == minor
    assert read(CellKind.AMOUNT, typed_amount(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-04-01", dt.date(2027, 4, 1)),
        ("2027/4/1", dt.date(2027, 4, 1)),
        ("2027年4月1日", dt.date(2027, 4, 1)),
        ("R9.4.1", dt.date(2027, 4, 1)),
        ("r9/4/1", dt.date(2027, 4, 1)),
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("平成31年5月1日", None),
        ("令和元年4月30日", None),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("令和0年1月1日", None),
        ("R9.13.1", None),
        ("4/1/2027", None),
        ("", None),
    ],
)
def test_a_day_in_either_count(text: str, day: dt.date | None) -> None:
    assert day_in(text) == day


@pytest.mark.parametrize(
    "day", [dt.date(2027, 4, 1), dt.date(2019, 5, 1), dt.date(2019, 4, 30), dt.date(1913, 1, 1)]
)
def test_a_day_of_an_era_comes_back(day: dt.date) -> None:
    assert day_in(day_in_era_short(day)) == day


@pytest.mark.parametrize(
    ("code", "cut"), [("0012", "12"), ("12", "12"), ("000", "0"), ("00A", "00A"), ("A-01", "A-01")]
)
def test_what_a_spreadsheet_leaves_of_a_code(code: str, cut: str) -> None:
    assert cut_zeros(code) == cut
