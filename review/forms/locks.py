"""The forms of the lock: shape only."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.uploads import UploadField
from program.forms.fields import day_field


class LockForm(forms.Form):
    """The agency's own lock."""

    is_confirmed = forms.BooleanField(
        label=_("I have read what will be closed. The lock cannot be taken back.")
    )


class LockFromLetterForm(LockForm):
    """A lock as the agency's letter says it."""

    letter = UploadField(
        label=_("The agency’s letter (PDF)"),
        help_text=_("The letter or mail in which the agency says that its scores are final."),
    )
    letter_dated = day_field(label=_("Date of the letter"))
    is_confirmed = forms.BooleanField(
        label=_("I have read what will be closed once a second officer confirms the lock.")
    )
    field_order = ("letter", "letter_dated", "is_confirmed")
