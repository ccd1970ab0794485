"""Returning a proposal for correction."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateField, LongTextField
from proposals.rules.correction import WHAT_LIMIT


class CorrectionForm(forms.Form):
    """Which parts the team may change, what is to be corrected, and until when in Japan's time."""

    parts = forms.MultipleChoiceField(
        label=_("Parts to be corrected"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The team may change these parts and no others."),
    )
    what = LongTextField(
        label=_("What is to be corrected"),
        limit=WHAT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The applicants and the other agency read this."),
    )
    on = DateField(label=_("Deadline of the correction: day"))
    time = forms.TimeField(
        label=_("Deadline of the correction: time (JST)"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=dt.time(17),
    )

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts: Any = self.fields["parts"]
        parts.choices = list(names.items())

    def until(self) -> dt.datetime:
        """The instant, of a form that was found valid."""
        values: dict[str, Any] = self.cleaned_data
        return dt.datetime.combine(values["on"], values["time"], ZoneInfo(settings.TIME_ZONE))
