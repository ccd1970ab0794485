"""Somebody by whom the applicants ask not to be reviewed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from proposals.rules.texts import REASON_LIMIT


class UnwantedForm(forms.Form):
    """Who, where they work, and why not."""

    name = forms.CharField(
        label=_("Name of the person"), max_length=200, help_text=_("As it stands on their papers.")
    )
    institution_name = forms.CharField(label=_("Institution"), max_length=300, required=False)
    email = forms.EmailField(
        label=_("E-mail of the person"),
        max_length=254,
        required=False,
        help_text=_("If you know it: somebody else may have the same name."),
    )
    reason = LongTextField(label=_("Reason"), limit=REASON_LIMIT)
