import datetime as dt

import pytest
from django import forms
from django.utils import translation

from kernel.forms import AmountField, CodeField, DateField, DigitsField, LongTextField, add_violations
from kernel.violations import RuleBroken, Violation


class Every(forms.Form):
    text = LongTextField(limit=10, required=False)
    amount = AmountField(required=False)
    count = DigitsField(required=False)
    day = DateField(required=False)


def cleaned(**values: str):
    form = Every(values)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def errors(language: str = "en", **values: str) -> dict[str, list[str]]:
    with translation.override(language):
        return {name: list(map(str, found)) for name, found in Every(values).errors.items()}


def test_newlines_count_as_one_sign():
    assert cleaned(text="1234\r\n6789")["text"] == "1234\n6789"


def test_signs_beyond_the_basic_plane_count_as_one():
    assert cleaned(text="𠮷" * 10)["text"] == "𠮷" * 10


@pytest.mark.parametrize(
    ("language", "text", "sentence"),
    [
        ("en", "x" * 11, "1 character too many: at most 10 are allowed."),
        ("en", "x" * 12, "2 characters too many: at most 10 are allowed."),
        ("ja", "字" * 12, "2文字超過しています。10文字以内で入力してください。"),
    ],
)
def test_text_over_its_limit_says_by_how_much(language, text, sentence):
    assert errors(language, text=text) == {"text": [sentence]}


@pytest.mark.parametrize("text", ["1,234,000", "１，２３４，０００", "1234000円", " 1234000 "])
def test_amounts_are_read_as_people_type_them(text):
    assert cleaned(amount=text)["amount"] == 1_234_000


@pytest.mark.parametrize("text", ["-500", "－５００", "ー500", "−1"])
def test_a_sign_before_an_amount_is_refused(text):
    assert [message[:35] for message in errors(amount=text)["amount"]] == [
        "Enter the amount without a sign; a "
    ]


def test_no_amount_is_nothing_and_not_zero():
    assert (cleaned(amount="")["amount"], cleaned(amount="0")["amount"]) == (None, 0)


@pytest.mark.parametrize(("text", "number"), [("１２", 12), ("1,200", 1200), ("-2", -2)])
def test_whole_numbers_may_be_full_width(text, number):
    assert cleaned(count=text)["count"] == number


@pytest.mark.parametrize("text", ["99999999999999999999", "-99999999999999999999", "1.5", "\x00", "1e9"])
def test_a_number_that_no_column_holds_is_refused(text):
    assert list(errors(count=text)) == ["count"]


@pytest.mark.parametrize("text", ["2027-03-15", "2027/3/15", "２０２７/３/１５", "2027年3月15日"])
def test_days_are_read_as_people_type_them(text):
    assert cleaned(day=text)["day"] == dt.date(2027, 3, 15)


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_of_no_plausible_year_is_refused(text):
    assert errors(day=text) == {"day": ["Enter a date from 1913 to 2199."]}


def test_violations_stand_beside_their_fields_or_at_the_head():
    form = Every({})
    broken = RuleBroken(
        [Violation("amount_negative", "amount"), Violation("transition_not_allowed", "no_such_field")]
    )
    add_violations(form, broken)
    assert set(form.errors) == {"amount", "__all__"}


def test_a_whole_number_is_typed_into_a_line_that_takes_full_width_digits():
    box = str(Every()["count"])
    assert 'type="text"' in box
    assert 'inputmode="numeric"' in box
    assert cleaned(count="１２")["count"] == 12


class Asked(forms.Form):
    """A text field of each kind that there is; asked for, but for the last."""

    plain = forms.CharField()
    long = LongTextField(limit=10)
    kept = LongTextField(limit=10, strip=False)
    email = forms.EmailField()
    code = CodeField()
    amount = AmountField()
    note = forms.CharField(required=False)


@pytest.mark.parametrize(
    "text",
    ["\u200b", "\u2060", "\u00ad", "\u3164", "\ufeff\u115f", " \u3000\t", "\u200b\u2060\u00ad\u3164\r\n"],
)
def test_a_text_of_which_nobody_sees_anything_is_none_in_any_field(text: str) -> None:
    form = Asked(dict.fromkeys(Asked.base_fields, text))
    assert sorted(form.errors) == sorted(set(Asked.base_fields) - {"note"})
    assert {error.code for field in form.errors.as_data().values() for error in field} == {"required"}
    assert form.cleaned_data["note"] == ""


@pytest.mark.parametrize("text", ["\u3164a", "。", "\u200b見", "０"])
def test_a_text_with_one_sign_that_is_seen_is_one(text: str) -> None:
    assert "plain" not in Asked({"plain": text}).errors


def test_a_nul_is_refused_and_not_taken_for_nothing() -> None:
    form = Asked({"plain": "\0", "note": "\0"})
    assert [error.code for name in ("plain", "note") for error in form.errors.as_data()[name]] == [
        "null_characters_not_allowed"
    ] * 2


def test_the_sign_in_librarys_forms_hold_it_too() -> None:
    from allauth.account.forms import AddEmailForm

    assert AddEmailForm(data={"email": "\u3164"}).errors.as_data()["email"][0].code == "required"
