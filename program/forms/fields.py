"""Fields that several of this app's forms have."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.forms import DateField, DigitsField
from kernel.languages import localized
from program.enums import StatementKind
from program.rules.reminders import plain_days
from program.rules.statements import as_text
from registries.rules.currencies import currencies

# A long vowel mark or a full-width dash before digits may be meant as a minus or not: it is asked, never guessed.
UNCLEAR_SIGNS = tuple("ー－ｰ‐–—―")
UNCLEAR_SIGN = _("A dash or a long vowel mark before the digits is not read as a minus sign. Write -5.")
# What any date in the portal may be: eras and fiscal years are known for all of it.
FIRST_DAY, LAST_DAY = dt.date(1950, 1, 1), dt.date(2100, 12, 31)


def day_field(**kwargs: Any) -> DateField:
    """A day between 1950 and 2100."""
    return DateField(validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)], **kwargs)


def year_field(**kwargs: Any) -> DigitsField:
    """A year between 1950 and 2100."""
    return DigitsField(min_value=FIRST_DAY.year, max_value=LAST_DAY.year, **kwargs)


def whole_field(least: int, most: int, **kwargs: Any) -> DigitsField:
    return DigitsField(min_value=least, max_value=most, **kwargs)


def currency_code(text: str) -> str:
    """A currency of ISO 4217 that is legal tender somewhere.

    Raises:
        ValidationError: anything else.
    """
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise forms.ValidationError(_("A currency has three letters, such as USD."))
    if code not in currencies():
        raise forms.ValidationError(_("“%(code)s” is no currency of ISO 4217.") % {"code": code})
    return code


class DaysField(forms.CharField):
    """A list of days before a deadline, in any width and with any commas; cleaned to "14, 7, 2, 1"."""

    def to_python(self, value: Any) -> str:
        return plain_days(super().to_python(value) or "")


class InstantField(forms.DateTimeField):
    """A day and a time in Japan, to the minute; cleaned to an instant."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    unit = "JST"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"])
        kwargs.setdefault("error_messages", {"invalid": _("Enter a day and a time like 2027-03-15 17:00.")})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        found = super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)
        if found is not None and not FIRST_DAY.year <= found.year <= LAST_DAY.year:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class MeasuredField(forms.DecimalField):
    """A measured value, with up to four decimals; full-width digits and commas are accepted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=20, decimal_places=4, widget=forms.TextInput, **kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            if value.strip()[:1] in UNCLEAR_SIGNS:
                raise forms.ValidationError(UNCLEAR_SIGN, code="sign")
            value = unicodedata.normalize("NFKC", value).replace(",", "").replace("−", "-")
        return super().to_python(value)


def hour_field(**kwargs: Any) -> forms.TimeField:
    """An hour and minute, in whichever zone the label says."""
    return forms.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time like 17:00.")},
        **kwargs,
    )


class NamedChoice(forms.ModelChoiceField):
    """An object by its name or title in the reader's language."""

    def __init__(self, *, attribute: str = "title", **kwargs: Any) -> None:
        self.attribute = attribute
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, self.attribute)


class PartOfProgramme(NamedChoice):
    """A field or a group by its title; with its programme's where there are several programmes."""

    names_programme = False

    def label_from_instance(self, obj: Any) -> str:
        name = super().label_from_instance(obj)
        if not self.names_programme:
            return name
        return _("%(name)s (%(programme)s)") % {"name": name, "programme": localized(obj.programme, "title")}


class AgencyChoice(forms.ModelChoiceField):
    """A funding agency: its short name and its name in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.short_name}: {localized(obj, 'name')}"


class StatementsField(forms.MultipleChoiceField):
    """Kinds of statements, kept as one text (`program.rules.statements`)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=lambda: labelled_choices(StatementKind), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split() if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return as_text(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
