"""The budget as tables: a row a category, a column a fiscal year, a table an institution; and what others bring."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.choices import label
from kernel.forms import AmountField, LongTextField
from kernel.money import YEN_UNITS
from kernel.templatetags.kernel import fiscal_year_short, unit_words
from proposals.enums import BudgetCategory, FundingSource
from proposals.rules.blocks import LONGEST
from proposals.rules.institutions import LEAD

Amounts = dict[tuple[int, str], int]
FUNDING = "funding"


def cell_name(category: str, year: int, key: str = LEAD) -> str:
    """The name of one cell's field, which is also the field that violations name; that of an institution beside the lead
    one ends with its key."""
    return f"{category}_{year}_{key}" if key else f"{category}_{year}"


def funding_name(source: str, year: int) -> str:
    """The name of the field of what others bring in one year."""
    return f"{FUNDING}_{source}_{year}"


class BudgetForm(forms.Form):
    """An amount in whole yen for each institution, category and fiscal year; blank is nothing."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    first_month = forms.TypedChoiceField(
        label=gettext_lazy("Month in which the joint research begins (first fiscal year)"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    last_month = forms.TypedChoiceField(
        label=gettext_lazy("Month in which it ends (last fiscal year)"),
        required=False,
        coerce=int,
        empty_value=None,
    )

    def __init__(
        self,
        *args: Any,
        years: Iterable[int],
        parts: Sequence[tuple[str, str]],
        year_begins: int,
        **kwargs: Any,
    ) -> None:
        """`parts` are keys and names of the institutions, the lead one first."""
        super().__init__(*args, **kwargs)
        self.years = list(years)
        self.keys = [key for key, _name in parts]
        self.year_begins = year_begins
        months = [(year_begins - 1 + place) % 12 + 1 for place in range(12)]
        for name in ("first_month", "last_month"):
            field: Any = self.fields[name]
            field.choices = [
                ("", _("whole fiscal year")),
                *((str(month), MONTHS[month]) for month in months),
            ]
        for key, name in parts:
            for category in BudgetCategory:
                words = f"{name}: {label(category)}" if len(parts) > 1 else label(category)
                for year in self.years:
                    self._add(cell_name(category, year, key), words, year)
        for source in FundingSource:
            for year in self.years:
                self._add(funding_name(source, year), label(source), year)

    def _add(self, name: str, row: str, year: int) -> None:
        words = _("%(category)s, %(year)s (yen)") % {"category": row, "year": fiscal_year_short(year)}
        field = AmountField(label=words, required=False)
        field.widget.attrs.update({"aria-label": words, "class": "numeric", "size": "12"})
        self.fields[name] = field

    def _typed(self, names: Mapping[tuple[int, str], str]) -> Amounts:
        typed: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        return {cell: typed[name] for cell, name in names.items() if typed.get(name) is not None}

    def amounts(self, key: str = LEAD) -> Amounts:
        """What was typed for an institution and understood, in whole yen; a cell that was not understood is left out."""
        return self._typed(
            {
                (year, category.value): cell_name(category, year, key)
                for category in BudgetCategory
                for year in self.years
            }
        )

    def parts(self) -> dict[str, Amounts]:
        """`amounts` of every institution, by its key."""
        return {key: self.amounts(key) for key in self.keys}

    def funding(self) -> Amounts:
        """What others bring: `{(fiscal year, source): amount}`."""
        return self._typed(
            {
                (year, source.value): funding_name(source, year)
                for source in FundingSource
                for year in self.years
            }
        )

    def months(self) -> tuple[int | None, int | None]:
        """The months in which the joint research begins and ends; None where the fiscal year is a whole one."""
        typed: Mapping[str, Any] = getattr(self, "cleaned_data", {})
        first, last = typed.get("first_month"), typed.get("last_month")
        before = (self.year_begins - 2) % 12 + 1
        return (None if first == self.year_begins else first), (None if last == before else last)


class BlockForm(forms.Form):
    """A block copied from a spreadsheet, in which unit its amounts are, and into which table it goes."""

    block_into = forms.ChoiceField(label=gettext_lazy("Table"), required=False)
    block_unit = forms.ChoiceField(
        label=gettext_lazy("Unit of the amounts that are pasted"), required=False, initial="円"
    )
    block = LongTextField(
        label=gettext_lazy("Block from a spreadsheet"),
        required=False,
        strip=False,
        limit=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["block_unit"].choices = [(unit, unit_words(unit)) for unit in YEN_UNITS]
        fields["block_into"].choices = [
            *((key or "lead", name) for key, name in parts),
            (FUNDING, _("Other funding")),
        ]


def initial_cells(parts: Mapping[str, Amounts], funding: Amounts) -> dict[str, int]:
    """Stored amounts as the form's initial values."""
    return {
        **{
            cell_name(category, year, key): amount
            for key, amounts in parts.items()
            for (year, category), amount in amounts.items()
        },
        **{funding_name(source, year): amount for (year, source), amount in funding.items()},
    }
