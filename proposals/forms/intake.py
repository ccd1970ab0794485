"""A table of collected proposals, asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.choices import labelled_choices
from kernel.documents.uploads import TABLE_ENDINGS
from kernel.uploads import UploadField
from proposals.enums import CollectionKey


class IntakeForm(forms.Form):
    """The file, and the key as long as none is fixed."""

    key = forms.ChoiceField(
        label=_("Column by which a proposal is found again"),
        help_text=_(
            "A second table with the same number changes the proposal and makes no second one. Fixed for the call with its first import."
        ),
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        max_length=400,
        help_text=_("CSV (UTF-8 or Shift JIS) or Excel (.xlsx), at most 20 MB and 5,000 rows."),
    )

    def __init__(self, *args: Any, standing: CollectionKey | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = labelled_choices(CollectionKey)
        if standing:
            choices = [(value, words) for value, words in choices if value == standing]
        self.fields["key"].choices = choices  # type: ignore[attr-defined]  # of a ChoiceField
        self.fields["key"].initial = choices[0][0]
        self.fields["file"].widget.attrs["accept"] = ",".join(TABLE_ENDINGS)


class PaperForm(forms.Form):
    file = UploadField(
        label=_("PDF of the proposal"),
        max_length=400,
        help_text=_("It is appended to the proposal’s own PDF, and makes a new version of it."),
    )
