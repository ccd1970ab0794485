"""Withdrawing, and more time for one proposal."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kernel.forms import DateField, LongTextField

REASON_LIMIT = 2000


class ReasonForm(forms.Form):
    """Why a proposal is withdrawn."""

    reason = LongTextField(label=_("Reason"), limit=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))


class ExtensionForm(forms.Form):
    """The new deadline of one proposal, in Japan's time, and why."""

    on = DateField(label=_("New deadline: day"))
    time = forms.TimeField(
        label=_("New deadline: time (JST)"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=dt.time(17),
    )
    reason = LongTextField(label=_("Reason"), limit=REASON_LIMIT, widget=forms.Textarea(attrs={"rows": 5}))

    def until(self) -> dt.datetime:
        """The instant, of a form that was found valid."""
        values: dict[str, Any] = self.cleaned_data
        return dt.datetime.combine(values["on"], values["time"], ZoneInfo(settings.TIME_ZONE))
