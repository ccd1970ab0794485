"""The budget as a table: a row a category, a column a fiscal year."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import label
from kernel.forms import AmountField
from kernel.templatetags.kernel import fiscal_year_short
from proposals.enums import BudgetCategory


def cell_name(category: str, year: int) -> str:
    """The name of one cell's field, which is also the field that violations name."""
    return f"{category}_{year}"


class BudgetForm(forms.Form):
    """An amount in whole yen for each category and fiscal year; blank is nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = list(years)
        for category in BudgetCategory:
            for year in self.years:
                words = _("%(category)s, %(year)s (yen)") % {
                    "category": label(category),
                    "year": fiscal_year_short(year),
                }
                field = AmountField(label=words, required=False)
                field.widget.attrs.update({"aria-label": words, "class": "numeric", "size": "12"})
                self.fields[cell_name(category, year)] = field

    def amounts(self) -> dict[tuple[int, str], int]:
        """What was typed and understood, in whole yen; a cell that was not understood is left out."""
        typed: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        return {
            (year, category.value): typed[cell_name(category, year)]
            for category in BudgetCategory
            for year in self.years
            if typed.get(cell_name(category, year)) is not None
        }


def initial_cells(amounts: Mapping[tuple[int, str], int]) -> dict[str, int]:
    """Stored amounts as the form's initial values."""
    return {cell_name(category, year): amount for (year, category), amount in amounts.items()}
