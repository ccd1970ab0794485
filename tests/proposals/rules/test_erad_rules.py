"""e-Rad's tables: what a layout must be, and how days and money are written."""

import datetime as dt

import pytest

from proposals.enums import EradDates, EradTable, EradUnit
from proposals.rules.erad import DEFAULTS, FIELDS, layout_violations, written_day, written_money

DAY = dt.date(2027, 4, 1)


@pytest.mark.parametrize(
    ("dates", "text"),
    [
        (EradDates.SLASH, "2027/04/01"),
        (EradDates.ISO, "2027-04-01"),
        (EradDates.ERA, "令和9年4月1日"),
        (EradDates.ERA_SHORT, "R9.4.1"),
    ],
)
def test_a_day(dates: EradDates, text: str) -> None:
    assert written_day(DAY, dates) == text


def test_the_first_year_of_an_era_has_its_name() -> None:
    assert written_day(dt.date(2019, 5, 1), EradDates.ERA) == "令和元年5月1日"


@pytest.mark.parametrize(
    ("amount", "unit", "written"),
    [
        (1_234_567, EradUnit.YEN, 1_234_567),
        (1_234_000, EradUnit.THOUSAND, 1_234),
        (0, EradUnit.THOUSAND, 0),
        (1_234_567, EradUnit.THOUSAND, None),
    ],
)
def test_money_is_never_rounded(amount: int, unit: EradUnit, written: int | None) -> None:
    assert written_money(amount, unit) == written


@pytest.mark.parametrize("table", list(EradTable))
def test_the_default_is_a_layout(table: EradTable) -> None:
    key = "receipt_number" if table is EradTable.ANSWERS else ""
    assert layout_violations(table, DEFAULTS[table], key) == []
    assert {name for name, _heading in DEFAULTS[table]} <= set(FIELDS[table])


@pytest.mark.parametrize(
    ("columns", "key", "code"),
    [
        ([], "", "erad_no_column"),
        ([("nothing", "x")], "", "erad_field_unknown"),
        ([("title_ja", " ")], "", "erad_heading_missing"),
        ([("title_ja", "a"), ("title_en", "a")], "", "erad_heading_twice"),
        ([("title_ja", "a\0")], "", "text_has_nul"),
        ([("title_ja", "a" * 101)], "", "text_over_limit"),
    ],
)
def test_what_a_layout_must_not_be(columns: list[tuple[str, str]], key: str, code: str) -> None:
    assert [one.code for one in layout_violations(EradTable.PROPOSALS, columns, key)] == [code]


@pytest.mark.parametrize(
    ("columns", "key", "code"),
    [
        ([("receipt_number", "a"), ("status", "b")], "application_number", "erad_key_missing"),
        ([("status", "b"), ("approval", "c")], "status", "erad_key_missing"),
        ([("receipt_number", "a")], "receipt_number", "erad_nothing_to_read"),
    ],
)
def test_what_a_table_from_e_rad_needs(columns: list[tuple[str, str]], key: str, code: str) -> None:
    assert [one.code for one in layout_violations(EradTable.ANSWERS, columns, key)] == [code]
