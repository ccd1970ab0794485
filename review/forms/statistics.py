"""The form beside the statistics: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import DigitsField


class LineForm(forms.Form):
    """How many proposals can be funded."""

    line = DigitsField(
        label=_("Number of proposals that can be funded"), min_value=1, max_value=10_000, required=False
    )
