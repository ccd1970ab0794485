"""An agency's checklist of eligibility: all its items on one page, and some blank rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from program.rules.checklist import ITEM_LIMIT, MOST_ITEMS, SUGGESTED

BLANK_ROWS = 3


class ChecklistForm(forms.Form):
    """Rows of an item in Japanese and in English. Where there is no list yet, the suggested one stands in the fields."""

    def __init__(self, *args: Any, items: list[dict[str, str]], fingerprint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = items or [{"key": "", "ja": ja, "en": en} for ja, en in SUGGESTED]
        rows = min(max(len(shown) + BLANK_ROWS, self._sent()), MOST_ITEMS + BLANK_ROWS)
        self.fields["seen"] = forms.CharField(required=False, initial=fingerprint, widget=forms.HiddenInput)
        for number in range(rows):
            item = shown[number] if number < len(shown) else {"key": "", "ja": "", "en": ""}
            self.fields[f"key_{number}"] = forms.CharField(
                required=False, initial=item["key"], widget=forms.HiddenInput
            )
            for name, words in (
                ("ja", _("Item %(number)s (Japanese)")),
                ("en", _("Item %(number)s (English)")),
            ):
                self.fields[f"{name}_{number}"] = LongTextField(
                    label=words % {"number": number + 1},
                    limit=ITEM_LIMIT,
                    required=False,
                    initial=item[name],
                    widget=forms.Textarea(attrs={"rows": 2}),
                )
        self.rows = rows

    def _sent(self) -> int:
        """How many rows the posted form had: another window may have shortened the list meanwhile."""
        return sum(name.startswith("ja_") for name in self.data)

    def given(self) -> list[tuple[str, str, str]]:
        """The rows of a form that was found valid."""
        values = self.cleaned_data
        return [
            (values[f"key_{number}"], values[f"ja_{number}"], values[f"en_{number}"])
            for number in range(self.rows)
        ]
