"""One section of the form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from kernel.languages import localized
from program.models import FormSection


class DraftTextField(LongTextField):
    """A text without which nothing is submitted, and which a draft may leave blank."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class SectionForm(forms.Form):
    """The text of a section, with the revision that the writer has before them."""

    use_required_attribute = False
    text = LongTextField(required=False, strip=False)
    is_complete = forms.BooleanField(label=_("This section is completed"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args: Any, section: FormSection, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = DraftTextField(
            label=localized(section, "title"),
            help_text=localized(section, "help"),
            limit=section.limit,
            required=section.is_required,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 18}),
        )
