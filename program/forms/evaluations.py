"""Forms of a programme's evaluations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from program.enums import EvaluationKind
from program.forms.fields import day_field, whole_field, year_field


class EvaluationForm(forms.Form):
    kind = forms.ChoiceField(label=_("Evaluation"))
    year = year_field(label=_("Fiscal year"))
    planned_on = day_field(label=_("Planned for"), required=False)
    remind_days = whole_field(
        0,
        730,
        label=_("First reminder, days before"),
        initial=90,
        help_text=_("Officers of the ministry are written to then, a month before, and on the day."),
    )
    held_on = day_field(
        label=_("Held on"), required=False, help_text=_("Once it is entered, nobody is reminded any more.")
    )
    note_ja = forms.CharField(label=_("Note (Japanese)"), max_length=300, required=False)
    note_en = forms.CharField(label=_("Note (English)"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labelled_choices(EvaluationKind)  # type: ignore[attr-defined]  # a ChoiceField has choices
