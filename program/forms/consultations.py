"""Forms of consultations with the Cabinet Office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from program.forms.fields import day_field


class ConsultationForm(forms.Form):
    held_on = day_field(label=_("Held on"))
    offices = forms.CharField(label=_("With whom"), max_length=300)
    participants = LongTextField(
        label=_("Participants"),
        limit=4_000,
        required=False,
        help_text=_("One a line: the office, a comma, then the name."),
    )
    points = LongTextField(label=_("Points discussed"), limit=4_000)
    answer = LongTextField(label=_("Outcome of the consultation"), limit=4_000, required=False)


class PointForm(forms.Form):
    point = LongTextField(label=_("Point raised"), limit=2_000)
    answer = LongTextField(label=_("Answer"), limit=4_000, required=False, help_text=_("May be given later."))


class AttachmentForm(forms.Form):
    title = forms.CharField(label=_("Title of the document"), max_length=200)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, Word, Excel, PNG or JPEG of up to 20 MB, without a password."),
    )
