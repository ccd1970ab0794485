"""Countries to choose from, in one order wherever there is such a list."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext

from kernel.languages import localized
from registries.queries import countries, in_order_of_names


def country_choices() -> list[tuple[str, str]]:
    """No choice yet, then the countries that exist."""
    found = in_order_of_names(countries())
    return [("", gettext("Choose")), *((country.code, localized(country, "name")) for country in found)]


class ByName(forms.models.ModelChoiceIterator):
    """Countries as every list to choose from has them."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        for country in in_order_of_names(self.queryset):
            yield self.choice(country)


class CountryChoice(forms.ModelChoiceField):
    """One of the countries; those that exist today, unless told otherwise."""

    iterator = ByName

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", countries())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name")


class CountriesChoice(forms.ModelMultipleChoiceField):
    """Several of the countries that exist today."""

    iterator = ByName

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("queryset", countries())
        super().__init__(**kwargs)

    def label_from_instance(self, obj: Any) -> str:
        return localized(obj, "name")
