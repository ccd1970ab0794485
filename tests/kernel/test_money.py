import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernel.money import Money, format_amount, indirect_limit, parse_amount, split
from kernel.violations import RuleBroken


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234,000", 1_234_000),
        ("１，２３４，０００", 1_234_000),
        ("１２３", 123),
        (" 100 円 ", 100),
        ("¥5", 5),
        ("0", 0),
        ("1000.00", 1000),
    ],
)
def test_amount_as_people_type_it_is_read(text, amount):
    assert parse_amount(text) == amount


@pytest.mark.parametrize("text", ["-500", "－５００", "ー５００", "−500", "–500", "ｰ500"])
def test_amount_with_a_sign_is_refused_whatever_the_sign(text):
    with pytest.raises(RuleBroken) as broken:
        parse_amount(text, field="amount")
    assert [(v.code, v.field) for v in broken.value.violations] == [("amount_negative", "amount")]


@pytest.mark.parametrize("text", ["", "abc", "NaN", "1e5", "12,34", "1.2.3", "∞", "五百", "+5", "(500)"])
def test_amount_that_is_no_number_is_refused(text):
    with pytest.raises(RuleBroken) as broken:
        parse_amount(text)
    assert [v.code for v in broken.value.violations] == ["amount_not_a_number"]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("5円", {"currency": "USD", "unit": "USD"}),
        ("¥5", {"currency": "EUR", "unit": "EUR"}),
        ("500円", {"unit": "千円"}),
        ("￥500", {"unit": "百万円"}),
    ],
)
def test_a_mark_of_yen_where_something_else_is_counted_is_refused(text, how):
    with pytest.raises(RuleBroken) as broken:
        parse_amount(text, **how)
    assert [v.code for v in broken.value.violations] == ["amount_not_a_number"]
    assert parse_amount("¥1,000", currency="JPY", unit="JPY") == 1000


def test_amount_with_half_a_yen_is_refused():
    with pytest.raises(RuleBroken) as broken:
        parse_amount("100.5")
    assert [v.code for v in broken.value.violations] == ["amount_fractional"]


def test_amount_in_thousands_is_scaled_only_when_the_field_says_so():
    assert parse_amount("1,234", unit="千円") == 1_234_000
    assert parse_amount("0.5", unit="千円") == 500


def test_amount_in_another_currency_is_in_its_minor_units():
    assert parse_amount("1.50", currency="EUR", unit="EUR") == 150


def test_amount_beyond_all_budgets_is_refused_as_a_wrong_unit():
    with pytest.raises(RuleBroken) as broken:
        parse_amount("9999999999999999")
    assert [v.code for v in broken.value.violations] == ["amount_too_large"]


def test_money_of_two_currencies_is_not_added():
    with pytest.raises(ValueError, match="cannot be added"):
        Money(1, "JPY") + Money(1, "EUR")


def test_formatting_shows_the_currency_s_own_decimals():
    assert [format_amount(1_234_000), format_amount(150, "EUR"), format_amount(-5, "USD")] == [
        "1,234,000",
        "1.50",
        "-0.05",
    ]


def test_thirds_of_a_hundred_million_add_up():
    assert split(100_000_000, [1, 1, 1]) == [33_333_334, 33_333_333, 33_333_333]
    assert split(101, [1, 1]) == [51, 50]


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=12).filter(any))
def test_parts_always_add_up_and_differ_from_their_share_by_less_than_one(total, weights):
    parts = split(total, weights)
    assert sum(parts) == total
    assert all(
        abs(part * sum(weights) - total * weight) < sum(weights)
        for part, weight in zip(parts, weights, strict=True)
    )


@given(st.integers(0, 10**14))
def test_every_amount_reads_back_from_its_own_format(amount):
    assert parse_amount(format_amount(amount)) == amount


def test_indirect_cost_is_rounded_down_to_the_yen():
    assert indirect_limit(99_999_999, 30) == 29_999_999
