"""Forms check shape; rules check policy, and their violations come back beside the fields."""

import unicodedata
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kernel.money import format_amount, parse_amount
from kernel.revisions import fingerprint
from kernel.text import is_blank_text
from kernel.violations import RuleBroken, sentence

LARGEST_INTEGER = 2**31 - 1
# The first whole year whose era every page can name, and the last from which a programme's years can still be counted on.
FIRST_YEAR, LAST_YEAR = 1913, 2199


class UnseenToo(list[Any]):
    """What a text field takes for empty: what Django does, and a text of which nobody sees anything. A NUL is none: it is refused."""

    def __contains__(self, value: object) -> bool:
        return super().__contains__(value) or (
            isinstance(value, str) and "\0" not in value and is_blank_text(value)
        )


def blank_is_what_nobody_sees() -> None:
    """Let every text field of every form, the library's own among them, take a zero-width space, a soft hyphen or a filler of
    Hangul alone for nothing: what must be filled in is asked for, and what may be blank is kept blank. One place for all of
    them, at the base that they share."""
    forms.CharField.empty_values = UnseenToo(validators.EMPTY_VALUES)


def add_violations(form: forms.BaseForm, broken: RuleBroken) -> None:
    """Put each violation beside the field that it names, or at the head of the form."""
    for violation in broken.violations:
        field = violation.field if violation.field in form.fields else None
        form.add_error(field or NON_FIELD_ERRORS, sentence(violation))


def normal_newlines(text: str) -> str:
    """CRLF and CR as LF: a browser sends CRLF, and a newline counts as one character (cases.md, 6)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class CodeField(forms.SlugField):
    """A short code for people and addresses; said without the word that programmers have for it."""

    default_validators = [
        validators.RegexValidator(
            validators.slug_re, _("Use Latin letters, digits, - and _ only, without blanks."), "invalid"
        )
    ]


class LongTextField(forms.CharField):
    """Text of several lines with a limit in code points, counted after newlines are normalised."""

    widget = forms.Textarea

    def __init__(self, *, limit: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.limit = limit
        if limit:
            self.widget.attrs["data-max-codepoints"] = str(limit)

    def to_python(self, value: Any) -> str:
        return normal_newlines(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if self.limit and len(value) > self.limit:
            over = len(value) - self.limit
            raise ValidationError(
                ngettext_lazy(
                    "%(over)s character too many: at most %(limit)s are allowed.",
                    "%(over)s characters too many: at most %(limit)s are allowed.",
                    over,
                )
                % {"over": f"{over:,}", "limit": f"{self.limit:,}"}
            )


class AmountField(forms.CharField):
    """An amount of money as people type it; cleaned to minor units. Its unit is shown beside it, never inferred."""

    def __init__(self, *, currency: str = "JPY", unit: str = "円", **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)
        self.currency, self.unit = currency, unit
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "data-unit": unit})

    def prepare_value(self, value: Any) -> Any:
        return format_amount(value, self.currency) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]  # text in, minor units out
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_amount(text, currency=self.currency, unit=self.unit)
        except RuleBroken as broken:
            raise ValidationError([sentence(violation) for violation in broken.violations]) from broken

    def run_validators(self, value: Any) -> None:
        if isinstance(value, str):
            super().run_validators(value)


class DigitsField(forms.IntegerField):
    """A whole number in which full-width digits are as good as others, and which a column can hold.

    A line of text, for `<input type="number">` takes no full-width digit, and the wheel of a mouse changes what it holds.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": -LARGEST_INTEGER, "max_value": LARGEST_INTEGER, **kwargs})

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = unicodedata.normalize("NFKC", value).replace(",", "")
        return super().to_python(value)


class DateField(forms.DateField):
    """A day, typed as 2027-03-15 or 2027/3/15, or chosen; of a year that a person here can mean."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"])
        kwargs.setdefault("error_messages", {"invalid": _("Enter a date like 2027-03-15.")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        day = super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Enter a date from %(first)s to %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day


class SearchForm(forms.Form):
    """The one field of a plain search."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, strip=True)


def carry_revision(form: forms.BaseForm, row: Any) -> None:
    """Let the form of a row that is there carry what it was made from, as `seen` (`kernel.revisions`)."""
    form.fields["seen"] = forms.CharField(
        widget=forms.HiddenInput, required=False, max_length=64, initial=fingerprint(row)
    )


def make_from(form: forms.BaseForm, field: str, value: Any) -> None:
    """After a conflict: let the form's next save be made from what is shown now, by its hidden `field`."""
    data: Any = form.data.copy()  # type: ignore[attr-defined]  # what a browser sends is a QueryDict
    data[field] = str(value)
    form.data = data


def values_shown(form: forms.BaseForm) -> list[dict[str, Any]]:
    """What a form that nobody has filled in holds, in words (components/summary_list.html)."""
    rows = []
    for bound in form.visible_fields():
        if isinstance(bound.field, forms.FileField | forms.BooleanField):
            continue
        value = bound.field.prepare_value(bound.value())
        words = {str(key): label for key, label in getattr(bound.field, "choices", ())}
        rows.append({"label": bound.label, "value": words.get(str(value), value)})
    return rows
