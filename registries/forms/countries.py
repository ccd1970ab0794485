"""Countries to choose from, in one order wherever there is such a list."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext

from kernel.languages import localized
from kernel.templatetags.kernel import day
from registries.models import Country
from registries.queries import countries, in_order_of_names


def country_choices() -> list[tuple[str, str]]:
    """No choice yet, then the countries that exist."""
    found = in_order_of_names(countries())
    return [("", gettext("Choose")), *((country.code, localized(country, "name")) for country in found)]


def refuse_gone(values: Sequence[Any]) -> None:
    """Name a country among codes that were sent which no longer exists: an old page, or an old link, may still offer it.

    Raises:
        ValidationError: there is one.
    """
    codes = [value for value in values if isinstance(value, str) and value.isascii() and value.isalpha()]
    gone = Country.objects.filter(code__in=codes, ended_on__isnull=False).order_by("code").first()
    if gone is not None:
        words = gettext("%(name)s ended on %(day)s: choose a country that exists.")
        raise forms.ValidationError(words % {"name": localized(gone, "name"), "day": day(gone.ended_on)})


class ByName(forms.models.ModelChoiceIterator):
    """Countries as every list to choose from has them."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for country in in_order_of_names(self.queryset):
            yield self.choice(country)


class CheckedCountries(forms.CheckboxSelectMultiple):
    """A box for each country, so that one wrong click loses nothing; a script adds a filter by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(attrs={"class": "choices--long", "data-filter-boxes": ""}, **kwargs)


class CountryCode(forms.ChoiceField):
    """The code of a country that exists; one that has ended is named."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=country_choices, **kwargs)

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)
        except forms.ValidationError as error:
            refuse_gone([value])
            raise error


class CountryChoice(forms.ModelChoiceField):
    """One of the countries; those that exist today, unless told otherwise."""

    iterator = ByName

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", countries())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name")

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            refuse_gone([value])
            raise error


class CountriesChoice(forms.ModelMultipleChoiceField):
    """Several of the countries that exist today."""

    iterator = ByName

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", countries())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name")

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            refuse_gone(value if isinstance(value, list | tuple) else [])
            raise error
