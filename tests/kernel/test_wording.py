"""What forms say by themselves, and that no browser cuts what was pasted."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.utils import translation

from accounts.models import Organisation
from kernel.text import hidden_violation, plain_digits, without_debris

APPS = ("kernel", "accounts", "registries", "program", "proposals", "projects", "review", "reporting")


class Example(forms.Form):
    name = forms.CharField(max_length=5)
    post = forms.CharField(min_length=3)
    choice = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
    choices = forms.MultipleChoiceField(choices=[("a", "A")])
    agreed = forms.BooleanField()
    number = forms.IntegerField(min_value=1, max_value=100)
    share = forms.DecimalField(max_digits=4, decimal_places=2)
    email = forms.EmailField()
    code = forms.RegexField(r"^[a-z]+$")
    file = forms.FileField()


def errors(data: dict[str, Any], language: str) -> dict[str, list[str]]:
    with translation.override(language):
        return {name: [str(one) for one in found] for name, found in Example(data, {}).errors.items()}


def test_an_empty_form_says_what_is_to_be_done_with_each_kind_of_field() -> None:
    said = errors({}, "ja")
    assert said == {
        **{name: ["入力してください。"] for name in ("name", "post", "number", "share", "email", "code")},
        "choice": ["選択してください。"],
        "choices": ["一つ以上選択してください。"],
        "agreed": ["内容を確認のうえ、チェックを入れてください。"],
        "file": ["ファイルを選択してください。"],
    }
    assert errors({}, "en")["agreed"] == ["Tick the box once you have read it."]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "ja",
            {
                "name": ["5文字以内で入力してください（現在7文字）。"],
                "post": ["3文字以上で入力してください（現在2文字）。"],
                "choice": ["「b」は選択肢にありません。選択肢の中から選択してください。"],
                "number": ["100以下の値を入力してください。"],
                "share": ["小数点以下は2桁以内で入力してください。"],
                "email": ["メールアドレスを正しい形式で入力してください（例：name@univ.example.jp）。"],
                "code": ["入力の形式が正しくありません。"],
            },
        ),
        (
            "en",
            {
                "name": ["5 characters at most; this has 7."],
                "post": ["3 characters at least; this has 2."],
                "choice": ["“b” is not offered. Choose one of those offered."],
                "number": ["100 at most."],
                "share": ["2 decimal places at most."],
                "email": ["Enter an e-mail address like name@univ.example.jp."],
                "code": ["This is not written as it must be."],
            },
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_limit(language: str, said: dict[str, list[str]]) -> None:
    data = {
        "name": "abcdefg",
        "post": "ab",
        "choice": "b",
        "number": "101",
        "share": "1.234",
        "email": "nobody",
        "code": "A1",
    }
    found = errors(data, language)
    assert {name: found[name] for name in said} == said


def our_forms() -> Iterator[type[forms.BaseForm]]:
    for app in APPS:
        package = importlib.import_module(app)
        for module in pkgutil.walk_packages(package.__path__, f"{app}."):
            if "forms" in module.name:
                importlib.import_module(module.name)
    left = [forms.BaseForm]
    while left:
        form = left.pop()
        left.extend(form.__subclasses__())
        yield form


def test_no_form_lets_a_browser_cut_what_is_pasted() -> None:
    cutting = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in our_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if "maxlength" in field.widget.attrs
    ]
    assert cutting == []
    templates = settings.BASE_DIR / "templates"
    assert [path.name for path in templates.rglob("*.html") if "maxlength" in path.read_text()] == []


def test_a_limit_is_counted_and_the_text_stays() -> None:
    form = Example({"name": "abcdefg"})
    assert 'value="abcdefg"' in str(form["name"]) and 'data-longest="5"' in str(form["name"])


def test_no_form_speaks_in_the_librarys_words() -> None:
    """Also where a form was made before the words were set."""
    library = (
        "This field is required.",
        "Enter a whole number.",
        "Enter a number.",
        "Select a valid choice.",
    )
    with translation.override(None):
        found = [
            f"{form.__module__}.{form.__name__}.{name}: {message}"
            for form in our_forms()
            if not form.__module__.startswith("django.")  # of its admin and its form sets, which nobody sees
            for name, field in getattr(form, "base_fields", {}).items()
            for message in map(str, field.error_messages.values())
            if message.startswith(library)
        ]
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "short", "mismatch"),
    [
        (
            "ja",
            "パスワードは12文字以上で設定してください（現在5文字）。",
            "二つのパスワードが一致していません。",
        ),
        ("en", "A password has at least 12 characters; this has 5.", "You must type the same password"),
    ],
)
def test_a_short_password_and_a_mismatch_are_told_together(language: str, short: str, mismatch: str) -> None:
    data = {"email": "new@univ.example", "password1": "ab3de", "password2": "other"}
    page = Client().post(f"/{language}/accounts/signup/", data).content.decode()
    assert short in page and mismatch in page


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("００１２３４５６", "00123456"),
        ("００００－０００２", "0000-0002"),
        (" 12\u200b34\ufeff", "1234"),
        ("", ""),
    ],
)
def test_digits_are_read_in_any_width(typed: str, plain: str) -> None:
    assert plain_digits(typed) == plain


@pytest.mark.parametrize("letter", ["\u202a", "\u202e", "\u2066", "\u2069", "\x00", "\x1b", "\u2028"])
def test_what_turns_or_hides_letters_is_refused_in_a_name(letter: str) -> None:
    found = hidden_violation(f"花{letter}子", "given_kanji")
    assert found and (found.code, found.field) == ("name_has_hidden_character", "given_kanji")


@pytest.mark.parametrize("name", ["髙﨑", "می\u200cخواهم", "क्\u200dष", "O’Brien", "Ærø", ""])
def test_names_keep_what_their_script_needs(name: str) -> None:
    assert (hidden_violation(name, ""), without_debris(name)) == (None, name)


def test_what_a_paste_leaves_goes() -> None:
    assert without_debris("\ufeff花\u200b子 ") == "花子"


def test_a_list_of_rows_begins_with_what_to_do() -> None:
    with translation.override("ja"):
        field = forms.ModelChoiceField(queryset=Organisation.objects.none())
        assert str(field.empty_label) == "選択してください"


def test_a_nul_is_told_in_the_portal_s_own_sentence() -> None:
    said = {language: errors({"name": "a\x00b"}, language)["name"] for language in ("en", "ja")}
    assert said == {
        "en": ["The text holds a character that no text may have (NUL). Delete it and save again."],
        "ja": ["使用できない文字（NUL）が含まれています。削除してから保存してください。"],
    }
