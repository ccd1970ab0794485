"""Controls of answers that are made of several values: a person, an organisation, a table in yen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.money import format_amount
from kernel.templatetags.kernel import fiscal_year_short


@dataclass(frozen=True)
class Part:
    """One of several controls of a field: its name and its words; `choices` where it is a list."""

    name: str
    label: Any
    choices: Sequence[tuple[str, Any]] = ()


class PartsWidget(forms.Widget):
    """Several labelled controls that make one answer: `{part: text}`."""

    template_name = "django/forms/widgets/parts.html"
    use_fieldset = True

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self.parts = parts

    def id_for_label(self, id_: str) -> str:
        return f"{id_}__{self.parts[0].name}" if id_ else ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part.name: data.get(f"{name}__{part.name}", "") for part in self.parts}

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = value if isinstance(value, Mapping) else {}
        context["widget"]["parts"] = [
            {
                "name": f"{name}__{part.name}",
                "id": f"id_{name}__{part.name}",
                "label": part.label,
                "value": given.get(part.name, ""),
                "choices": [
                    {"value": code, "label": words, "is_chosen": code == given.get(part.name, "")}
                    for code, words in part.choices
                ],
            }
            for part in self.parts
        ]
        return context


class YenTableWidget(forms.Widget):
    """A row a line of the form's table, a column a fiscal year of the term. What stands in a year outside it has a column too,
    so that it is seen and can be taken out; what a page from before the term changed sends of such a year is read.
    """

    template_name = "django/forms/widgets/yen_table.html"
    use_fieldset = True

    def __init__(
        self, rows: Sequence[tuple[str, str]], years: Sequence[int], outside: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self.rows, self.years, self.outside = rows, years, outside

    def id_for_label(self, id_: str) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, dict[str, str]]:
        return {
            row: {
                str(year): data.get(cell, "")
                for year in (*self.years, *self.outside)
                if (cell := f"{name}__{row}__{year}") in data or year in self.years
            }
            for row, _words in self.rows
        }

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        given = value if isinstance(value, Mapping) else {}

        def shown(row: str, year: int) -> str:
            amount = given.get(row, {}).get(str(year), "")
            return format_amount(amount) if isinstance(amount, int) else str(amount)

        beyond = [
            year
            for year in self.outside
            if any(shown(row, year) not in ("", "0") for row, _words in self.rows)
        ]
        years = sorted({*self.years, *beyond})
        context["widget"]["years"] = [{"year": year, "is_outside": year in beyond} for year in years]
        context["widget"]["rows"] = [
            {
                "label": words,
                "cells": [
                    {
                        "name": f"{name}__{row}__{year}",
                        "label": _("%(row)s, %(year)s (yen)")
                        % {"row": words, "year": fiscal_year_short(year)},
                        "value": shown(row, year),
                    }
                    for year in years
                ],
            }
            for row, words in self.rows
        ]
        return context
