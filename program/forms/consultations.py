"""Forms of consultations with the Cabinet Office. The Japanese texts must be there; the English ones may follow."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.forms import LongTextField
from kernel.uploads import UploadField
from program.actions.consultations import ATTACHMENTS
from program.forms.fields import day_field

A_LINE_EACH = _("One a line: the office, a comma, then the name.")


class ConsultationForm(forms.Form):
    held_on = day_field(label=_("Held on"))
    offices_ja = forms.CharField(label=_("With whom (Japanese)"), max_length=300)
    offices_en = forms.CharField(label=_("With whom (English)"), max_length=300, required=False)
    participants_ja = LongTextField(
        label=_("Participants (Japanese)"), limit=4_000, required=False, help_text=A_LINE_EACH
    )
    participants_en = LongTextField(
        label=_("Participants (English)"), limit=4_000, required=False, help_text=A_LINE_EACH
    )
    points_ja = LongTextField(label=_("Points discussed (Japanese)"), limit=4_000)
    points_en = LongTextField(label=_("Points discussed (English)"), limit=4_000, required=False)
    answer_ja = LongTextField(label=_("Outcome of the consultation (Japanese)"), limit=4_000, required=False)
    answer_en = LongTextField(label=_("Outcome of the consultation (English)"), limit=4_000, required=False)


class PointForm(forms.Form):
    point_ja = LongTextField(label=_("Point raised (Japanese)"), limit=2_000)
    point_en = LongTextField(label=_("Point raised (English)"), limit=2_000, required=False)
    answer_ja = LongTextField(
        label=_("Answer (Japanese)"), limit=4_000, required=False, help_text=_("May be given later.")
    )
    answer_en = LongTextField(label=_("Answer (English)"), limit=4_000, required=False)


class AttachmentForm(forms.Form):
    title_ja = forms.CharField(label=_("Title of the document (Japanese)"), max_length=200)
    title_en = forms.CharField(label=_("Title of the document (English)"), max_length=200, required=False)
    file = UploadField(
        allowed=ATTACHMENTS,
        label=_("File"),
        help_text=_("PDF, Word, Excel, PNG or JPEG of up to 20 MB, without a password."),
    )
