"""The filter of the list of calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from program.enums import CallState


class CallFilterForm(forms.Form):
    """What of the list of calls is shown."""

    q = forms.CharField(label=_("Title or code"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, sees_drafts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        offered = [one for one in labelled_choices(CallState) if sees_drafts or one[0] != CallState.DRAFT]
        states.choices = [("", _("all states")), *offered]
